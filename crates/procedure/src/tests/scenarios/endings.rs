//! Every outcome that each regulation has.

use super::{HEARD, PROPOSED, RESPONDED, tell};
use crate::complaint::{Outcome, State};

#[track_caller]
fn ends(name: &str, policy: &str, parts: &[&str], outcome: Outcome) {
    let played = tell(name, policy, parts);
    assert_eq!(played.state(), State::Closed);
    assert_eq!(played.outcome(), Some(outcome));
}

#[test]
fn b08_an_explicit_yes_settles() {
    let yes = "2026-03-20 09:00 Karin accepts";
    ends(
        "b08_accepted",
        "blijf",
        &[HEARD, RESPONDED, yes],
        Outcome::Accepted,
    );
}

#[test]
fn b09_silence_settles_when_announced() {
    let wait = "2026-04-20 09:00 Time passes";
    ends(
        "b09_tacitly_accepted",
        "blijf",
        &[HEARD, RESPONDED, wait],
        Outcome::TacitlyAccepted,
    );
}

#[test]
fn b10_no_appeal_in_its_term_is_not_pursued() {
    let objects = "2026-03-20 09:00 Karin objects
        2026-05-01 09:00 Time passes";
    ends(
        "b10_not_pursued",
        "blijf",
        &[HEARD, RESPONDED, objects],
        Outcome::NotPursued,
    );
}

#[test]
fn b12_the_ruling_of_the_manager_is_the_end() {
    let appeal = "2026-03-20 09:00 Karin appeals
        2026-03-24 09:00 Mila decides upheld
        2026-03-25 09:00 Mila hears complainant
        2026-03-25 10:00 Mila hears respondent-1
        2026-04-01 09:00 Mila decides upheld";
    ends(
        "b12_decided",
        "blijf",
        &[HEARD, RESPONDED, appeal],
        Outcome::Decided,
    );
}

#[test]
fn b01_inadmissible_and_not_appealed() {
    let dismissed = "2026-03-02 10:00 Karin files
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna dismisses
        2026-04-05 09:00 Time passes";
    ends(
        "b01_inadmissible",
        "blijf",
        &[dismissed],
        Outcome::Inadmissible,
    );
}

#[test]
fn b10_inadmissible_appealed_and_upheld() {
    let dismissed = "2026-03-02 10:00 Karin files naming Tom
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna dismisses
        2026-03-10 09:00 Karin appeals
        2026-03-11 09:00 Mila notifies 1
        2026-03-11 10:00 Mila hears complainant
        2026-03-11 10:30 Mila telephones respondent-1 vain
        2026-03-11 10:45 Mila telephones respondent-1 vain
        2026-03-11 11:00 Mila misses respondent-1
        2026-03-16 09:00 Mila decides no-judgement inadmissible";
    ends(
        "b10_inadmissible_upheld",
        "blijf",
        &[dismissed],
        Outcome::Inadmissible,
    );
}

#[test]
fn a_complaint_is_withdrawn_at_blijf() {
    let withdrawn = "2026-03-20 09:00 Karin withdraws
        2026-03-21 09:00 Karin withdraws";
    ends(
        "withdrawn_blijf",
        "blijf",
        &[HEARD, RESPONDED, withdrawn],
        Outcome::Withdrawn,
    );
}

#[test]
fn l07_both_sides_sign_one_text() {
    let signed = "2026-03-12 09:00 Karin signs
        2026-03-13 09:00 Tom signs";
    ends("l07_agreed", "livp", &[PROPOSED, signed], Outcome::Agreed);
}

#[test]
fn l11_binding_advice_is_the_end() {
    let appeal = "2026-03-20 09:00 Karin disagrees
        2026-03-25 09:00 Karin appeals
        2026-03-26 09:00 Ada assigns Arie
        2026-04-01 09:00 Arie hears complainant
        2026-04-01 10:00 Arie hears respondent-1
        2026-04-15 09:00 Arie decides partly";
    ends("l11_decided", "livp", &[PROPOSED, appeal], Outcome::Decided);
}

#[test]
fn l11_no_appeal_in_three_months_is_not_pursued() {
    let wait = "2026-07-15 09:00 Time passes";
    ends(
        "l11_not_pursued",
        "livp",
        &[PROPOSED, wait],
        Outcome::NotPursued,
    );
}

#[test]
fn l11_inadmissible_and_not_appealed() {
    let dismissed = "2026-03-02 10:00 Karin files without-course
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 09:00 Anna telephones
        2026-03-05 09:00 Anna dismisses
        2026-07-01 09:00 Time passes";
    ends(
        "l11_inadmissible",
        "livp",
        &[dismissed],
        Outcome::Inadmissible,
    );
}

#[test]
fn l11_inadmissible_appealed_and_upheld_by_the_arbiter() {
    let dismissed = "2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 09:00 Anna dismisses
        2026-03-10 09:00 Karin appeals
        2026-03-11 09:00 Ada assigns Arie
        2026-03-12 09:00 Karin waives
        2026-03-12 09:20 Arie telephones respondent-1 vain
        2026-03-12 09:40 Arie telephones respondent-1 vain
        2026-03-12 10:00 Arie misses respondent-1
        2026-03-16 09:00 Arie decides no-judgement inadmissible";
    ends(
        "l11_inadmissible_upheld",
        "livp",
        &[dismissed],
        Outcome::Inadmissible,
    );
}

#[test]
fn a_complaint_is_withdrawn_at_livp_during_the_appeal() {
    let withdrawn = "2026-03-20 09:00 Karin disagrees
        2026-03-25 09:00 Karin appeals
        2026-03-30 09:00 Karin withdraws";
    ends(
        "withdrawn_livp",
        "livp",
        &[PROPOSED, withdrawn],
        Outcome::Withdrawn,
    );
}
