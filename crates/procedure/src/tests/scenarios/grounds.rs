//! On which ground a complaint is inadmissible: B1, B2 and B4.

use super::tell;
use crate::complaint::{Outcome, State};

const LATE: &str = "
    2026-04-01 10:00 Karin files ended 2026-02-20
    2026-04-02 09:00 Anna takes
";

#[test]
fn b04_what_silence_admitted_is_not_late_any_more_but_may_lack_standing() {
    let script = "
        2026-04-15 23:59:59 Time passes
        2026-04-16 09:00 Anna dismisses late
        2026-04-16 10:00 Anna dismisses standing";
    let played = tell(
        "b04_admitted_by_silence_then_late",
        "blijf",
        &[LATE, script],
    );
    assert_eq!(played.state(), State::AppealOpen);
}

#[test]
fn b04_what_a_person_admitted_is_not_late_any_more() {
    let script = "
        2026-04-03 09:00 Anna admits
        2026-04-03 10:00 Anna dismisses late";
    let played = tell("b04_admitted_then_late", "blijf", &[LATE, script]);
    assert_eq!(played.state(), State::InTreatment);
}

#[test]
fn b04_late_and_undecided_is_inadmissible_for_being_late() {
    let played = tell(
        "b04_dismissed_late",
        "blijf",
        &[LATE, "2026-04-03 09:00 Anna dismisses late"],
    );
    assert_eq!(played.state(), State::AppealOpen);
}

#[test]
fn b04_a_complaint_in_time_is_never_late_and_where_there_is_no_window_nothing_is() {
    let script = "
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna dismisses late";
    let played = tell("b04_timely_dismissed_late", "blijf", &[script]);
    assert_eq!(played.state(), State::InTreatment);
    let script = "
        2026-03-02 10:00 Karin files
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 09:00 Anna dismisses late";
    let played = tell("l01_no_window", "livp", &[script]);
    assert_eq!(played.state(), State::InTreatment);
}

const UPHELD: &str = "
    2026-03-02 10:00 Karin files naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna dismisses standing
    2026-03-10 09:00 Karin appeals
    2026-03-11 08:00 Mila notifies 1
    2026-03-11 09:00 Mila hears complainant
    2026-03-11 10:00 Mila hears respondent-1
    2026-03-12 09:00 Mila decides no-judgement inadmissible
";

#[test]
fn inadmissible_and_upheld_without_a_further_appeal_ends_inadmissible() {
    let script = "2026-04-20 09:00 Time passes";
    let played = tell(
        "three_inadmissible_upheld",
        "three-instances",
        &[UPHELD, script],
    );
    assert_eq!(played.outcome(), Some(Outcome::Inadmissible));
}

#[test]
fn inadmissible_and_upheld_twice_ends_inadmissible() {
    let script = "
        2026-03-20 09:00 Karin appeals
        2026-03-21 09:00 Cora hears complainant
        2026-03-21 10:00 Cora hears respondent-1
        2026-03-22 09:00 Cora decides no-judgement inadmissible";
    let played = tell("three_upheld_twice", "three-instances", &[UPHELD, script]);
    assert_eq!(played.outcome(), Some(Outcome::Inadmissible));
}

#[test]
fn the_last_instance_may_decide_the_complaint_itself() {
    let script = "
        2026-04-20 09:00 Karin appeals
        2026-04-21 10:00 Cora admits-late-appeal
        2026-04-22 09:00 Cora hears complainant
        2026-04-22 10:00 Cora hears respondent-1
        2026-04-23 09:00 Cora decides upheld";
    let played = tell(
        "three_decided_at_last",
        "three-instances",
        &[UPHELD, script],
    );
    assert_eq!(played.outcome(), Some(Outcome::Decided));
}

#[test]
fn what_a_second_instance_decided_itself_is_not_inadmissible_any_more() {
    let script = "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna dismisses standing
        2026-03-10 09:00 Karin appeals
        2026-03-11 08:00 Mila notifies 1
    2026-03-11 09:00 Mila hears complainant
        2026-03-11 10:00 Mila hears respondent-1
        2026-03-12 09:00 Mila decides not-upheld
        2026-03-16 09:00 Karin appeals
        2026-03-17 09:00 Cora hears complainant
        2026-03-17 10:00 Cora hears respondent-1
        2026-03-18 09:00 Cora decides no-judgement inadmissible
        2026-03-18 10:00 Cora decides not-upheld";
    let played = tell("three_decided_itself", "three-instances", &[script]);
    assert_eq!(played.outcome(), Some(Outcome::Decided));
}
