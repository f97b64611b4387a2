//! A committee that holds its office by itself: away, back, and told of when nobody is there.

use super::{HEARD, RESPONDED, play, tell};
use crate::{
    actor::Actor,
    complaint::Event,
    deadline::DeadlineKind,
    facts::Absence,
    tests::{
        cast::{self, day, local, member},
        world::World,
    },
};

#[test]
fn a_committee_that_was_away_altogether_sits_again_as_each_comes_back() {
    let played = tell(
        "committee_comes_back",
        "committee-on-appeal",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin appeals
        2026-03-21 09:00 Leave Cora 2026-03-25 2026-04-07
        2026-03-21 10:00 Leave Carl 2026-03-27 2026-04-10
        2026-04-13 09:00 Time passes",
        ],
    );
    let round = played.world.complaint.round();
    assert_eq!(round.bench.deciders, [member("Cora"), member("Carl")]);
}

#[test]
fn a_late_appeal_waits_for_the_whole_committee_that_comes_back_on_a_day() {
    let script = [
        HEARD,
        RESPONDED,
        "
        2026-04-20 09:00 Karin appeals
        2026-04-20 10:00 Leave Cora 2026-04-22 2026-04-29
        2026-04-20 11:00 Leave Carl 2026-04-22 2026-04-29
        2026-04-30 09:00 Time passes",
    ];
    let mut world = play("committee-on-appeal", &script.concat()).world;
    let late = world.complaint.late_appeal.as_ref().expect("it waits");
    assert_eq!(late.bench.deciders, [member("Cora"), member("Carl")]);
    let alerts = |world: &World| {
        world
            .complaint
            .alerts
            .get(&DeadlineKind::Appointment(1))
            .map(|raised| raised.nth)
    };
    assert_eq!(
        alerts(&world),
        Some(1),
        "three working days after they left"
    );
    world.pass_until(local("2026-05-05", "09:00"));
    let round = world.complaint.round();
    assert_eq!(
        (round.instance, round.bench.deciders.len()),
        (1, 2),
        "silence admits it"
    );
}

#[test]
fn l14_a_seat_that_nobody_ever_had_is_alerted_on_where_no_term_is_written() {
    let mut facts = cast::facts("awb", None);
    for name in ["Cora", "Carl"] {
        let away = Absence {
            from: day("2026-03-01"),
            until: day("2026-03-19"),
            substitute: None,
        };
        let committee = facts.members.get_mut(&member(name)).expect("a member");
        committee.absences.push(away);
    }
    let at = local("2026-03-02", "10:00");
    let policy = cast::policy("standing-committee");
    let filing = cast::filing(day("2026-03-02"));
    let filed = World::filed(policy, facts, &Actor::Anyone, filing, at, at);
    let mut world = filed.expect("it may be filed");
    assert!(world.complaint.round().bench.is_vacant());
    world.pass_until(local("2026-03-09", "23:59"));
    let is_alert = |event: &Event| {
        let vacant = DeadlineKind::Appointment(0);
        matches!(event, Event::Alerted { deadline, .. } if *deadline == vacant)
    };
    let alerts = |world: &World| {
        world
            .dossier
            .iter()
            .filter(|one| is_alert(&one.event))
            .count()
    };
    assert_eq!(alerts(&world), 0);
    world.pass_until(local("2026-03-10", "00:00"));
    assert_eq!(alerts(&world), 1);
    world.pass_until(local("2026-03-20", "00:00"));
    let seated = &world.complaint.round().bench.deciders;
    assert_eq!(seated, &[member("Cora"), member("Carl")]);
    world.pass_until(local("2026-04-20", "00:00"));
    assert_eq!(alerts(&world), 2, "none since somebody is there");
}

#[test]
fn l11_an_arbiter_on_leave_keeps_the_case_and_the_lapse_alerts() {
    let played = play(
        "livp",
        "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-12 09:00 Anna disagrees
        2026-03-20 09:00 Karin appeals
        2026-03-23 09:00 Ada assigns Arie
        2026-03-24 09:00 Leave Arie 2026-03-25 2026-06-30
        2026-03-26 09:00 Ada assigns Aisha
        2026-03-27 09:00 Ada assigns Arie
        2026-05-16 09:00 Time passes",
    );
    let complaint = &played.world.complaint;
    assert_eq!(complaint.round().bench.deciders, [member("Arie")]);
    let raised = complaint.alerts.get(&DeadlineKind::Resolution(1));
    assert_eq!(raised.map(|raised| raised.nth), Some(1));
}
