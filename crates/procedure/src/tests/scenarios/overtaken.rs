//! Acts of people stand: what was registered after someone appealed or decided is recorded, and the complaint goes on.

use super::{ASSIGNED, CONFIRMED_ON_PAPER, HEARD, PROPOSED, RESPONDED, tell};
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
fn a_sign_off_in_time_after_an_appeal_has_no_effect_and_both_may_still_settle_by_signing_anew() {
    let played = tell(
        "sign_off_overtaken",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Karin appeals
        2026-04-03 09:00 Ada registers respondent-1 signs by post arrived 2026-03-30 12:00
        2026-04-07 09:00 Tom signs
        2026-04-08 09:00 Karin signs",
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
        &[
            CONFIRMED_ON_PAPER,
            "
        2026-03-27 12:00 Anna responds upheld
        2026-04-02 09:00 Karin appeals
        2026-04-08 09:00 Ada posts response arrived 2026-03-30 17:00",
        ],
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

#[test]
fn b09_an_older_yes_does_not_undo_a_later_no() {
    let played = tell(
        "older_acceptance",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin objects
        2026-03-23 09:00 Ada registers complainant accepts by post arrived 2026-03-18 12:00",
        ],
    );
    assert_eq!(played.state(), State::AppealOpen);
}

#[test]
fn l07_the_last_word_on_a_text_counts_in_whatever_order_it_is_registered() {
    let played = tell(
        "l07_last_word",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-13 09:00 Karin rejects
        2026-03-14 09:00 Tom signs
        2026-03-16 09:00 Ada registers complainant signs by post arrived 2026-03-12 12:00
        2026-03-17 09:00 Ada registers respondent-1 rejects by post arrived 2026-03-13 12:00",
        ],
    );
    assert_eq!(played.outcome(), None);
    let solution = played.world.complaint.solution.as_ref().unwrap();
    assert_eq!((solution.signed.len(), solution.rejected.len()), (1, 1));
}

#[test]
fn b10_an_appeal_before_there_is_anything_to_appeal_against_has_no_effect_whenever_it_is_registered()
 {
    for (name, registered) in [
        ("premature_appeal", "2026-04-07 09:00"),
        ("premature_appeal_after_lapse", "2026-05-20 09:00"),
    ] {
        let responds = if name == "premature_appeal" {
            "2026-03-20 12:00 Anna responds upheld"
        } else {
            ""
        };
        let played = tell(
            name,
            "blijf",
            &[
                HEARD,
                responds,
                "\n",
                &format!(
                    "{registered} Ada registers complainant appeals by post arrived 2026-03-12 12:00"
                ),
            ],
        );
        assert_eq!(played.world.complaint.rounds.len(), 1, "{name}");
    }
}

#[test]
fn l11_no_agreement_before_anything_was_proposed_opens_the_way_without_end_whenever_it_is_registered()
 {
    let played = tell(
        "l11_declared_before_the_proposal",
        "livp",
        &[
            ASSIGNED,
            "
        2026-04-01 09:00 Anna proposes
        2026-04-02 09:00 Ada registers complainant disagrees by post arrived 2026-03-25 12:00",
        ],
    );
    let way = played.world.complaint.round().way.as_ref().unwrap();
    assert_eq!(way.announced, None);
}
