//! Days that become holidays or closing days later: rule of reading 1.

use super::{HEARD, RESPONDED, tell};
use crate::{calendar::Calendar, tests::cast::day};

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
