//! Acts that arrived in time and were registered after the lapse they would have prevented: rule of reading 4.

use super::{CONFIRMED_ON_PAPER, HEARD, PROPOSED, RESPONDED, tell};
use crate::{
    complaint::{Outcome, State},
    tests::cast::local,
};

#[test]
fn b09_an_objection_by_letter_in_time_reverses_tacit_acceptance() {
    let played = tell(
        "b09_letter_reverses_acceptance",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Ada registers complainant objects by post arrived 2026-04-13 12:00
        2026-05-01 09:00 Karin appeals",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn b09_a_letter_that_came_too_late_reverses_nothing() {
    let played = tell(
        "b09_letter_too_late",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Ada registers complainant objects by post arrived 2026-04-14 00:00",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn b10_an_appeal_by_letter_in_time_reverses_not_pursued() {
    let played = tell(
        "b10_letter_reverses_not_pursued",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin objects
        2026-04-25 09:00 Ada registers complainant appeals by post arrived 2026-04-17 12:00",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn b07_a_posting_in_time_registered_later_reverses_the_lapse() {
    let played = tell(
        "b07_posting_reverses_lapse",
        "blijf",
        &[
            CONFIRMED_ON_PAPER,
            "
        2026-03-27 12:00 Anna responds upheld
        2026-04-08 09:00 Ada posts response arrived 2026-03-30 17:00
        2026-04-30 09:00 Time passes",
        ],
    );
    assert!(played.world.complaint.round().lapsed.is_empty());
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn b07_a_posting_too_late_reverses_nothing() {
    let played = tell(
        "b07_posting_too_late",
        "blijf",
        &[
            CONFIRMED_ON_PAPER,
            "
        2026-03-27 12:00 Anna responds upheld
        2026-04-08 09:00 Ada posts response arrived 2026-03-31 00:00",
        ],
    );
    assert_eq!(played.world.complaint.round().lapsed.len(), 1);
}

#[test]
fn b07_consent_in_time_counts_though_a_response_has_come_since() {
    let played = tell(
        "b07_consent_before_late_response",
        "blijf",
        &[
            HEARD,
            "
        2026-03-20 09:00 Anna requests 2026-04-13
        2026-04-02 09:00 Anna responds upheld
        2026-04-03 09:00 Ada registers complainant consents by post arrived 2026-03-28 12:00",
        ],
    );
    let round = played.world.complaint.round();
    assert!(
        round.lapsed.is_empty(),
        "the response came within the longer term"
    );
}

#[test]
fn b07_consent_in_time_registered_later_reverses_the_lapse() {
    let played = tell(
        "b07_consent_reverses_lapse",
        "blijf",
        &[
            HEARD,
            "
        2026-03-20 09:00 Anna requests 2026-04-20
        2026-04-02 09:00 Ada registers complainant consents by post arrived 2026-03-30 12:00
        2026-04-16 09:00 Anna responds upheld",
        ],
    );
    assert_eq!(played.state(), State::AwaitingComplainant);
}

#[test]
fn b09_an_acceptance_in_time_reverses_the_lapse_of_the_reaction_term() {
    let played = tell(
        "b09_acceptance_reverses_reaction_lapse",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin asks
        2026-04-07 09:00 Ada registers complainant accepts by post arrived 2026-04-02 12:00",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Accepted));
}

#[test]
fn l09_a_sign_off_in_time_registered_later_wins() {
    let played = tell(
        "l09_sign_off_wins",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Ada registers respondent-1 signs by post arrived 2026-03-30 23:59:59",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
}

#[test]
fn l07_a_text_is_agreed_at_the_last_sign_off_to_arrive() {
    let played = tell(
        "l07_agreed_at_the_last_sign_off",
        "livp",
        &[
            PROPOSED,
            "
        2026-04-01 09:00 Karin signs
        2026-04-03 09:00 Ada registers respondent-1 signs by post arrived 2026-03-29 12:00",
        ],
    );
    let closure = played.world.complaint.closure.unwrap();
    assert_eq!(closure.outcome, Outcome::Agreed);
    assert_eq!(closure.at, local("2026-04-01", "09:00"));
    assert_eq!(
        played.world.complaint.round().lapsed.len(),
        1,
        "the term had lapsed before"
    );
}

#[test]
fn l09_one_sign_off_in_time_is_not_enough() {
    let played = tell(
        "l09_one_sign_off",
        "livp",
        &[
            PROPOSED,
            "
        2026-04-02 09:00 Ada registers respondent-1 signs by post arrived 2026-03-30 12:00
        2026-04-03 09:00 Ada registers complainant signs by post arrived 2026-03-30 13:00",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
}

#[test]
fn a_withdrawal_by_letter_in_time_reverses_tacit_acceptance() {
    let played = tell(
        "withdrawal_reverses_acceptance",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Ada registers complainant withdraws by post arrived 2026-04-10 12:00",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Withdrawn));
}

#[test]
fn b09_whatever_the_complainant_says_in_time_is_a_reaction() {
    let played = tell(
        "b09_statement_is_a_reaction",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Ada registers complainant states by post arrived 2026-04-10 12:00",
        ],
    );
    assert_eq!(played.outcome(), None);
}

#[test]
fn b10_the_way_that_an_earlier_lapse_opened_stays_when_a_later_lapse_is_reversed() {
    let script = "
        2026-04-07 09:00 Anna responds upheld
        2026-04-10 09:00 Karin asks
        2026-04-28 09:00 Ada registers complainant objects by post arrived 2026-04-20 12:00";
    let played = tell("b10_first_way_stays", "blijf", &[HEARD, script]);
    let way = played.world.complaint.round().way.clone().unwrap();
    assert_eq!(way.opened_at, local("2026-03-31", "00:00"));
}

/// Blijf Groep: the reaction of 18 March was due to be answered by 1 April; it was on 7 April.
const ANSWERED_LATE: &str = "
    2026-03-16 12:00 Anna responds not-upheld
    2026-03-18 09:00 Karin asks
    2026-04-07 09:00 Anna answers
";

#[test]
fn b09_an_act_that_would_have_prevented_nothing_undoes_no_lapse() {
    let played = tell(
        "b09_talk_noted_after_a_late_answer",
        "blijf",
        &[
            HEARD,
            ANSWERED_LATE,
            "
        2026-04-08 09:00 Anna telephones arrived 2026-03-25 09:00
        2026-04-09 09:00 Ada registers complainant states by post arrived 2026-03-26 09:00
        2026-07-01 09:00 Time passes",
        ],
    );
    assert_eq!(played.world.complaint.round().lapsed.len(), 1);
    assert_eq!(
        played.outcome(),
        None,
        "nothing closes a lapse of the organisation"
    );
}

#[test]
fn b09_a_late_response_leaves_the_lapse_of_the_answer_whatever_is_noted_after() {
    let played = tell(
        "b09_talk_noted_after_a_late_response",
        "blijf",
        &[
            HEARD,
            "
        2026-03-16 12:00 Anna responds not-upheld
        2026-03-18 09:00 Karin asks
        2026-04-07 09:00 Anna responds partly
        2026-04-08 09:00 Anna telephones arrived 2026-03-25 09:00",
        ],
    );
    assert_eq!(played.world.complaint.round().lapsed.len(), 1);
}

#[test]
fn l07_a_sign_off_in_time_counts_also_after_the_notice_of_the_lapse_had_closed_it() {
    let played = tell(
        "l07_sign_off_after_not_pursued",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-07-10 09:00 Ada registers respondent-1 signs by post arrived 2026-03-30 12:00",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
}

#[test]
fn l07_what_is_agreed_after_the_lapse_leaves_the_lapse_also_when_it_had_closed() {
    let played = tell(
        "l07_last_sign_off_after_not_pursued",
        "livp",
        &[
            PROPOSED,
            "
        2026-04-01 09:00 Karin signs
        2026-07-10 09:00 Ada registers respondent-1 signs by post arrived 2026-03-30 12:00",
        ],
    );
    assert_eq!(played.world.complaint.round().lapsed.len(), 1);
}
