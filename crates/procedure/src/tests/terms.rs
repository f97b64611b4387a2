//! The worked terms, as the deadlines of a complaint: from the policy's own rule to the exclusive instant.

use chrono::{DateTime, Utc};

use super::{
    cast::{self, day, local},
    script::play,
    world::World,
};
use crate::{
    actor::Actor,
    complaint::Admission,
    deadline::{Deadline, DeadlineKind, deadlines},
    decide::filing_window,
    facts::Facts,
};

fn all(world: &World) -> Vec<Deadline> {
    deadlines(&world.policy, &world.facts.calendar, &world.complaint)
}

#[track_caller]
fn ends(world: &World, kind: DeadlineKind, last_day: &str, exclusive: &str, article: &str) {
    let found = all(world).into_iter().find(|one| one.kind == kind);
    let found = found.unwrap_or_else(|| panic!("no {kind:?}"));
    assert_eq!(found.due_on, day(last_day));
    assert_eq!(found.due_at, exclusive.parse::<DateTime<Utc>>().unwrap());
    assert_eq!(found.basis.cite(crate::Locale::En), article);
}

fn filed(policy: &str, on: &str) -> World {
    World::of(policy, local(on, "12:00"))
}

/// Filed, heard and answered that day.
fn responded(filed_on: &str, on: &str) -> String {
    format!(
        "{filed_on} 09:00 Karin files naming Tom
         {filed_on} 10:00 Anna takes
         {filed_on} 11:00 Anna notifies 1
         {filed_on} 12:00 Karin waives
         {filed_on} 13:00 Tom waives
         {on} 14:00 Anna responds upheld"
    )
}

#[test]
fn b04_one_month_after_the_activity_ended() {
    let rows = [
        ("2026-01-31", "2026-03-02", "2026-03-02T23:00:00Z"),
        ("2028-02-29", "2028-03-29", "2028-03-29T22:00:00Z"),
        ("2026-03-27", "2026-04-28", "2026-04-28T22:00:00Z"),
        ("2025-12-01", "2026-01-05", "2026-01-05T23:00:00Z"),
    ];
    for (ended, last_day, exclusive) in rows {
        let facts = cast::facts("blijf", Some(day(ended)));
        let window = filing_window(&cast::blijf(), &facts, None).unwrap();
        assert_eq!(window.last_day, day(last_day), "ended {ended}");
        assert_eq!(window.ends, exclusive.parse::<DateTime<Utc>>().unwrap());
    }
}

#[test]
fn b04_without_an_end_there_is_no_window() {
    assert_eq!(
        filing_window(&cast::blijf(), &cast::facts("blijf", None), None),
        None
    );
    let facts = cast::facts("livp", Some(day("2020-01-01")));
    assert_eq!(filing_window(&cast::livp(), &facts, None), None);
}

#[test]
fn b07_four_weeks_that_do_not_roll() {
    let (kind, article) = (DeadlineKind::Resolution(0), "Klachtenprocedure 2");
    let easter = filed("blijf", "2026-03-09");
    ends(&easter, kind, "2026-04-06", "2026-04-06T22:00:00Z", article);
    let autumn = filed("blijf", "2026-10-04");
    ends(&autumn, kind, "2026-11-01", "2026-11-01T23:00:00Z", article);
}

#[test]
fn b09_four_weeks_that_roll() {
    let world = play("blijf", &responded("2026-02-16", "2026-03-06")).world;
    let (kind, article) = (DeadlineKind::Silence(0), "Klachtenprocedure 2");
    ends(&world, kind, "2026-04-07", "2026-04-07T22:00:00Z", article);
}

#[test]
fn b11_six_weeks_that_do_not_roll() {
    let appealed = format!(
        "{}\n2026-11-14 12:00 Karin appeals",
        responded("2026-11-02", "2026-11-06")
    );
    let world = play("blijf", &appealed).world;
    let (kind, article) = (DeadlineKind::Resolution(1), "Klachtenprocedure 4");
    ends(&world, kind, "2026-12-26", "2026-12-26T23:00:00Z", article);
}

#[test]
fn l03_one_working_day() {
    let (kind, article) = (DeadlineKind::Acknowledgement, "Werkwijze 3");
    let rows = [
        ("2026-03-07", "2026-03-09", "2026-03-09T23:00:00Z"),
        ("2026-04-24", "2026-04-28", "2026-04-28T22:00:00Z"),
        ("2026-05-13", "2026-05-15", "2026-05-15T22:00:00Z"),
    ];
    for (on, last_day, exclusive) in rows {
        ends(&filed("livp", on), kind, last_day, exclusive, article);
    }
}

#[test]
fn l05_five_working_days_and_good_friday_by_the_policys_switch() {
    let (kind, article) = (DeadlineKind::Contact(0), "Werkwijze 5");
    let mut world = filed("livp", "2026-03-30");
    ends(&world, kind, "2026-04-07", "2026-04-07T22:00:00Z", article);
    world.facts.calendar = world.facts.calendar.with_good_friday_closed(true);
    ends(&world, kind, "2026-04-08", "2026-04-08T22:00:00Z", article);
}

#[test]
fn l09_four_weeks_that_do_not_roll() {
    let world = filed("livp", "2026-03-09");
    let kind = DeadlineKind::Resolution(0);
    ends(
        &world,
        kind,
        "2026-04-06",
        "2026-04-06T22:00:00Z",
        "Werkwijze 9",
    );
}

#[test]
fn l10_five_years_from_final_closure() {
    let script = "2024-02-28 12:00 Karin files
        2024-02-29 12:00 Karin withdraws";
    let world = play("livp", script).world;
    let kind = DeadlineKind::Retention;
    ends(
        &world,
        kind,
        "2029-02-28",
        "2029-02-28T23:00:00Z",
        "Werkwijze 10",
    );
}

#[test]
fn l11_three_months_and_l15_eight_weeks() {
    let script = "2026-03-02 10:00 Karin files naming Tom
        2026-03-02 11:00 Ada assigns Anna
        2026-03-03 11:00 Anna proposes
        2026-03-04 12:00 Karin disagrees";
    let world = play("livp", script).world;
    let way = DeadlineKind::Way(0);
    ends(
        &world,
        way,
        "2026-06-04",
        "2026-06-04T22:00:00Z",
        "house rule",
    );
    let appealed = format!("{script}\n2026-03-06 12:00 Karin appeals");
    let world = play("livp", &appealed).world;
    let (appointment, advice) = (DeadlineKind::Appointment(1), DeadlineKind::Resolution(1));
    ends(
        &world,
        appointment,
        "2026-03-13",
        "2026-03-13T23:00:00Z",
        "house rule",
    );
    ends(
        &world,
        advice,
        "2026-05-01",
        "2026-05-01T22:00:00Z",
        "house rule",
    );
}

#[test]
fn every_deadline_of_the_two_regulations_cites_its_source() {
    for policy in ["blijf", "livp", "awb"] {
        for deadline in all(&filed(policy, "2026-03-02")) {
            let cited = deadline.basis.cite(crate::Locale::Nl);
            assert!(!cited.is_empty() && !deadline.basis.text(crate::Locale::En).is_empty());
            assert_eq!(deadline.due_at, deadline.derivation.ends);
        }
    }
}

#[test]
fn awb_a_year_counts_from_what_happened_also_without_a_course() {
    let mut facts = cast::facts("awb", Some(day("2024-01-31")));
    let window = |facts: &Facts, incident: Option<&str>| {
        let window = filing_window(&cast::awb(), facts, incident.map(day));
        window.map(|window| window.last_day)
    };
    assert_eq!(window(&facts, None), None, "nobody knows when it happened");
    facts.course = None;
    assert_eq!(window(&facts, Some("2025-03-02")), Some(day("2026-03-02")));
    let mut filing = cast::filing(day("2026-03-03"));
    filing.incident_on = Some(day("2025-03-02"));
    let at = local("2026-03-03", "00:00");
    let filed = World::filed(cast::awb(), facts, &Actor::Anyone, filing, at, at);
    let complaint = filed.expect("it may be filed").complaint;
    assert_eq!(complaint.admission, Admission::Undecided);
}
