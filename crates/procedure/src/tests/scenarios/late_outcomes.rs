//! An outcome or answer that came too late: the lapse stands, the way stays open without end, and nobody is alerted on it
//! any more (B13: until someone acts).

use super::{HEARD, RESPONDED, tell};
use crate::{
    complaint::{Event, State},
    deadline::{Owner, deadlines},
    tests::{cast::local, script::Played},
};

/// On how many days somebody was alerted after a day.
fn alerts_after(played: &Played, day: &str) -> usize {
    let since = local(day, "00:00");
    let after = played.world.dossier.iter().filter(|one| one.at > since);
    after
        .filter(|one| matches!(one.event, Event::Alerted { .. }))
        .count()
}

fn owes_something(played: &Played) -> bool {
    let world = &played.world;
    let all = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    all.iter()
        .any(|one| one.is_open && one.owner == Owner::Organisation)
}

#[track_caller]
fn stays_open_in_peace_since(played: &Played, day: &str) {
    assert_eq!(played.state(), State::AppealOpen);
    let round = played.world.complaint.round();
    assert_eq!(round.lapsed.len(), 1, "the lapse stands");
    assert_eq!(round.way.as_ref().unwrap().announced, None);
    assert_eq!(alerts_after(played, day), 0);
    assert!(!owes_something(played));
}

#[test]
fn b13_nobody_is_alerted_on_an_outcome_that_was_given_too_late() {
    let played = tell(
        "b13_late_outcome",
        "blijf",
        &[
            HEARD,
            "
        2026-04-14 09:00 Anna responds upheld
        2026-04-15 09:00 Karin objects
        2026-06-01 09:00 Time passes",
        ],
    );
    stays_open_in_peace_since(&played, "2026-04-15");
}

#[test]
fn b13_nobody_is_alerted_on_an_answer_that_was_given_too_late() {
    let played = tell(
        "b13_late_answer",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-20 09:00 Karin asks
        2026-04-14 09:00 Anna answers
        2026-06-01 09:00 Time passes",
        ],
    );
    stays_open_in_peace_since(&played, "2026-04-15");
}
