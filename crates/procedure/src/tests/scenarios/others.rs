//! What other organisations' regulations need of the same policy language.

use super::{HEARD, RESPONDED, tell};
use crate::{
    complaint::{Outcome, State},
    tests::script::play,
};

#[test]
fn three_instances_and_a_cap_on_compensation() {
    let script = "
        2026-03-20 09:00 Karin appeals
        2026-03-23 09:00 Mila hears complainant
        2026-03-23 10:00 Mila hears respondent-1
        2026-03-25 09:00 Mila decides not-upheld
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Cora hears complainant
        2026-04-21 10:00 Carl hears respondent-1
        2026-04-22 09:00 Carl decides upheld awarding 501
        2026-04-22 10:00 Carl decides upheld awarding 500";
    let played = tell(
        "three_instances",
        "three-instances",
        &[HEARD, RESPONDED, script],
    );
    assert_eq!(played.outcome(), Some(Outcome::Decided));
    assert_eq!(played.world.complaint.rounds.len(), 3);
}

#[test]
fn a_decision_nobody_appealed_in_time_is_the_end_unless_a_letter_came_in_time() {
    let script = "
        2026-03-20 09:00 Karin appeals
        2026-03-23 09:00 Mila hears complainant
        2026-03-23 10:00 Mila hears respondent-1
        2026-03-25 09:00 Mila decides not-upheld
        2026-04-24 09:00 Karin appeals
        ";
    let letter =
        "2026-04-25 09:00 Ada registers complainant appeals by post arrived 2026-04-22 09:00";
    let closed = play("three-instances", &[HEARD, RESPONDED, script].concat());
    assert_eq!(closed.outcome(), Some(Outcome::Decided));
    let played = tell(
        "decision_not_appealed",
        "three-instances",
        &[HEARD, RESPONDED, script, letter],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn silence_may_mean_no_agreement() {
    let script = "
        2026-04-15 09:00 Time passes
        2026-05-20 09:00 Time passes";
    let name = "silence-is-no-agreement";
    let played = tell("silence_is_no_agreement", name, &[HEARD, RESPONDED, script]);
    assert_eq!(played.outcome(), Some(Outcome::NotPursued));
}

#[test]
fn an_acceptance_in_time_reverses_the_way_that_silence_opened() {
    let script = "
        2026-04-15 09:00 Ada registers complainant accepts by post arrived 2026-04-13 09:00";
    let name = "silence-is-no-agreement";
    let played = tell("silent_way_reversed", name, &[HEARD, RESPONDED, script]);
    assert_eq!(played.outcome(), Some(Outcome::Accepted));
}

#[test]
fn whoever_holds_the_office_decides_in_first_instance() {
    let script = "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-03 09:00 Mila notifies 1
        2026-03-04 09:00 Mila hears complainant
        2026-03-04 10:00 Mila hears respondent-1
        2026-03-05 09:00 Mila decides partly";
    let played = tell("manager_first", "manager-first", &[script]);
    assert_eq!(played.outcome(), Some(Outcome::Decided));
}

#[test]
fn an_appeal_against_a_decision_only_where_there_is_a_further_instance() {
    let script = "
        2026-03-02 10:00 Karin files naming Mila
        2026-03-03 09:00 Max hears complainant
        2026-03-03 10:00 Karin appeals";
    let played = tell("conflicted_office", "manager-first", &[script]);
    assert_eq!(played.state(), State::InTreatment);
}
