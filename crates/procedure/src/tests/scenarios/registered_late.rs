//! What arrived long ago and is registered after the term to decide on it: B4, B10. The letters of one breath agree.

use super::{HEARD, PROPOSED, RESPONDED, tell};
use crate::{
    complaint::{ClockAct, Event, Outcome, Party, Recipient, State},
    deadline::DeadlineKind,
    letter::{Content, WithoutEffect, letters},
    tests::{
        cast::{day, local, member},
        script::{Played, play},
    },
};

/// The letters of whatever was registered at an instant.
fn told(played: &Played, day: &str, time: &str) -> Vec<(Recipient, Content)> {
    let (world, at) = (&played.world, local(day, time));
    let first_new = world.dossier.iter().position(|one| one.registered_at == at);
    let first_new = first_new.expect("something was registered then");
    let is_new = |place: &usize| world.dossier[*place].registered_at == at;
    let end = (first_new..world.dossier.len()).take_while(is_new).count();
    let dossier = &world.dossier[..first_new + end];
    let due = letters(&world.policy, &world.facts, dossier, first_new);
    due.into_iter()
        .map(|letter| (letter.key.to, letter.content))
        .collect()
}

#[test]
fn b10_a_late_appeal_registered_after_its_two_weeks_is_heard_and_nobody_is_asked_to_decide_on_it() {
    let script = "
        2026-05-20 09:00 Ada registers complainant appeals by post arrived 2026-04-20 12:00";
    let played = tell(
        "b10_late_appeal_registered_late",
        "blijf",
        &[HEARD, RESPONDED, script],
    );
    assert_eq!(played.state(), State::OnAppeal);
    let told = told(&played, "2026-05-20", "09:00");
    let mila = Recipient::Member(member("Mila"));
    let tasks: Vec<_> = told.iter().filter(|(to, _)| *to == mila).collect();
    let [
        (_, Content::Assignment { terms, .. }),
        (_, Content::LateAppealOutcome { .. }),
    ] = tasks[..]
    else {
        panic!("{tasks:?}");
    };
    let terms: Vec<_> = terms.iter().map(|term| term.kind).collect();
    assert_eq!(terms, [DeadlineKind::Resolution(1)]);
    let still_late = |content: &Content| match content {
        Content::AppealReceived { is_late, .. } => Some(*is_late),
        _ => None,
    };
    let received: Vec<_> = told.iter().filter_map(|(_, one)| still_late(one)).collect();
    assert_eq!(
        received,
        [false, false, false],
        "both sides and the adviser"
    );
}

#[test]
fn b10_an_appeal_in_time_registered_long_after_a_refusal_is_put_to_the_manager_for_two_weeks() {
    let script = "
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Mila refuses-late-appeal
        2026-05-20 09:00 Ada registers complainant appeals by post arrived 2026-04-13 12:00
        2026-06-05 09:00 Time passes";
    let played = tell(
        "b10_timely_long_after_refusal",
        "blijf",
        &[HEARD, RESPONDED, script],
    );
    assert_eq!(played.state(), State::OnAppeal);
    let admitted = played.world.dossier.iter();
    let mut admitted = admitted.filter(|one| matches!(one.event, Event::LateAppealAdmitted { .. }));
    assert_eq!(admitted.next().unwrap().at, local("2026-06-04", "00:00"));
    let told = told(&played, "2026-05-20", "09:00");
    let mila = Recipient::Member(member("Mila"));
    let asked = told.iter().find_map(|(to, content)| match content {
        Content::LateAppeal {
            follows_refusal,
            until,
            ..
        } if *to == mila => Some((*follows_refusal, until.as_ref().unwrap().on)),
        _ => None,
    });
    assert_eq!(asked, Some((true, day("2026-06-03"))));
}

#[test]
fn b04_a_late_complaint_registered_after_its_two_weeks_is_treated_and_nobody_is_said_to_decide_on_it()
 {
    let played = tell(
        "b04_late_complaint_registered_late",
        "blijf",
        &["2026-04-20 10:00 Ada files ended 2026-02-20 by post arrived 2026-03-24 10:00"],
    );
    let told = told(&played, "2026-04-20", "10:00");
    let is_late = told.iter().find_map(|(_, content)| match content {
        Content::Confirmation { is_late, .. } => Some(*is_late),
        _ => None,
    });
    assert_eq!(is_late, Some(false));
    let admits = |content: &Content| matches!(content, Content::LateComplaintAdmitted { .. });
    assert!(told.iter().any(|(_, content)| admits(content)));
}

const COMPLAINANT: Recipient = Recipient::Party(Party::Complainant);

#[test]
fn l09_whoever_hears_that_the_closing_and_the_lapse_are_undone_hears_both_in_one_letter() {
    let script = "
        2026-03-12 09:00 Karin signs
        2026-07-10 09:00 Ada registers respondent-1 signs by post arrived 2026-03-30 12:00";
    let played = play("livp", &[PROPOSED, script].concat());
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
    let told = told(&played, "2026-07-10", "09:00");
    let of_reversal = told.iter().filter_map(|(to, content)| match content {
        Content::Reversal { what, more, .. } => Some((*to, *what, more.clone())),
        _ => None,
    });
    let of_reversal: Vec<_> = of_reversal.collect();
    let mut readers: Vec<_> = of_reversal.iter().map(|(to, ..)| *to).collect();
    readers.sort();
    readers.dedup();
    assert_eq!(readers.len(), of_reversal.len(), "{of_reversal:?}");
    let (_, what, more) = of_reversal
        .iter()
        .find(|(to, ..)| *to == COMPLAINANT)
        .unwrap();
    let [(ClockAct::Lapse(_), Some(term))] = &more[..] else {
        panic!("{more:?}");
    };
    assert_eq!((*what, term.on), (ClockAct::Closing, day("2026-03-30")));
}

#[test]
fn b10_an_early_appeal_is_recorded_whenever_it_is_registered_and_all_hear_what_can_be_done() {
    let cases = [
        ("", "2026-03-13", WithoutEffect::StillTooEarly),
        (RESPONDED, "2026-03-17", WithoutEffect::TooEarly),
        ("", "2026-04-07", WithoutEffect::TooEarly),
        (RESPONDED, "2026-04-20", WithoutEffect::TooEarlyAndClosed),
    ];
    for (before, on, expected) in cases {
        let registers = format!(
            "{on} 09:00 Ada registers complainant appeals by post arrived 2026-03-12 12:00"
        );
        let played = play("blijf", &[HEARD, before, &registers].concat());
        assert!(!played.told.contains("REFUSED"), "{}", played.told);
        assert_eq!(played.world.complaint.rounds.len(), 1);
        let told = told(&played, on, "09:00");
        let whys: Vec<_> = told
            .iter()
            .filter_map(|(to, content)| match content {
                Content::ActWithoutEffect { why, .. } => Some((*to, *why)),
                _ => None,
            })
            .collect();
        assert!(whys.contains(&(COMPLAINANT, expected)), "{on}: {whys:?}");
        assert!(whys.contains(&(Recipient::Party(Party::Respondent(1)), expected)));
        assert!(whys.contains(&(Recipient::Member(member("Anna")), expected)));
    }
}

#[test]
fn b10_who_takes_back_a_late_appeal_is_told_that_the_complaint_stays_closed_as_it_was() {
    let script = "
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Karin withdraws";
    let played = play("blijf", &[HEARD, RESPONDED, script].concat());
    let told = told(&played, "2026-04-21", "09:00");
    let stays: Vec<_> = told
        .iter()
        .map(|(to, content)| match content {
            Content::Closing {
                outcome: Outcome::TacitlyAccepted,
                is_appeal_withdrawn: true,
                ..
            } => *to,
            other => panic!("{other:?}"),
        })
        .collect();
    for reader in [
        COMPLAINANT,
        Recipient::Party(Party::Respondent(1)),
        Recipient::Member(member("Anna")),
        Recipient::Member(member("Mila")),
    ] {
        assert!(stays.contains(&reader), "{reader:?}: {stays:?}");
    }
}

#[test]
fn l09_whoever_says_no_is_told_that_their_signature_counts_no_more() {
    for (said, on) in [("disagrees", "2026-03-16"), ("appeals", "2026-04-02")] {
        let script = format!("2026-03-12 09:00 Karin signs\n {on} 09:00 Karin {said}");
        let played = play("livp", &[PROPOSED, &script].concat());
        let told = told(&played, on, "09:00");
        let unsigned: Vec<_> =
            told.iter()
                .filter_map(|(to, content)| match content {
                    Content::WayNotice { unsigned, .. }
                    | Content::AppealReceived { unsigned, .. } => Some((*to, *unsigned)),
                    _ => None,
                })
                .collect();
        assert!(
            unsigned.contains(&(COMPLAINANT, Some(Party::Complainant))),
            "{unsigned:?}"
        );
        let other = Recipient::Party(Party::Respondent(1));
        assert!(
            unsigned.contains(&(other, Some(Party::Complainant))),
            "{unsigned:?}"
        );
    }
}
