//! The exact second: a term runs to the end of its last local day.

use chrono::TimeDelta;

use super::{HEARD, PROPOSED, RESPONDED, play, tell};
use crate::{
    command::{Command, CommandKind},
    complaint::{Admission, Outcome, State},
    decide::actions,
    tests::cast::{actor, text},
};

#[test]
fn b04_filed_in_the_last_second_of_the_last_day_is_in_time() {
    let filed = |when: &str| {
        let script = format!("{when} Karin files ended 2026-02-20");
        play("blijf", &script).world.complaint.admission
    };
    assert_eq!(filed("2026-03-20 23:59:59"), Admission::Timely);
    assert_eq!(filed("2026-03-21 00:00:00"), Admission::Undecided);
}

#[test]
fn b07_issued_in_the_last_second() {
    let responded = |when: &str| {
        let script = format!("{HEARD}\n{when} Anna responds upheld");
        let world = play("blijf", &script).world;
        world.complaint.round().lapsed.is_empty()
    };
    assert!(responded("2026-03-30 23:59:59"));
    assert!(!responded("2026-03-31 00:00:00"));
}

#[test]
fn b09_an_objection_in_the_last_second() {
    let objected = |when: &str| {
        let script = format!("{HEARD}{RESPONDED}\n{when} Karin objects");
        play("blijf", &script).state()
    };
    assert_eq!(objected("2026-04-13 23:59:59"), State::AppealOpen);
    assert_eq!(objected("2026-04-14 00:00:00"), State::Closed);
}

#[test]
fn b10_an_appeal_in_the_last_second() {
    let appealed = |when: &str| {
        let script =
            format!("{HEARD}{RESPONDED}\n2026-03-20 09:00 Karin objects\n{when} Karin appeals");
        let world = play("blijf", &script).world;
        world.complaint.late_appeal.is_some()
    };
    assert!(!appealed("2026-04-17 23:59:59"));
    assert!(appealed("2026-04-18 00:00:00"));
}

#[test]
fn l09_a_sign_off_in_the_last_second_wins() {
    let signed = |when: &str| {
        let script = format!("{PROPOSED}\n2026-03-12 09:00 Karin signs\n{when} Tom signs");
        let world = play("livp", &script).world;
        (
            world.complaint.round().lapsed.is_empty(),
            world.complaint.closure.map(|one| one.outcome),
        )
    };
    assert_eq!(signed("2026-03-30 23:59:59"), (true, Some(Outcome::Agreed)));
    assert_eq!(
        signed("2026-03-31 00:00:00"),
        (false, Some(Outcome::Agreed))
    );
}

#[test]
fn l09_at_the_very_end_with_the_worker_asleep() {
    tell(
        "l09_asleep",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-11 10:00 Worker sleeps
        2026-03-31 00:00 Karin signs
        2026-04-20 09:00 Tom signs",
        ],
    );
}

#[test]
fn what_is_done_by_a_slower_clock_is_registered_after_the_latest() {
    let mut world = play("livp", PROPOSED).world;
    let (known, latest) = (world.dossier.len(), world.complaint.latest_at);
    world.now = latest - TimeDelta::seconds(2);
    let anna = actor("Anna", &world.facts);
    let (policy, facts, complaint) = (&world.policy, &world.facts, &world.complaint);
    let offered = actions(policy, facts, complaint, &anna, world.now);
    let offered = offered
        .iter()
        .find(|one| one.command == CommandKind::ProposeSolution);
    assert_eq!(offered.map(|one| &one.refusal), Some(&None));
    let proposed = Command::ProposeSolution {
        text: text("U krijgt uw geld terug."),
    };
    let earlier = world.now - TimeDelta::seconds(1);
    assert!(
        world.act(&anna, &proposed, earlier).is_err(),
        "nobody proposes in the past"
    );
    world.does("Anna", &proposed).expect("it is her turn");
    assert_eq!(world.complaint.solution.as_ref().unwrap().version, 2);
    assert!(world.dossier.len() > known);
    for one in &world.dossier[known..] {
        assert_eq!((one.at, one.registered_at), (latest, latest));
    }
}
