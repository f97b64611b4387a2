//! What silence means, and what defeats it: B9, L9.

use super::{HEARD, RESPONDED, tell};
use crate::{
    complaint::{LapsedTerm, Outcome, State},
    tests::cast::day,
};

#[test]
fn b09_silence_settles_only_when_announced() {
    let played = tell(
        "b09_unannounced",
        "blijf",
        &[
            HEARD,
            "
        2026-03-16 12:00 Anna responds not-upheld unannounced
        2026-05-01 09:00 Anna responds not-upheld
        2026-06-05 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn b09_a_reaction_and_then_silence_on_both_sides() {
    let played = tell(
        "b09_reaction_then_silence",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-10 09:00 Karin asks
        2026-05-20 09:00 Time passes",
        ],
    );
    assert_eq!(played.state(), State::AppealOpen);
    let way = played.world.complaint.round().way.clone().unwrap();
    assert_eq!(
        way.announced, None,
        "the organisation's silence leaves it open without end"
    );
}

#[test]
fn b09_a_reaction_is_answered_with_the_way_to_the_manager() {
    let played = tell(
        "b09_reaction_answered",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin asks
        2026-03-25 09:00 Anna answers
        2026-03-26 09:00 Karin asks
        2026-04-30 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::NotPursued));
}

#[test]
fn b09_a_reaction_is_answered_by_a_new_response_and_the_first_kept_the_term() {
    let played = tell(
        "b09_new_response",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-10 09:00 Karin asks
        2026-04-20 09:00 Anna responds partly
        2026-05-22 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    assert!(played.world.complaint.round().lapsed.is_empty());
}

#[test]
fn b09_the_handler_gives_notice_after_a_reaction() {
    tell(
        "b09_notice",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-18 09:00 Anna opens
        2026-03-20 09:00 Karin asks
        2026-03-25 09:00 Anna opens
        2026-03-25 10:00 Anna opens
        2026-03-30 09:00 Karin appeals",
        ],
    );
}

#[test]
fn b09_the_answer_after_the_notice_gives_the_whole_term_again() {
    let played = tell(
        "b09_answer_after_notice",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin asks
        2026-03-21 09:00 Anna opens
        2026-04-03 09:00 Anna answers
        2026-06-01 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::NotPursued));
    let way = played.world.complaint.round().way.clone().unwrap();
    assert_eq!(way.announced, Some(day("2026-05-01")));
}

#[test]
fn b09_a_notice_is_no_answer_and_the_lapse_of_the_answer_leaves_the_way_open_without_end() {
    let played = tell(
        "b09_notice_without_answer",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin asks
        2026-03-25 09:00 Anna opens
        2026-05-01 09:00 Time passes
        2026-05-04 09:00 Anna answers
        2026-06-01 09:00 Time passes",
        ],
    );
    assert_eq!(played.state(), State::AppealOpen);
    let round = played.world.complaint.round();
    assert!(round.lapsed.contains_key(&LapsedTerm::Reaction));
    assert_eq!(round.way.as_ref().unwrap().announced, None);
}

#[test]
fn b09_the_complainant_may_still_accept_or_object_after_a_reaction() {
    tell(
        "b09_objects_after_reaction",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin asks
        2026-03-22 09:00 Karin objects
        2026-03-24 09:00 Anna answers
        2026-03-25 09:00 Karin accepts",
        ],
    );
}

#[test]
fn b09_a_second_question_does_not_lengthen_the_handlers_term() {
    let played = tell(
        "b09_second_question",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin asks
        2026-04-02 09:00 Karin asks
        2026-04-04 09:00 Time passes",
        ],
    );
    assert!(!played.world.complaint.round().lapsed.is_empty());
}

#[test]
fn l09_silence_of_one_side_is_no_agreement() {
    let played = tell(
        "l09_one_sided_silence",
        "livp",
        &[
            super::PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-04-01 09:00 Time passes",
        ],
    );
    assert_eq!(played.state(), State::AppealOpen);
}
