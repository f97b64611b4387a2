//! LIVP, first instance: L1 to L10, L12 to L14.

use super::{ASSIGNED, PROPOSED, play, tell};
use crate::{
    actor::Actor,
    complaint::{Address, State},
    decide::{Filing, all_against, file},
    refusal::RefusalCode,
    tests::cast::{self, day, local, text},
};

#[test]
fn l01_the_form_asks_what_the_procedure_asks() {
    let facts = cast::facts("livp", None);
    let now = local("2026-03-02", "10:00");
    let refused = |spoil: fn(&mut Filing)| {
        let mut filing = cast::filing(day("2026-03-02"));
        spoil(&mut filing);
        let refused = file(&cast::livp(), &facts, &Actor::Anyone, filing, now, now);
        let refusal = refused.unwrap_err();
        let article = refusal.basis.as_ref().and_then(|basis| basis.article());
        format!("{} {}", refusal.reason.code().as_str(), article.unwrap())
    };
    assert_eq!(
        refused(|filing| filing.complainant.contact.name = text(" ")),
        "FIELD_REQUIRED Werkwijze 1"
    );
    assert_eq!(
        refused(|filing| filing.complainant.contact.telephone = None),
        "FIELD_REQUIRED Werkwijze 1"
    );
    assert_eq!(
        refused(|filing| filing.filed_on = None),
        "FIELD_REQUIRED Werkwijze 1"
    );
    assert_eq!(
        refused(|filing| filing.description = text("")),
        "FIELD_REQUIRED Werkwijze 1"
    );
    assert_eq!(
        refused(|filing| filing.complainant.contact.address = Address::Unknown),
        "ADDRESS_REQUIRED Werkwijze 1"
    );
}

#[test]
fn l01_everything_against_a_form_is_told_at_once() {
    let facts = cast::facts("livp", None);
    let now = local("2026-03-02", "10:00");
    let mut filing = cast::filing(day("2026-03-02"));
    filing.complainant.contact.name = text("\u{200b}");
    filing.complainant.contact.telephone = None;
    filing.complainant.contact.address = Address::Unknown;
    filing.filed_on = Some(day("2026-03-03"));
    filing.description = text("\u{feff} \n");
    let all = all_against(&cast::livp(), &facts, &Actor::Anyone, &filing, now, now);
    let codes: Vec<String> = all.iter().map(|one| format!("{:?}", one.reason)).collect();
    assert_eq!(
        codes,
        [
            "AddressRequired",
            "FieldRequired(Name)",
            "FieldRequired(Telephone)",
            "FieldRequired(Description)",
            "ImpossibleDate(FormDate)",
        ]
    );
}

#[test]
fn l02_what_came_on_paper_is_registered_with_what_it_has() {
    let facts = cast::facts("livp", None);
    let ada = cast::actor("Ada", &facts);
    let now = local("2026-03-02", "10:00");
    let by_post = |spoil: fn(&mut Filing)| {
        let mut filing = cast::filing(day("2026-03-02"));
        filing.channel = crate::policy::Channel::Post;
        filing.complainant.contact.telephone = None;
        filing.filed_on = None;
        spoil(&mut filing);
        let filed = file(&cast::livp(), &facts, &ada, filing, now, now);
        filed.map_err(|refused| refused.reason.code())
    };
    assert!(by_post(|_| ()).is_ok());
    assert!(by_post(|filing| filing.complainant.contact.address = Address::Unknown).is_ok());
    let wordless = by_post(|filing| filing.description = text(" "));
    assert_eq!(wordless.unwrap_err(), RefusalCode::FieldRequired);
}

#[test]
fn l01_dates_of_incident_form_and_receipt_are_kept_apart() {
    let facts = cast::facts("livp", None);
    let mut filing = cast::filing(day("2026-02-27"));
    filing.incident_on = Some(day("2026-02-10"));
    filing.channel = crate::policy::Channel::Post;
    let (at, now) = (local("2026-03-02", "00:00"), local("2026-03-04", "10:00"));
    let ada = cast::actor("Ada", &facts);
    let world =
        crate::tests::world::World::filed(cast::livp(), facts, &ada, filing, at, now).unwrap();
    let complaint = &world.complaint;
    assert_eq!(complaint.incident_on, Some(day("2026-02-10")));
    assert_eq!(complaint.filed_on, Some(day("2026-02-27")));
    assert_eq!((complaint.received_at, complaint.registered_at), (at, now));
}

#[test]
fn l02_nobody_registers_an_arrival_that_is_still_to_come() {
    let facts = cast::facts("livp", None);
    let ada = cast::actor("Ada", &facts);
    let (at, now) = (local("2026-03-03", "00:00"), local("2026-03-02", "10:00"));
    let filing = cast::filing(day("2026-03-02"));
    let refused = file(&cast::livp(), &facts, &ada, filing, at, now).unwrap_err();
    assert_eq!(refused.reason.code(), RefusalCode::ImpossibleTime);
}

#[test]
fn l02_by_post_counts_from_its_arrival() {
    tell(
        "l02_by_post",
        "livp",
        &["
        2026-03-04 10:00 Ada files by post arrived 2026-03-02 09:00
        2026-03-04 11:00 Ada assigns Anna"],
    );
}

#[test]
fn l03_receipt_is_confirmed_once_the_handler_is_known() {
    tell(
        "l03_confirmation",
        "livp",
        &["
        2026-03-07 10:00 Karin files
        2026-03-09 16:00 Ada assigns Anna"],
    );
}

#[test]
fn l04_no_trainer_of_the_course_may_handle() {
    tell(
        "l04_no_trainer_of_the_course",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Olga
        2026-03-02 11:00 Ada assigns Tom
        2026-03-02 12:00 Ada assigns Olga
        2026-03-02 13:00 Ada assigns Mila
        2026-03-02 14:00 Tom states
        2026-03-02 15:00 Ada assigns Xena with-reason
        2026-03-02 16:00 Ada assigns Bram"],
    );
}

#[test]
fn l05_contact_in_person_within_five_working_days() {
    tell(
        "l05_contact",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 11:00 Ada assigns Anna
        2026-03-03 09:00 Anna mails
        2026-03-04 09:00 Anna telephones vain
        2026-03-11 09:00 Anna telephones arrived 2026-03-09 15:00"],
    );
}

#[test]
fn l06_both_sign_one_text_and_a_changed_text_voids() {
    tell(
        "l06_changed_text_voids",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-03-12 10:00 Karin signs
        2026-03-13 09:00 Anna proposes Anders.
        2026-03-13 10:00 Tom signs 1
        2026-03-13 11:00 Tom signs
        2026-03-14 09:00 Tom rejects
        2026-03-15 09:00 Tom signs
        2026-03-16 09:00 Karin signs",
        ],
    );
}

#[test]
fn l06_a_respondent_sees_nothing_before_the_notice() {
    tell(
        "l06_respondent_before_notice",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-03 09:00 Tom states
        2026-03-03 10:00 Anna proposes
        2026-03-03 11:00 Tom signs
        2026-03-04 09:00 Anna notifies 1
        2026-03-04 10:00 Anna notifies 1
        2026-03-04 11:00 Tom signs"],
    );
}

#[test]
fn l06_where_nobody_is_complained_about_a_representative_signs() {
    tell(
        "l06_representative_signs",
        "livp",
        &["
        2026-03-02 10:00 Karin files
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 09:00 Anna telephones
        2026-03-05 09:00 Anna proposes
        2026-03-06 09:00 Karin signs
        2026-03-09 09:00 Ada represents Anna
        2026-03-09 10:00 Ada represents Rita
        2026-03-10 09:00 Rita signs"],
    );
}

#[test]
fn l07_sign_offs_count_on_whatever_channel_they_came() {
    tell(
        "l07_on_any_channel",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-13 09:00 Ada registers complainant signs by telephone
        2026-03-16 09:00 Anna registers respondent-1 signs by email arrived 2026-03-14 09:00",
        ],
    );
}

#[test]
fn l08_measures_are_chased_and_closure_does_not_wait() {
    let played = tell(
        "l08_measures",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-03-13 09:00 Tom signs
        2026-04-14 09:00 Anna classifies content
        2026-04-14 10:00 Anna measures none",
        ],
    );
    assert_eq!(played.state(), State::Closed);
}

#[test]
fn l09_handler_and_parties_may_establish_earlier_that_there_is_no_agreement() {
    tell(
        "l09_no_agreement_declared",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-16 09:00 Tom rejects
        2026-03-17 09:00 Anna disagrees
        2026-03-18 09:00 Karin disagrees
        2026-03-19 09:00 Karin signs
        2026-03-20 09:00 Tom signs",
        ],
    );
}

#[test]
fn l09_no_extension() {
    tell(
        "l09_no_extension",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-16 09:00 Anna adjourns 2026-04-10
        2026-03-16 10:00 Anna requests 2026-04-10",
        ],
    );
}

#[test]
fn l10_kept_five_years_from_final_closure() {
    tell(
        "l10_retention",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-03-13 09:00 Tom signs
        2026-03-13 10:00 Anna classifies content
        2026-03-13 11:00 Anna measures none
        2031-03-13 09:00 Ada destroys
        2031-03-14 00:00 Ada destroys",
        ],
    );
}

#[test]
fn l10_measures_never_answered_are_chased_to_the_end_of_retention() {
    let played = play(
        "livp",
        "
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Karin withdraws
        2031-03-14 00:00 Time passes
        2031-03-14 00:01 Ada destroys",
    );
    let raised = played.world.complaint.alerts.values();
    let alerts = raised.map(|raised| raised.nth).max();
    assert!(played.world.complaint.destroyed_at.is_some());
    assert!(alerts > Some(200), "chased each working week: {alerts:?}");
}

#[test]
fn l13_satisfaction_is_asked_once_at_closing() {
    tell(
        "l13_satisfaction",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 08:00 Karin rates 5
        2026-03-12 09:00 Karin signs
        2026-03-13 09:00 Tom signs
        2026-03-14 09:00 Karin rates 6
        2026-03-14 10:00 Karin rates 4
        2026-03-14 11:00 Karin rates 5",
        ],
    );
}

#[test]
fn l14_lapses_alert_and_the_administrator_reassigns_while_l9_runs() {
    tell(
        "l14_lapses_alert",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-11 09:00 Ada assigns Anna
        2026-03-12 09:00 Ada assigns Bram
        2026-03-13 09:00 Anna telephones
        2026-03-13 10:00 Bram telephones
        2026-04-14 09:00 Time passes"],
    );
}

#[test]
fn l14_a_case_without_a_handler_escalates_again() {
    tell(
        "l14_without_handler",
        "livp",
        &[
            ASSIGNED,
            "
        2026-03-16 09:00 Anna recuses
        2026-03-16 10:00 Ada assigns Anna
        2026-03-19 09:00 Ada assigns Bram",
        ],
    );
}
