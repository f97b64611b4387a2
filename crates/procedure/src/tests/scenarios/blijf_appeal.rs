//! Blijf Groep, the second instance: B10 to B13.

use super::{HEARD, RESPONDED, tell};
use crate::complaint::{Outcome, State};
use crate::tests::cast::member;

#[test]
fn b10_an_appeal_while_a_response_is_out_is_also_the_objection() {
    tell(
        "b10_appeal_is_objection",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin appeals",
        ],
    );
}

#[test]
fn b10_before_the_way_opens_there_is_no_appeal() {
    tell(
        "b10_no_way_open",
        "blijf",
        &[
            HEARD,
            "
        2026-03-12 09:00 Karin appeals",
        ],
    );
}

#[test]
fn b10_an_appeal_is_in_writing() {
    tell(
        "b10_written",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Ada registers complainant appeals by telephone
        2026-03-21 09:00 Ada registers complainant appeals by post",
        ],
    );
}

#[test]
fn b10_late_appeal_after_tacit_acceptance_is_admitted() {
    tell(
        "b10_late_appeal_admitted",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Karin appeals
        2026-04-22 09:00 Mila decides upheld
        2026-04-22 10:00 Mila admits-late-appeal
        2026-04-23 09:00 Mila hears complainant
        2026-04-23 10:00 Mila hears respondent-1
        2026-05-04 09:00 Mila decides partly",
        ],
    );
}

#[test]
fn b10_late_appeal_is_refused_with_reasons() {
    let played = tell(
        "b10_late_appeal_refused",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin objects
        2026-04-24 09:00 Karin appeals
        2026-04-28 09:00 Mila refuses-late-appeal",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::NotPursued));
}

#[test]
fn b10_silence_admits_a_late_appeal() {
    let played = tell(
        "b10_late_appeal_silence_admits",
        "blijf",
        &["
        2026-03-02 10:00 Karin files
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna dismisses
        2026-04-20 09:00 Karin appeals
        2026-05-05 09:00 Time passes"],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn b10_destruction_waits_for_a_late_appeal() {
    tell(
        "b10_destruction_waits",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Anna classifies other
        2026-04-20 10:00 Anna measures none
        2028-04-14 23:00 Karin appeals
        2028-04-15 09:00 Ada destroys
        2028-04-16 09:00 Mila refuses-late-appeal
        2028-04-16 10:00 Ada destroys",
        ],
    );
}

#[test]
fn b10_never_closes_after_the_lapse_and_a_late_response_starts_b9() {
    let played = tell(
        "b10_late_response_after_lapse",
        "blijf",
        &[
            HEARD,
            "
        2026-06-15 09:00 Anna responds upheld
        2026-07-20 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn b10_after_a_late_response_the_way_stays_open_without_end() {
    let played = tell(
        "b10_objection_to_late_response",
        "blijf",
        &[
            HEARD,
            "
        2026-04-06 09:00 Anna responds upheld
        2026-04-10 09:00 Karin objects
        2027-03-01 09:00 Karin appeals",
        ],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn b10_the_complainant_is_reminded_before_the_term_ends() {
    tell(
        "b10_reminder",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin objects
        2026-04-17 23:59:59 Karin appeals",
        ],
    );
}

#[test]
fn b11_an_absent_manager_is_replaced() {
    tell(
        "b11_absent_manager",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-17 09:00 Leave Mila 2026-03-01 2026-04-30 Stan
        2026-03-20 09:00 Karin appeals",
        ],
    );
}

#[test]
fn b11_a_manager_who_leaves_is_stood_in_for() {
    tell(
        "b11_manager_stood_in_for",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin appeals
        2026-03-22 09:00 Stan states
        2026-03-23 09:00 Leave Mila 2026-03-23 2026-04-30 Stan
        2026-03-24 09:00 Stan hears complainant
        2026-05-01 09:00 Stan hears respondent-1",
        ],
    );
}

#[test]
fn b11_nobody_stands_in_who_handled_it_before_or_stepped_back() {
    tell(
        "b11_stand_in_not_free",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin appeals
        2026-03-23 09:00 Leave Mila 2026-03-23 2026-03-24 Anna
        2026-03-24 09:00 Anna hears complainant
        2026-03-24 10:00 Leave Max 2026-03-25 2026-04-30 Stan
        2026-03-26 09:00 Stan hears complainant
        2026-03-27 09:00 Stan recuses
        2026-03-27 10:00 Stan hears respondent-1
        2026-03-28 09:00 Ada assigns Max",
        ],
    );
}

#[test]
fn b11_a_conflicted_manager_is_replaced() {
    tell(
        "b11_conflicted_manager",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Mila
        2026-03-03 09:00 Anna takes
        2026-04-01 09:00 Karin appeals
        2026-04-02 09:00 Max recuses
        2026-04-20 09:00 Ada assigns Mila
        2026-04-20 10:00 Ada assigns Anna
        2026-04-20 11:00 Ada assigns Xena
        2026-04-20 12:00 Ada assigns Xena with-reason"],
    );
}

#[test]
fn b11_a_manager_who_organised_the_activity_is_replaced() {
    let played = tell(
        "b11_manager_organised",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Roster organises Mila
        2026-04-01 09:00 Karin appeals
        2026-04-02 09:00 Mila hears complainant
        2026-04-03 09:00 Roster organises Max"],
    );
    let round = played.world.complaint.round();
    assert_eq!(round.bench.deciders, [member("Mila")]);
}

#[test]
fn b11_a_manager_who_proves_to_be_the_respondent_is_replaced_at_once() {
    tell(
        "b11_manager_is_respondent",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-03 09:00 Anna takes
        2026-04-01 09:00 Karin appeals
        2026-04-02 09:00 Mila notifies Mila
        2026-04-02 10:00 Mila hears complainant"],
    );
}

#[test]
fn b13_a_lapse_of_the_manager_alerts_and_never_closes() {
    let played = tell(
        "b13_manager_lapses",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin appeals
        2026-05-20 09:00 Mila hears complainant
        2026-05-20 10:00 Mila hears respondent-1
        2026-05-20 11:00 Mila decides upheld",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Decided));
}
