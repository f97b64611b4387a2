//! Time that nobody noticed: what lapsed has lapsed at its own instant; what was not done is not made up for.

use super::{HEARD, PROPOSED, play, tell};
use crate::{
    command::Command,
    complaint::{Event, Outcome, Recorded, State},
    deadline::{DeadlineKind, deadlines},
    letter::{Content, letters},
    tests::{cast::local, script::Played, world::World},
};

const RESPONDED_AND_ASLEEP: &str = "
        2026-03-16 12:00 Anna responds not-upheld
        2026-03-16 13:00 Worker sleeps";

/// What alerts of a deadline the dossier knows: their numbers, and when they were raised.
fn alerts(played: &Played, kind: DeadlineKind) -> Vec<(u16, &Recorded)> {
    let all = played.world.dossier.iter();
    let alert = |recorded: &Recorded| match &recorded.event {
        Event::Alerted { deadline, nth } if *deadline == kind => Some(*nth),
        _ => None,
    };
    all.filter_map(|recorded| Some((alert(recorded)?, recorded)))
        .collect()
}

#[test]
fn l14_weeks_without_a_worker_give_one_alert_and_the_next_comes_a_week_after_it() {
    let played = tell(
        "alert_after_sleep",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 11:00 Worker sleeps
        2026-04-15 09:00 Time passes
        2026-04-15 10:00 Worker wakes
        2026-04-23 09:00 Time passes"],
    );
    let vacant = alerts(&played, DeadlineKind::Appointment(0));
    let raised: Vec<_> = vacant.iter().map(|(nth, one)| (*nth, one.at)).collect();
    let (woke, next) = (local("2026-04-15", "09:00"), local("2026-04-22", "00:00"));
    assert_eq!(raised, [(1, woke), (2, next)]);
    assert!(vacant.iter().all(|(_, one)| one.at == one.registered_at));
    let world = &played.world;
    let at_once = world.dossier.iter().position(|one| one.at == woke).unwrap();
    let told = letters(&world.policy, &world.facts, &world.dossier, at_once);
    let numbers = told.iter().filter_map(|letter| match letter.content {
        Content::OverdueAlert { nth, .. } => Some(nth),
        _ => None,
    });
    assert!(numbers.max() <= Some(2), "a letter counts those before it");
}

#[test]
fn b09_nobody_is_reminded_of_a_term_that_has_lapsed() {
    let played = tell(
        "no_reminder_after_sleep",
        "blijf",
        &[
            HEARD,
            RESPONDED_AND_ASLEEP,
            "
        2026-05-20 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    let is_reminder = |one: &Recorded| matches!(one.event, Event::Reminded { .. });
    assert!(!played.world.dossier.iter().any(is_reminder));
}

#[test]
fn silence_that_leaves_the_complaint_open_is_reminded_of_only_before_its_end() {
    let script = [
        HEARD,
        RESPONDED_AND_ASLEEP,
        "
        2026-04-20 09:00 Time passes",
    ];
    let world = play("silence-is-no-agreement", &script.concat()).world;
    let is_reminder = |one: &Recorded| matches!(one.event, Event::Reminded { .. });
    assert!(!world.dossier.iter().any(is_reminder));
    let next = world.next_due().map(|(due, _)| due);
    assert!(
        next > Some(world.now),
        "nothing is left to be done: {next:?}"
    );
}

#[test]
fn b09_a_reminder_that_comes_late_is_recorded_when_it_is_sent() {
    let played = play(
        "blijf",
        &[
            HEARD,
            RESPONDED_AND_ASLEEP,
            "
        2026-04-12 09:00 Time passes",
        ]
        .concat(),
    );
    let mut dossier = played.world.dossier.iter();
    let reminder = dossier.find(|one| matches!(one.event, Event::Reminded { .. }));
    assert_eq!(reminder.unwrap().at, local("2026-04-12", "09:00"));
}

#[test]
fn b09_a_second_attempt_counts_from_when_it_was_written() {
    let played = tell(
        "second_attempt_after_sleep",
        "blijf",
        &[
            HEARD,
            "
        2026-03-16 12:00 Anna responds not-upheld
        2026-03-18 09:00 Post returns response
        2026-03-18 10:00 Worker sleeps
        2026-04-10 09:00 Time passes",
        ],
    );
    let world = &played.world;
    let written = local("2026-04-10", "09:00");
    let response = world.complaint.round().responses[0];
    let delivery = world.complaint.deliveries[&response];
    assert_eq!(delivery.counts_from(), Some(written));
    let silence = deadlines(&world.policy, &world.facts.calendar, &world.complaint)
        .into_iter()
        .find(|one| matches!(one.kind, DeadlineKind::Silence(_)));
    let due_on = silence.unwrap().due_on;
    let again = world.dossier.iter().position(|one| one.at == written);
    let told = letters(&world.policy, &world.facts, &world.dossier, again.unwrap());
    let stated = told.iter().find_map(|letter| match &letter.content {
        Content::Response { silence, .. } => silence.as_ref().map(|silence| silence.on),
        _ => None,
    });
    assert_eq!(stated, Some(due_on), "the letter states the day that holds");
    assert_eq!(due_on.to_string(), "2026-05-08");
}

#[test]
fn l09_an_unsigned_solution_is_alerted_on_until_the_procedure_ends() {
    let played = tell(
        "l09_unsigned_alerts",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-04-20 09:00 Time passes
        2026-04-21 09:00 Tom signs
        2026-05-10 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::Agreed));
    let numbers: Vec<u16> = alerts(&played, DeadlineKind::Resolution(0))
        .iter()
        .map(|(nth, _)| *nth)
        .collect();
    assert_eq!(numbers, [1, 2, 3], "each working week until they agreed");
}

#[test]
fn l08_who_hears_late_of_a_closing_has_the_whole_term_to_answer() {
    let played = tell(
        "l08_withdrawn_registered_late",
        "livp",
        &["
        2026-03-02 10:00 Karin files
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 09:00 Anna telephones
        2026-03-27 09:00 Ada registers complainant withdraws by telephone arrived 2026-03-05 09:00
        2026-03-28 09:00 Time passes"],
    );
    let world = &played.world;
    assert_eq!(alerts(&played, DeadlineKind::Measures), []);
    let all = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    let measures = all.iter().find(|one| one.kind == DeadlineKind::Measures);
    let start = measures.unwrap().derivation.start;
    assert_eq!(start.to_string(), "2026-03-27");
}

#[test]
fn l09_a_sign_off_of_the_last_second_counts_though_a_faster_clock_has_noted_the_lapse() {
    let then = "
        2026-03-11 10:00 Karin signs
        2026-03-31 00:00:01 Time passes";
    let mut world = play("livp", &[PROPOSED, then].concat()).world;
    let lapsed = |world: &World| !world.complaint.rounds[0].lapsed.is_empty();
    assert!(lapsed(&world));
    world.now = local("2026-03-30", "23:59:59");
    world
        .does("Tom", &Command::SignOffSolution { version: 1 })
        .unwrap();
    assert!(!lapsed(&world));
    assert_eq!(world.complaint.state(), State::Closed);
    world.check();
}
