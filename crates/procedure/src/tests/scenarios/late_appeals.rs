//! Acts in time that are registered after a late appeal: rules of reading 1 and 4.

use super::{HEARD, PROPOSED, RESPONDED, tell};
use crate::{
    complaint::{LetterKind, Outcome, Recipient, State},
    letter::letters,
    tests::{
        cast::{local, member},
        script::play,
    },
};

#[test]
fn an_appeal_in_time_takes_the_place_of_a_late_one_that_waits() {
    let script = "
        2026-03-20 09:00 Karin objects
        2026-04-24 09:00 Karin appeals
        2026-04-25 09:00 Ada registers complainant appeals by post arrived 2026-04-17 12:00";
    let played = tell("timely_replaces_late", "blijf", &[HEARD, RESPONDED, script]);
    assert_eq!(played.state(), State::OnAppeal);
    let complaint = &played.world.complaint;
    assert_eq!(complaint.late_appeal, None);
    assert_eq!(complaint.round().opened_at, local("2026-04-17", "12:00"));
    assert_eq!(complaint.round().bench.deciders.len(), 1);
}

#[test]
fn an_appeal_in_time_is_the_objection_that_tacit_acceptance_lacked() {
    let script = "
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Ada registers complainant appeals by post arrived 2026-04-13 12:00";
    let played = tell(
        "timely_objects_after_all",
        "blijf",
        &[HEARD, RESPONDED, script],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn l11_the_arbiter_appointed_for_the_late_appeal_hears_the_one_in_time() {
    let script = "
        2026-07-10 09:00 Karin appeals
        2026-07-13 09:00 Ada assigns Arie
        2026-07-14 09:00 Ada registers complainant appeals by telephone arrived 2026-06-30 12:00";
    let played = tell("l11_timely_replaces_late", "livp", &[PROPOSED, script]);
    assert_eq!(played.state(), State::OnAppeal);
    assert_eq!(played.world.complaint.round().bench.deciders.len(), 1);
}

#[test]
fn an_earlier_appeal_that_was_late_too_is_recorded() {
    let script = "
        2026-03-20 09:00 Karin objects
        2026-04-24 09:00 Karin appeals
        2026-04-25 09:00 Ada registers complainant appeals by post arrived 2026-04-20 12:00";
    let played = tell("late_before_late", "blijf", &[HEARD, RESPONDED, script]);
    assert!(played.world.complaint.late_appeal.is_some());
    assert_eq!(played.state(), State::Closed);
}

#[test]
fn an_appeal_in_time_after_a_late_one_was_admitted_is_recorded() {
    let script = "
        2026-03-20 09:00 Karin objects
        2026-04-24 09:00 Karin appeals
        2026-04-25 09:00 Mila admits-late-appeal
        2026-04-28 09:00 Ada registers complainant appeals by post arrived 2026-04-17 12:00";
    let played = tell(
        "timely_after_admission",
        "blijf",
        &[HEARD, RESPONDED, script],
    );
    assert_eq!(played.state(), State::OnAppeal);
    assert_eq!(played.world.complaint.rounds.len(), 2);
}

const REFUSED: &str = "
    2026-04-20 09:00 Karin appeals
    2026-04-21 09:00 Mila refuses-late-appeal
";

#[test]
fn an_appeal_in_time_after_a_late_one_was_refused_is_put_to_the_manager_anew() {
    let script = "
        2026-04-22 09:00 Ada registers complainant appeals by post arrived 2026-04-13 12:00
        2026-04-23 09:00 Mila admits-late-appeal";
    let played = tell(
        "timely_after_refusal",
        "blijf",
        &[HEARD, RESPONDED, REFUSED, script],
    );
    assert_eq!(played.state(), State::OnAppeal);
}

#[test]
fn an_objection_in_time_after_a_refusal_leaves_the_refusal_and_the_closing() {
    let script = "
        2026-04-22 09:00 Ada registers complainant objects by post arrived 2026-04-13 12:00
        2026-04-22 10:00 Ada registers complainant states by post arrived 2026-04-13 12:00";
    let played = tell(
        "objection_after_refusal",
        "blijf",
        &[HEARD, RESPONDED, REFUSED, script],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn b10_an_appeal_that_waits_to_be_admitted_was_not_late_when_the_response_came_back() {
    let played = tell(
        "b10_bounce_while_late_appeal_waits",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Karin appeals
        2026-04-22 09:00 Post returns response
        2026-04-23 09:00 Mila refuses-late-appeal",
        ],
    );
    let round = played.world.complaint.round();
    assert_eq!((played.state(), round.instance), (State::OnAppeal, 1));
    assert_eq!(round.opened_at, local("2026-04-20", "09:00"));
    assert_eq!(round.bench.deciders, [member("Mila")]);
}

#[test]
fn who_decides_on_a_late_appeal_is_told_of_an_objection_that_arrived_in_time() {
    let script = "
        2026-04-20 09:00 Karin appeals
        2026-04-21 09:00 Ada registers complainant objects by post arrived 2026-04-13 12:00";
    let world = play("blijf", &[HEARD, RESPONDED, script].concat()).world;
    let told = letters(&world.policy, &world.facts, &world.dossier, 1);
    let kind = LetterKind::ActWithoutEffect;
    let without_effect = told.iter().filter(|letter| letter.key.kind == kind);
    let readers: Vec<_> = without_effect.map(|letter| letter.key.to).collect();
    let manager = Recipient::Member(member("Mila"));
    assert_eq!(
        readers.iter().filter(|one| **one == manager).count(),
        1,
        "{readers:?}"
    );
}
