//! What arrived long ago and is registered after the term to decide on it: B4, B10. The letters of one breath agree.

use super::{HEARD, RESPONDED, tell};
use crate::{
    complaint::{Event, Recipient, State},
    deadline::DeadlineKind,
    letter::{Content, letters},
    tests::{
        cast::{day, local, member},
        script::Played,
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
