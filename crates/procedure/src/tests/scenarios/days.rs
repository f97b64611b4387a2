//! Days that become holidays or closing days later: rule of reading 1.

use super::{HEARD, RESPONDED, tell};
use crate::{calendar::Calendar, complaint::Event, tests::cast::day};

#[test]
fn b07_a_later_closing_day_never_lengthens_the_organisations_running_term() {
    tell(
        "l05_later_closing_day",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-03 09:00 Calendar closes 2026-03-05
        2026-03-10 09:00 Time passes"],
    );
}

#[test]
fn l05_a_closing_day_known_before_counts() {
    tell(
        "l05_known_closing_day",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-03 09:00 Calendar closes 2026-03-27
        2026-03-20 09:00 Karin disagrees
        2026-03-25 09:00 Karin appeals"],
    );
}

#[test]
fn b09_a_later_holiday_lengthens_the_complainants_term() {
    tell(
        "b09_later_holiday",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-01 09:00 Calendar equates 2026-04-13
        2026-04-14 10:00 Karin objects",
        ],
    );
}

#[test]
fn b09_an_announced_day_is_never_shortened() {
    let equated = "2026-03-10 09:00 Calendar equates 2026-04-13";
    let world = super::play("blijf", &[HEARD, equated, RESPONDED].concat()).world;
    let announced = world.complaint.round().response.as_ref().unwrap().announced;
    assert_eq!(announced, Some(day("2026-04-14")));
    let without = Calendar::new(world.facts.calendar.zone());
    assert_eq!(silence(&world, &without), day("2026-04-14"));
}

#[test]
fn b09_a_term_that_moves_twice_is_recorded_twice_whenever_the_worker_looks() {
    let later = "
        2026-04-01 09:00 Worker sleeps
        2026-04-01 09:00 Calendar equates 2026-04-13
        2026-04-02 09:00 Calendar equates 2026-05-11
        2026-04-03 09:00 Karin asks
        2026-04-03 10:00 Worker wakes";
    let awake = "
        2026-04-01 09:00 Calendar equates 2026-04-13
        2026-04-02 09:00 Calendar equates 2026-04-14
        2026-04-02 10:00 Time passes";
    let moves = |script: &str| {
        let world = super::play("blijf", &[HEARD, RESPONDED, script].concat()).world;
        let told = world.dossier.iter().filter_map(|one| match &one.event {
            Event::DeadlineRederived { from, to, days, .. } => {
                Some((*from, *to, days.iter().copied().collect::<Vec<_>>()))
            }
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    let first = (
        day("2026-04-13"),
        day("2026-04-14"),
        vec![day("2026-04-13")],
    );
    let second = (
        day("2026-04-14"),
        day("2026-04-15"),
        vec![day("2026-04-14")],
    );
    assert_eq!(moves(awake), [first, second]);
    assert_eq!(
        moves(later),
        [],
        "the question ended the term before anybody looked"
    );
}

#[test]
fn l15_a_closing_day_taken_back_moves_a_term_in_working_days_and_is_recorded() {
    tell(
        "l15_closing_day_taken_back",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-03 09:00 Calendar closes 2026-03-27
        2026-03-03 09:00 Calendar closes 2026-05-15
        2026-03-20 09:00 Karin disagrees
        2026-03-25 09:00 Karin appeals
        2026-03-26 09:00 Calendar opens 2026-03-27
        2026-03-26 09:00 Calendar opens 2026-05-15
        2026-03-26 10:00 Time passes"],
    );
}

fn silence(
    world: &crate::tests::world::World,
    calendar: &crate::calendar::Calendar,
) -> chrono::NaiveDate {
    let all = crate::deadline::deadlines(&world.policy, calendar, &world.complaint);
    let silence = |one: &&crate::deadline::Deadline| {
        matches!(one.kind, crate::deadline::DeadlineKind::Silence(_))
    };
    all.iter().find(silence).unwrap().due_on
}
