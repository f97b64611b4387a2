//! A public body, Awb chapter 9: a committee, adjournment by notice, consent, a finding that does not bind.

use super::tell;
use crate::complaint::Outcome;

#[test]
fn awb_adjourned_once_by_notice_and_further_with_consent() {
    let played = tell(
        "awb_adjourned",
        "awb",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-03 09:00 Ada assigns Cora
        2026-03-03 10:00 Ada assigns Carl
        2026-03-04 09:00 Cora notifies 1
        2026-03-10 09:00 Cora hears complainant
        2026-03-10 10:00 Carl hears respondent-1
        2026-04-30 09:00 Carl adjourns 2026-05-11
        2026-05-01 09:00 Carl adjourns 2026-06-09
        2026-05-01 10:00 Carl adjourns 2026-06-08
        2026-05-01 11:00 Carl adjourns 2026-06-08
        2026-06-01 09:00 Cora requests 2026-07-01
        2026-06-02 09:00 Karin consents
        2026-06-30 09:00 Cora decides partly"],
    );
    assert_eq!(played.outcome(), Some(Outcome::Decided));
}

#[test]
fn awb_a_day_that_was_consented_to_gives_an_adjournment_no_more_room() {
    tell(
        "awb_consent_then_notice",
        "awb",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-03 09:00 Ada assigns Cora
        2026-03-04 09:00 Cora notifies 1
        2026-04-01 09:00 Cora requests 2026-06-01
        2026-04-02 09:00 Karin consents
        2026-04-03 09:00 Cora adjourns 2026-06-29
        2026-04-03 10:00 Cora adjourns 2026-06-08"],
    );
}

#[test]
fn awb_a_member_of_the_committee_steps_back_and_the_rest_goes_on() {
    tell(
        "awb_committee_recusal",
        "awb",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-03 09:00 Ada assigns Cora
        2026-03-03 10:00 Ada assigns Carl
        2026-03-04 09:00 Cora recuses
        2026-03-05 09:00 Carl notifies 1
        2026-03-05 10:00 Cora notifies 1"],
    );
}

#[test]
fn awb_inadmissible_has_no_appeal_inside() {
    let played = tell(
        "awb_inadmissible",
        "awb",
        &["
        2026-03-02 10:00 Karin files
        2026-03-03 09:00 Ada assigns Cora
        2026-03-04 09:00 Cora dismisses
        2026-03-05 09:00 Karin appeals"],
    );
    assert_eq!(played.outcome(), Some(Outcome::Inadmissible));
}
