//! LIVP, after no agreement: L9, L11, L15.

use super::{ASSIGNED, PROPOSED, tell};
use crate::complaint::{Outcome, State};

#[test]
fn l11_without_end_where_no_solution_was_proposed() {
    let played = tell(
        "l11_without_end",
        "livp",
        &[
            ASSIGNED,
            "
        2026-06-01 09:00 Worker sleeps
        2027-03-01 09:00 Ada registers complainant appeals by telephone",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn l11_only_the_complainant_appeals() {
    tell(
        "l11_only_the_complainant",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-20 09:00 Tom disagrees
        2026-03-21 09:00 Tom appeals
        2026-03-21 10:00 Ada registers respondent-1 appeals by email
        2026-03-21 11:00 Ada registers complainant appeals by telephone",
        ],
    );
}

#[test]
fn l11_both_sides_may_still_settle_while_the_appeal_runs() {
    let played = tell(
        "l11_settled_during_appeal",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-04-02 09:00 Karin appeals
        2026-04-03 09:00 Ada assigns Arie
        2026-04-08 09:00 Anna proposes Samen.
        2026-04-09 09:00 Tom signs
        2026-04-10 09:00 Karin signs
        2026-04-13 09:00 Arie decides upheld",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
}

#[test]
fn l11_a_conflicted_arbiter_is_replaced() {
    tell(
        "l11_conflicted_arbiter",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Arie
        2026-03-02 14:00 Ada assigns Anna
        2026-04-02 09:00 Karin appeals
        2026-04-02 10:00 Ada assigns Arie
        2026-04-02 11:00 Ada assigns Anna
        2026-04-02 12:00 Ada assigns Aisha
        2026-04-03 09:00 Aisha recuses
        2026-04-07 09:00 Ada assigns Xena with-reason"],
    );
}

#[test]
fn l11_late_appeal_is_shown_to_an_appointed_arbiter() {
    tell(
        "l11_late_appeal",
        "livp",
        &[
            PROPOSED,
            "
        2026-07-15 09:00 Karin appeals
        2026-07-16 09:00 Arie admits-late-appeal
        2026-07-24 09:00 Ada assigns Arie
        2026-07-24 10:00 Anna admits-late-appeal
        2026-07-24 11:00 Arie admits-late-appeal",
        ],
    );
}

#[test]
fn l11_silence_admits_a_late_appeal_though_no_arbiter_was_appointed() {
    let played = tell(
        "l11_late_appeal_by_silence",
        "livp",
        &[
            PROPOSED,
            "
        2026-07-15 09:00 Karin appeals
        2026-08-15 09:00 Ada assigns Arie",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn l11_against_inadmissibility_the_arbiter_decides_the_complaint_itself() {
    tell(
        "l11_inadmissible_appealed",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 09:00 Anna dismisses
        2026-03-10 09:00 Karin appeals
        2026-03-11 09:00 Ada assigns Arie
        2026-03-12 09:00 Arie notifies 1
        2026-03-13 09:00 Arie hears complainant
        2026-03-13 10:00 Arie hears respondent-1
        2026-03-20 09:00 Arie decides upheld"],
    );
}

#[test]
fn l15_appointment_and_advice_lapse_alert_and_never_close() {
    let played = tell(
        "l15_arbiter_late",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-20 09:00 Karin disagrees
        2026-03-25 09:00 Karin appeals
        2026-04-10 09:00 Ada assigns Arie
        2026-06-05 09:00 Time passes",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}
