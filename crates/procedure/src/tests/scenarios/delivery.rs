//! Delivered = handed over and not returned: bounces and unproved addresses.

use super::{HEARD, RESPONDED, tell};
use crate::{
    complaint::{Event, LetterKind, Outcome, State},
    letter::{Content, Retry, letters},
};

#[test]
fn b09_a_bounce_after_closure_reverses_it_and_b7_lapses_in_retrospect() {
    let played = tell(
        "b09_bounce_after_closure",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Post returns response
        2026-04-29 09:00 Time passes
        2026-05-30 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    assert_eq!(played.world.complaint.round().lapsed.len(), 1);
}

#[test]
fn b07_a_bounce_of_a_response_issued_in_time_is_no_response() {
    let played = tell(
        "b07_bounce",
        "blijf",
        &[
            HEARD,
            "
        2026-03-30 12:00 Anna responds upheld
        2026-03-31 09:00 Post returns response
        2026-04-01 09:00 Anna responds upheld",
        ],
    );
    assert_eq!(played.state(), State::AwaitingComplainant);
    assert_eq!(played.world.complaint.round().lapsed.len(), 1);
}

#[test]
fn b10_a_bounce_of_the_notice_reverses_not_pursued() {
    let played = tell(
        "b10_notice_bounced",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin objects
        2026-04-20 09:00 Post returns notice
        2026-05-31 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::NotPursued));
}

#[test]
fn b10_a_bounce_of_the_response_leaves_a_closing_that_rests_on_the_notice() {
    let played = tell(
        "b10_response_bounced_after_notice",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin objects
        2026-04-20 09:00 Post returns response",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::NotPursued));
}

#[test]
fn unproved_address_fails_and_the_second_attempt_counts() {
    let played = tell(
        "unproved_second_attempt",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 08:00 Anna telephones vain
        2026-03-09 09:00 Anna telephones vain
        2026-03-09 10:00 Anna misses complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds not-upheld
        2026-05-05 09:00 Time passes"],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn unproved_address_whose_link_is_used_in_between_counts() {
    tell(
        "unproved_link_used",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds not-upheld
        2026-03-18 08:00 System link-used
        2026-04-13 09:00 Time passes"],
    );
}

#[test]
fn unproved_address_whose_link_is_used_after_the_first_attempt_failed() {
    tell(
        "unproved_link_used_late",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds not-upheld
        2026-03-24 08:00 System link-used"],
    );
}

#[test]
fn a_letter_from_the_address_itself_proves_it() {
    let played = tell(
        "proved_by_email",
        "blijf",
        &["
        2026-03-02 10:00 Ada files ended 2026-02-20 unproved by email"],
    );
    assert!(played.world.complaint.complainant.is_verified);
}

#[test]
fn b12_a_final_decision_that_came_back_by_mail_goes_once_more() {
    let played = tell(
        "b12_decision_came_back",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin appeals
        2026-03-23 10:00 Mila hears complainant
        2026-03-23 11:00 Mila hears respondent-1
        2026-03-24 09:00 Mila decides upheld
        2026-03-24 10:00 Mila classifies content
        2026-03-24 11:00 Mila measures none
        2026-03-25 09:00 Post returns decision
        2026-05-01 09:00 Post returns decision
        2026-06-01 09:00 Time passes",
        ],
    );
    let world = &played.world;
    let came_back =
        |one: &crate::complaint::Recorded| matches!(one.event, Event::LetterReturned { .. });
    let back = world.dossier.iter().position(came_back).unwrap();
    let told = letters(&world.policy, &world.facts, &world.dossier[..=back], back);
    let is_retried = told.iter().any(|letter| {
        matches!(
            letter.content,
            Content::Undelivered {
                retry: Retry::ByMail,
                ..
            }
        )
    });
    assert!(
        is_retried,
        "the administration hears that it goes once more"
    );
}

#[test]
fn b12_a_final_decision_to_an_unproved_address_fails_and_goes_once_more() {
    let played = tell(
        "b12_decision_unproved",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-31 09:00 Karin appeals
        2026-04-01 10:00 Mila hears complainant
        2026-04-01 11:00 Mila hears respondent-1
        2026-04-02 09:00 Mila decides upheld
        2026-04-02 10:00 Mila classifies content
        2026-04-02 11:00 Mila measures none
        2026-06-01 09:00 Time passes"],
    );
    let complaint = &played.world.complaint;
    let mut decisions = complaint.deliveries.iter();
    let decision = decisions.find(|(letter, _)| letter.kind == LetterKind::Decision);
    assert!(decision.unwrap().1.sent_again_at.is_some());
}
