//! Whose word is the last counts: an own no takes back an own yes, and what arrived before it is no later word (L7, L9).

use super::{ASSIGNED, HEARD, PROPOSED, RESPONDED, tell};
use crate::{
    command::Command,
    complaint::{Event, Outcome, Party, State},
    deadline::DeadlineKind,
    refusal::Reason,
    tests::script::{Played, play},
};

/// Who signed the text that stands.
fn signed(played: &Played) -> Vec<Party> {
    let solution = played.world.complaint.solution.as_ref().unwrap();
    solution.signed.iter().copied().collect()
}

#[test]
fn l09_an_own_no_takes_back_an_own_yes_and_a_new_yes_settles() {
    let played = tell(
        "l09_own_no_takes_back",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-03-16 09:00 Karin disagrees
        2026-03-17 09:00 Tom signs
        2026-03-18 09:00 Karin signs",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
    let before = played.told.split("2026-03-18").next().unwrap();
    assert!(!before.contains("CLOSED"), "{before}");
}

/// LIVP, after the proposal of 11 March: what was said, and who then has signed a text that is not agreed; nobody
/// where it is.
const SAID: &[(&str, &[Party])] = &[
    // The other side's yes stays, and so does that of whoever did not say no.
    (
        "2026-03-12 09:00 Tom signs
        2026-03-16 09:00 Karin disagrees",
        &[Party::Respondent(1)],
    ),
    (
        "2026-03-12 09:00 Tom signs
        2026-03-16 09:00 Karin disagrees
        2026-03-20 09:00 Karin signs",
        &[],
    ),
    // A respondent takes back their own as well.
    (
        "2026-03-12 09:00 Tom signs
        2026-03-16 09:00 Tom disagrees
        2026-03-17 09:00 Karin signs",
        &[Party::Complainant],
    ),
    // The handler's finding and that of the clock are no word of a party.
    (
        "2026-03-12 09:00 Karin signs
        2026-03-16 09:00 Anna disagrees
        2026-03-17 09:00 Tom signs",
        &[],
    ),
    (
        "2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Tom signs",
        &[],
    ),
    // Once the clock has opened the way a no takes back an own yes all the same.
    (
        "2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Karin disagrees
        2026-04-03 09:00 Tom signs",
        &[Party::Respondent(1)],
    ),
    (
        "2026-03-12 09:00 Karin signs
        2026-04-03 09:00 Ada registers complainant disagrees by post arrived 2026-04-02 12:00
        2026-04-04 09:00 Tom signs",
        &[Party::Respondent(1)],
    ),
    // So does an appeal, in time or late.
    (
        "2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Karin appeals
        2026-04-03 09:00 Tom signs",
        &[Party::Respondent(1)],
    ),
    (
        "2026-03-12 09:00 Karin signs
        2026-07-13 09:00 Karin appeals
        2026-07-13 10:00 Ada assigns Arie
        2026-07-14 09:00 Arie admits-late-appeal
        2026-07-15 09:00 Tom signs",
        &[Party::Respondent(1)],
    ),
    // An older yes is no later word, whenever it is registered.
    (
        "2026-03-16 09:00 Karin disagrees
        2026-03-17 09:00 Ada registers complainant signs by post arrived 2026-03-13 12:00
        2026-03-18 09:00 Tom signs",
        &[Party::Respondent(1)],
    ),
    // Nor is an older no.
    (
        "2026-03-18 09:00 Karin signs
        2026-03-19 09:00 Ada registers complainant disagrees by post arrived 2026-03-16 12:00
        2026-03-20 09:00 Tom signs",
        &[],
    ),
    (
        "2026-04-03 09:00 Karin signs
        2026-04-07 09:00 Ada registers complainant appeals by post arrived 2026-04-02 12:00
        2026-04-08 09:00 Tom signs",
        &[],
    ),
    // A no from before the text was there says nothing of it.
    (
        "2026-03-12 09:00 Karin signs
        2026-03-13 09:00 Ada registers complainant disagrees by post arrived 2026-03-10 12:00
        2026-03-16 09:00 Tom signs",
        &[],
    ),
];

#[test]
fn l07_the_last_word_of_each_side_counts() {
    for (said, expected) in SAID {
        let played = play("livp", &[PROPOSED, said].concat());
        let told = &played.told;
        if expected.is_empty() {
            assert_eq!(played.outcome(), Some(Outcome::Agreed), "{told}");
        } else {
            assert_eq!(played.outcome(), None, "{told}");
            assert_eq!(signed(&played), *expected, "{told}");
        }
        assert!(!told.contains("REFUSED"), "{told}");
    }
}

#[test]
fn l09_no_agreement_without_a_proposal_leaves_no_alert_about_the_four_weeks() {
    for who in ["Anna", "Karin"] {
        let declared = format!("2026-03-12 09:00 {who} disagrees\n 2026-06-12 09:00 Time passes");
        let played = play("livp", &[ASSIGNED, &declared].concat());
        let resolution = DeadlineKind::Resolution(0);
        let is_alert = |event: &Event| matches!(event, Event::Alerted { deadline, .. } if *deadline == resolution);
        let mut dossier = played.world.dossier.iter();
        assert!(!dossier.any(|one| is_alert(&one.event)), "{}", played.told);
        assert_eq!(played.state(), State::AppealOpen);
    }
}

#[test]
fn a_withdrawal_that_came_before_what_the_complainant_went_on_with_has_no_effect() {
    let later = [
        ("blijf", RESPONDED, "Karin objects"),
        ("blijf", RESPONDED, "Karin asks"),
        ("blijf", RESPONDED, "Karin states"),
        (
            "blijf",
            "2026-03-16 09:00 Anna requests 2026-04-06\n",
            "Karin consents",
        ),
    ];
    for (policy, before, word) in later {
        let said = format!(
            "2026-03-20 09:00 {word}
        2026-03-23 09:00 Ada registers complainant withdraws by post arrived 2026-03-18 12:00"
        );
        let played = play(policy, &[HEARD, before, &said].concat());
        assert_eq!(played.outcome(), None, "{}", played.told);
        assert!(played.told.contains("WITHOUT EFFECT"), "{}", played.told);
    }
    for word in ["signs", "rejects", "disagrees"] {
        let said = format!(
            "2026-03-20 09:00 Karin {word}
        2026-03-23 09:00 Ada registers complainant withdraws by post arrived 2026-03-18 12:00
        2026-03-24 09:00 Ada registers complainant withdraws by post arrived 2026-03-23 12:00"
        );
        let played = play("livp", &[PROPOSED, &said].concat());
        assert_eq!(
            played.outcome(),
            Some(Outcome::Withdrawn),
            "{}",
            played.told
        );
        let ended = played.world.complaint.closure.unwrap().at;
        assert_eq!(ended, crate::tests::cast::local("2026-03-23", "12:00"));
    }
}

#[test]
fn b10_whoever_takes_back_a_late_appeal_leaves_the_complaint_as_it_had_ended() {
    let played = tell(
        "b10_late_appeal_withdrawn",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Karin withdraws
        2026-04-22 09:00 Ada registers complainant objects by post arrived 2026-04-13 12:00
        2026-04-23 09:00 Karin appeals",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    assert!(played.world.complaint.late_appeal.is_some());
}

#[test]
fn l09_whoever_says_the_same_of_a_text_again_hears_which_word_stands() {
    for (word, command, reason) in [
        (
            "signs",
            Command::SignOffSolution { version: 1 },
            Reason::AlreadySigned,
        ),
        (
            "rejects",
            Command::RejectSolution { reasons: None },
            Reason::AlreadyDone,
        ),
    ] {
        let said = format!("2026-03-12 09:00 Karin {word}");
        let mut world = play("livp", &[PROPOSED, &said].concat()).world;
        let refused = world.does("Karin", &command).unwrap_err();
        assert_eq!(refused.reason, reason, "{word}");
    }
}
