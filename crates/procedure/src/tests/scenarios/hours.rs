//! On which day somebody is reminded, and who is spared an alert.

use super::{HEARD, play};
use crate::{
    calendar::Hour,
    complaint::{Event, LetterKind, Recipient, Recorded},
    deadline::DeadlineKind,
    letter::{Content, Letter, Which, letters, made_untrue},
    tests::{
        cast::{local, member},
        script::Played,
    },
};

fn reminders(played: &Played) -> impl Iterator<Item = (u32, &Recorded)> {
    let numbered = (0u32..).zip(&played.world.dossier);
    numbered.filter(|(_, one)| matches!(one.event, Event::Reminded { .. }))
}

#[test]
fn b09_a_reminder_that_would_be_due_on_a_closed_day_comes_on_the_last_open_day_before() {
    // A week before the last day is Easter Monday.
    let rest = "
        2026-03-16 12:00 Anna responds not-upheld
        2026-04-13 09:00 Time passes";
    let played = play("blijf", &[HEARD, rest].concat());
    let at: Vec<_> = reminders(&played).map(|(_, one)| one.at).collect();
    assert_eq!(at, [local("2026-04-03", "00:00")]);
}

#[test]
fn b09_a_reminder_waits_for_an_open_day_but_not_until_the_last_day() {
    let rest = "
        2026-03-16 12:00 Anna responds not-upheld
        2026-04-13 09:00 Time passes";
    let played = play("blijf", &[HEARD, rest].concat());
    let world = &played.world;
    let all = letters(&world.policy, &world.facts, &world.dossier, 1);
    let mut found = all
        .into_iter()
        .filter(|one| one.key.kind == LetterKind::Reminder);
    let reminder = found.next().expect("a reminder");
    let until = |day: &str| {
        let mut reminder: Letter = reminder.clone();
        if let Content::Reminder { until, .. } = &mut reminder.content {
            until.on = day.parse().unwrap();
        }
        reminder
    };
    let cases = [
        (
            "2026-03-06 00:00",
            "2026-03-13",
            "2026-03-06 08:00",
            "it is an open day",
        ),
        (
            "2026-03-07 00:00",
            "2026-03-13",
            "2026-03-09 08:00",
            "Monday is soon enough",
        ),
        (
            "2026-03-07 00:00",
            "2026-03-09",
            "2026-03-07 08:00",
            "Monday is too late",
        ),
        (
            "2026-03-07 09:30",
            "2026-03-09",
            "2026-03-07 09:30",
            "the hour is over",
        ),
        (
            "2026-03-09 07:00",
            "2026-03-09",
            "2026-03-09 07:00",
            "it is late already",
        ),
    ];
    let instant = |text: &str| {
        let (day, clock) = text.split_once(' ').unwrap();
        local(day, clock)
    };
    for (now, last_day, goes, why) in cases {
        let calendar = &world.facts.calendar;
        let out = until(last_day).goes_out_at(calendar, Hour::MORNING, instant(now));
        assert_eq!(out, instant(goes), "{why}");
    }
}

#[test]
fn l14_an_alert_on_what_was_done_after_all_goes_to_nobody() {
    let script = "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-04 00:30 Time passes
        2026-03-04 07:00 Ada assigns Anna";
    let played = play("livp", script);
    let world = &played.world;
    let untrue = made_untrue(&world.policy, &world.facts.calendar, &world.dossier, 1);
    let numbered = (0u32..).zip(&world.dossier);
    let alerts = numbered.filter_map(|(seq, one)| match one.event {
        Event::Alerted { deadline, .. } => Some((seq, deadline)),
        _ => None,
    });
    let kept: Vec<(DeadlineKind, bool)> = alerts
        .map(|(seq, kind)| (kind, !untrue.iter().any(|one| one.event == seq)))
        .collect();
    assert_eq!(
        kept,
        [
            // Who complained hears by it who handles the complaint.
            (DeadlineKind::Acknowledgement, false),
            (DeadlineKind::Appointment(0), false),
        ]
    );
    let which = untrue.iter().map(|one| one.which).collect::<Vec<_>>();
    assert_eq!(which, [Which::Kind(LetterKind::OverdueAlert); 2]);
}

#[test]
fn l14_an_alert_stands_where_nothing_was_done() {
    let script = "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-04 00:30 Time passes
        2026-03-04 07:00 Karin states";
    let world = play("livp", script).world;
    let untrue = made_untrue(&world.policy, &world.facts.calendar, &world.dossier, 1);
    assert_eq!(untrue, []);
}

#[test]
fn l14_who_was_released_is_not_alerted_any_more() {
    let script = "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-03 09:00 Ada assigns Anna
        2026-03-10 00:30 Time passes
        2026-03-10 07:00 Anna recuses";
    let world = play("livp", script).world;
    let untrue = made_untrue(&world.policy, &world.facts.calendar, &world.dossier, 1);
    let all = letters(&world.policy, &world.facts, &world.dossier, 1);
    let alerts = all.iter().map(|letter| letter.key);
    let alerts = alerts.filter(|key| key.kind == LetterKind::OverdueAlert);
    let told: Vec<(Recipient, bool)> = alerts
        .map(|key| (key.to, !untrue.iter().any(|one| one.covers(&key))))
        .collect();
    let anna = Recipient::Member(member("Anna"));
    assert_eq!(told, [(Recipient::Administration, true), (anna, false)]);
}
