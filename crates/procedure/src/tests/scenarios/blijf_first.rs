//! Blijf Groep, first instance: B1 to B8, B13 to B15.

use super::{HEARD, RESPONDED, tell};
use crate::{
    actor::Actor,
    complaint::State,
    decide::file,
    policy::Channel,
    refusal::RefusalCode,
    tests::cast::{self, day, local},
};

#[test]
fn b02_spoken_dissatisfaction_is_no_complaint() {
    let facts = cast::facts("blijf", Some(day("2026-02-20")));
    let mut filing = cast::filing(day("2026-03-02"));
    filing.channel = Channel::Telephone;
    let now = local("2026-03-02", "10:00");
    let ada = cast::actor("Ada", &facts);
    let refused = file(&cast::blijf(), &facts, &ada, filing, now, now).unwrap_err();
    assert_eq!(refused.reason.code(), RefusalCode::MustBeWritten);
    assert_eq!(refused.basis.unwrap().article(), Some("Begripsbepaling"));
}

#[test]
fn b04_anyone_may_use_the_form_and_only_staff_registers_letters() {
    let facts = cast::facts("blijf", Some(day("2026-02-20")));
    let now = local("2026-03-02", "10:00");
    let register = |name: &str| {
        let mut filing = cast::filing(day("2026-03-02"));
        filing.channel = Channel::Post;
        let actor = cast::actor(name, &facts);
        file(&cast::blijf(), &facts, &actor, filing, now, now).is_ok()
    };
    let may: Vec<&str> = cast::names().filter(|name| register(name)).collect();
    assert_eq!(may, ["Ada", "Anna", "Bram", "Olga"]);
    let filing = cast::filing(day("2026-03-02"));
    assert!(file(&cast::blijf(), &facts, &Actor::Anyone, filing, now, now).is_ok());
}

#[test]
fn b04_filing_during_the_course_is_allowed() {
    let played = tell(
        "b04_during_the_course",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-06-30
        2026-03-03 09:00 Anna takes"],
    );
    assert_eq!(played.state(), State::InTreatment);
}

#[test]
fn b04_a_late_complaint_is_flagged_and_silence_admits() {
    tell(
        "b04_late_admitted_by_silence",
        "blijf",
        &["
        2026-03-24 00:00 Karin files ended 2026-02-23 naming Tom
        2026-03-24 09:00 Anna takes
        2026-03-25 09:00 Anna notifies 1
        2026-03-26 09:00 Anna hears complainant
        2026-03-26 10:00 Anna hears respondent-1
        2026-03-27 10:00 Anna responds upheld
        2026-04-08 10:00 Anna responds upheld"],
    );
}

#[test]
fn b04_a_late_complaint_is_admitted_with_reasons() {
    tell(
        "b04_late_admitted",
        "blijf",
        &["
        2026-03-24 10:00 Karin files ended 2026-02-20
        2026-03-24 11:00 Bram admits
        2026-03-24 12:00 Bram takes
        2026-03-25 09:00 Bram admits"],
    );
}

#[test]
fn b04_a_late_complaint_is_inadmissible_and_the_manager_decides_it_itself() {
    tell(
        "b04_late_dismissed_and_appealed",
        "blijf",
        &["
        2026-03-24 10:00 Karin files ended 2026-02-20 naming Tom
        2026-03-24 12:00 Bram takes
        2026-03-25 09:00 Bram dismisses late
        2026-04-01 09:00 Karin appeals
        2026-04-02 09:00 Mila notifies 1
        2026-04-02 10:00 Mila hears complainant
        2026-04-02 11:00 Mila hears respondent-1
        2026-04-08 09:00 Mila decides upheld"],
    );
}

#[test]
fn b05_an_adviser_takes_it_and_the_other_no_longer_sees_it() {
    tell(
        "b05_taken_from_the_pool",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-03 09:00 Tom takes
        2026-03-03 10:00 Bram takes
        2026-03-03 11:00 Anna takes
        2026-03-03 12:00 Anna states"],
    );
}

#[test]
fn b05_nobody_took_it_and_the_administration_is_alerted() {
    tell(
        "b05_nobody_took_it",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-17 09:00 Ada assigns Anna
        2026-03-25 09:00 Time passes"],
    );
}

#[test]
fn b06_no_response_before_both_sides_were_heard() {
    tell(
        "b06_hearing_gate",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Robin
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna responds upheld
        2026-03-04 10:00 Anna hears respondent-1
        2026-03-05 09:00 Anna notifies 1
        2026-03-05 10:00 Karin waives
        2026-03-06 09:00 Anna responds upheld
        2026-03-09 09:00 Anna misses respondent-1 2
        2026-03-09 09:30 Anna telephones respondent-1 vain
        2026-03-09 10:00 Anna misses respondent-1 1
        2026-03-09 10:30 Anna misses respondent-1 2
        2026-03-10 09:00 Anna mails respondent-1
        2026-03-11 09:00 Anna misses respondent-1 2
        2026-03-12 09:00 Anna responds upheld"],
    );
}

#[test]
fn b06_where_nobody_is_complained_about_a_representative_speaks() {
    tell(
        "b06_representative",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna hears complainant
        2026-03-04 10:00 Anna responds upheld
        2026-03-05 09:00 Ada represents Tom
        2026-03-05 10:00 Ada represents Rita
        2026-03-06 09:00 Rita states
        2026-03-06 10:00 Anna hears representative
        2026-03-09 09:00 Anna responds upheld"],
    );
}

#[test]
fn b06_a_respondent_who_cannot_be_told_is_documented_as_unreachable() {
    tell(
        "b06_unreachable_stranger",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Gast
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna hears complainant
        2026-03-05 09:00 Anna notifies 1
        2026-03-05 10:00 Anna telephones respondent-1 vain
        2026-03-05 11:00 Anna telephones representative vain
        2026-03-05 15:00 Anna telephones respondent-1 vain
        2026-03-06 09:00 Anna misses respondent-1 3
        2026-03-06 10:00 Anna misses respondent-1
        2026-03-09 09:00 Anna responds no-judgement"],
    );
}

#[test]
fn b07_no_extension_without_written_consent() {
    tell(
        "b07_extension_by_consent",
        "blijf",
        &[
            HEARD,
            "
        2026-03-10 09:00 Anna adjourns 2026-04-10
        2026-03-10 09:30 Anna requests 2026-03-30
        2026-03-10 10:00 Anna requests 2026-04-10
        2026-03-11 09:00 Anna registers complainant consents by telephone
        2026-03-12 09:00 Karin refuses
        2026-03-13 09:00 Anna requests 2026-04-10
        2026-03-16 09:00 Anna registers complainant consents by email arrived 2026-03-14 12:00
        2026-04-09 09:00 Anna responds upheld",
        ],
    );
}

#[test]
fn b07_lapse_opens_the_way_without_end() {
    tell(
        "b07_lapse",
        "blijf",
        &[
            HEARD,
            "
        2026-04-20 09:00 Karin appeals",
        ],
    );
}

#[test]
fn b08_a_partial_yes_is_not_agreement() {
    tell(
        "b08_partial_yes",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-18 09:00 Anna registers complainant asks by email arrived 2026-03-17 20:00
        2026-03-20 09:00 Anna answers
        2026-03-23 09:00 Karin accepts",
        ],
    );
}

#[test]
fn b13_alerts_repeat_each_working_week_and_never_close() {
    let played = tell(
        "b13_alerts_repeat",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-03 09:00 Anna takes
        2026-05-13 09:00 Time passes"],
    );
    assert_eq!(played.state(), State::AppealOpen);
}

#[test]
fn b14_a_measure_is_asked_at_closing_and_chased() {
    tell(
        "b14_measures",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-18 09:00 Anna measures
        2026-03-18 10:00 Karin accepts
        2026-04-13 09:00 Anna measures
        2026-04-13 10:00 Anna classifies weather
        2026-04-13 11:00 Anna classifies organisation
        2026-04-13 12:00 Anna measures
        2026-12-01 09:00 Ada follows-up 2026-11-30",
        ],
    );
}

#[test]
fn b14_measures_of_a_complaint_nobody_handled_are_answered_by_the_administration() {
    tell(
        "b14_measures_without_handler",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-02 11:00 Karin withdraws
        2026-03-03 09:00 Bram classifies other
        2026-03-03 10:00 Ada classifies other
        2026-03-03 11:00 Ada measures none"],
    );
}

/// Settled on 18 March 2026, and kept until 18 March 2028.
const SETTLED: &str = "
        2026-03-18 10:00 Karin accepts
        2026-03-18 11:00 Anna classifies content
        2026-03-18 12:00 Anna measures none
";

#[test]
fn b15_the_administration_is_alerted_when_the_term_is_over() {
    tell(
        "b15_alerted",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            SETTLED,
            "
        2028-03-28 09:00 Ada holds
        2028-06-01 09:00 Ada lifts
        2028-06-20 09:00 Ada destroys
        2028-12-01 09:00 Time passes",
        ],
    );
}

#[test]
fn b15_a_policy_may_have_the_dossier_destroyed_by_itself() {
    let played = tell(
        "b15_by_itself",
        "destroyed-by-itself",
        &[
            HEARD,
            RESPONDED,
            SETTLED,
            "
        2028-03-18 23:59:59 Time passes
        2028-03-19 00:00 Karin states",
        ],
    );
    assert!(played.world.complaint.destroyed_at.is_some());
}

#[test]
fn b15_what_comes_in_after_the_end_is_for_a_person_to_see_before_anything_is_destroyed() {
    let played = tell(
        "b15_by_itself_withheld",
        "destroyed-by-itself",
        &[
            HEARD,
            RESPONDED,
            SETTLED,
            "
        2028-03-18 23:59:59 Karin states
        2028-03-19 00:00 Karin states
        2028-04-20 09:00 Ada destroys",
        ],
    );
    assert!(played.world.complaint.destroyed_at.is_some());
}

#[test]
fn b15_whoever_lifts_a_hold_has_seen_what_came_in() {
    for (last, is_gone) in [("", true), ("2028-03-05 09:00 Karin states", false)] {
        let script = format!(
            "
        2028-02-01 09:00 Karin states
        2028-03-01 09:00 Ada holds
        2028-03-02 09:00 Ada lifts
        {last}
        2028-08-01 09:00 Time passes"
        );
        let played = super::play(
            "destroyed-by-itself",
            &[HEARD, RESPONDED, SETTLED, &script].concat(),
        );
        assert_eq!(
            played.world.complaint.destroyed_at.is_some(),
            is_gone,
            "{last}"
        );
    }
}

#[test]
fn b15_by_itself_nothing_goes_that_is_held_nor_in_the_breath_that_lifts_it() {
    let played = tell(
        "b15_by_itself_held",
        "destroyed-by-itself",
        &[
            HEARD,
            RESPONDED,
            SETTLED,
            "
        2028-03-01 09:00 Ada holds
        2028-06-01 09:00 Ada lifts
        2028-06-01 10:00 Ada holds
        2028-07-03 09:00 Ada lifts
        2028-08-01 09:00 Time passes",
        ],
    );
    assert!(played.world.complaint.destroyed_at.is_some());
}

#[test]
fn b10_by_itself_nothing_goes_while_a_late_appeal_waits() {
    let played = tell(
        "b10_by_itself_late_appeal",
        "destroyed-by-itself",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Anna classifies other
        2026-04-20 10:00 Anna measures none
        2028-04-13 23:00 Karin appeals
        2028-04-20 09:00 Mila refuses-late-appeal
        2028-06-01 09:00 Time passes",
        ],
    );
    assert!(played.world.complaint.destroyed_at.is_some());
}

#[test]
fn b15_the_dossier_is_kept_two_years() {
    let played = tell(
        "b15_retention",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-18 10:00 Karin accepts
        2026-03-18 11:00 Anna classifies content
        2026-03-18 12:00 Anna measures none
        2028-03-18 23:59:59 Ada destroys
        2028-03-19 00:00 Ada holds
        2028-03-19 01:00 Ada destroys
        2028-03-20 09:00 Ada lifts
        2028-03-20 10:00 Ada destroys
        2028-03-20 11:00 Karin states",
        ],
    );
    assert!(played.world.complaint.destroyed_at.is_some());
}
