//! Acts of people stand: what was registered after someone appealed or decided is recorded, and the complaint goes on.

use super::{HEARD, PROPOSED, RESPONDED, tell};
use crate::complaint::{Outcome, State};

#[test]
fn an_objection_by_letter_after_an_appeal_has_no_effect() {
    let played = tell(
        "overtaken_by_appeal",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-25 09:00 Karin appeals
        2026-03-27 09:00 Ada registers complainant objects by post arrived 2026-03-24 12:00",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn a_withdrawal_by_letter_after_an_appeal_has_no_effect() {
    let played = tell(
        "withdrawal_overtaken_by_appeal",
        "blijf",
        &[
            HEARD,
            "
        2026-04-06 09:00 Karin appeals
        2026-04-10 09:00 Ada registers complainant withdraws by post arrived 2026-04-03 12:00",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn an_objection_in_time_after_a_late_appeal_has_no_effect() {
    let played = tell(
        "overtaken_by_late_appeal",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Ada registers complainant objects by post arrived 2026-04-13 12:00
        2026-04-22 09:00 Mila admits-late-appeal",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn a_sign_off_in_time_after_an_appeal_has_no_effect_and_they_may_still_settle() {
    let played = tell(
        "sign_off_overtaken",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Karin appeals
        2026-04-03 09:00 Ada registers respondent-1 signs by post arrived 2026-03-30 12:00
        2026-04-07 09:00 Tom signs",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
}

#[test]
fn a_decision_is_never_undone() {
    let played = tell(
        "decision_stands",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Karin appeals
        2026-04-03 09:00 Ada assigns Arie
        2026-04-08 09:00 Arie hears complainant
        2026-04-08 10:00 Arie hears respondent-1
        2026-04-09 09:00 Arie decides upheld
        2026-04-10 09:00 Ada registers respondent-1 signs by post arrived 2026-04-08 12:00
        2026-04-10 10:00 Ada registers complainant withdraws by post arrived 2026-04-08 12:00",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Decided));
}

#[test]
fn a_posting_registered_after_an_appeal_leaves_the_appeal_standing() {
    let played = tell(
        "posting_after_appeal",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
        2026-03-02 11:00 Ada posts confirmation
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-27 12:00 Anna responds upheld
        2026-04-02 09:00 Karin appeals
        2026-04-08 09:00 Ada posts response arrived 2026-03-30 17:00"],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn what_the_regulation_does_not_know_is_refused_all_the_same() {
    tell(
        "unknown_act_after_appeal",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-25 09:00 Karin appeals
        2026-03-27 09:00 Ada registers complainant signs by post arrived 2026-03-24 12:00
        2026-03-27 10:00 Ada registers representative objects by post arrived 2026-03-24 12:00
        2026-03-27 11:00 Ada registers respondent-1 objects by post arrived 2026-03-24 12:00",
        ],
    );
}
