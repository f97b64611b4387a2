use super::*;

const EQUATED: [&str; 5] = [
    "2026-01-02",
    "2026-05-15",
    "2027-05-07",
    "2028-04-28",
    "2028-05-26",
];

#[test]
fn the_decreed_days_make_terms_roll_and_are_worked() {
    let calendar = amsterdam();
    let days: Vec<_> = calendar.equated_days().keys().copied().collect();
    assert_eq!(days, EQUATED.map(date));
    for day in days {
        assert_eq!(calendar.passed_over(day), Some(Reason::EquatedDay), "{day}");
        assert!(calendar.is_working_day(day), "{day}");
    }
}

#[test]
fn good_friday_always_makes_terms_roll_and_is_worked_unless_closed() {
    let good_friday = date("2026-04-03");
    let reason = Some(Reason::Holiday(Holiday::GoodFriday));
    let closed = amsterdam().with_good_friday_closed(true);
    assert_eq!(amsterdam().passed_over(good_friday), reason);
    assert_eq!(closed.passed_over(good_friday), reason);
    assert!(amsterdam().is_working_day(good_friday));
    assert_eq!(closed.not_worked(good_friday), reason);
}

#[test]
fn a_closing_day_is_not_worked_and_terms_may_end_on_it() {
    let monday = date("2026-08-03");
    let calendar = amsterdam().with_closing_day(monday, instant("2026-01-01T00:00:00Z"));
    assert_eq!(calendar.not_worked(monday), Some(Reason::ClosingDay));
    assert_eq!(calendar.passed_over(monday), None);
    let rolling = calendar.derive(term("1 week"), date("2026-07-27"), true);
    assert_eq!(rolling.last_day, monday);
    let working = calendar.derive(term("1 working day"), date("2026-07-31"), false);
    assert_eq!(working.last_day, date("2026-08-04"));
}

#[test]
fn a_day_can_be_equated_and_closed() {
    let since = instant("2026-01-01T00:00:00Z");
    let day = date("2026-05-15");
    let calendar = amsterdam().with_closing_day(day, since);
    assert_eq!(calendar.not_worked(day), Some(Reason::ClosingDay));
    assert_eq!(calendar.passed_over(day), Some(Reason::EquatedDay));
}

#[test]
fn days_count_from_the_instant_they_are_known() {
    let since = instant("2026-06-01T10:00:00Z");
    let (closing, equated) = (date("2026-08-03"), date("2026-08-04"));
    let calendar = amsterdam()
        .with_closing_day(closing, since)
        .with_equated_day(equated, since);
    let before = calendar.known_at(instant("2026-06-01T09:59:59Z"));
    assert!(before.is_working_day(closing));
    assert_eq!(before.passed_over(equated), None);
    assert_eq!(
        before.passed_over(date("2026-05-15")),
        Some(Reason::EquatedDay)
    );
    assert_eq!(calendar.known_at(since), calendar);
}

#[test]
fn a_calendar_is_remembered_as_it_stood() {
    let (added, removed) = (
        instant("2026-06-01T10:00:00Z"),
        instant("2026-06-02T10:00:00Z"),
    );
    let (closing, equated) = (date("2026-08-03"), date("2026-08-04"));
    let calendar = amsterdam()
        .with_closing_day(closing, added)
        .with_equated_day(equated, removed)
        .with_closing_day_taken_back(closing, removed);
    assert!(calendar.is_working_day(closing));
    for (at, is_working) in [
        ("2026-06-01T09:59:59Z", true),
        ("2026-06-01T10:00:00Z", false),
        ("2026-06-02T09:59:59Z", false),
        ("2026-06-02T10:00:00Z", true),
    ] {
        let stood = calendar.as_it_stood(instant(at));
        assert_eq!(stood.is_working_day(closing), is_working, "{at}");
        assert_eq!(
            stood.passed_over(equated).is_some(),
            at >= "2026-06-02T10:00:00Z",
            "{at}"
        );
    }
    let changed = calendar.changed_after(added);
    assert_eq!(
        changed.into_iter().collect::<Vec<_>>(),
        [(closing, removed), (equated, removed)]
    );
    assert!(calendar.changed_after(removed).is_empty());
}

#[test]
fn a_day_told_twice_counts_from_the_earlier_instant() {
    let (early, late) = (
        instant("2026-01-01T00:00:00Z"),
        instant("2026-06-01T00:00:00Z"),
    );
    let day = date("2026-08-03");
    for (first, second) in [(early, late), (late, early)] {
        let calendar = amsterdam()
            .with_closing_day(day, first)
            .with_closing_day(day, second);
        assert_eq!(calendar.closing_days().get(&day), Some(&early));
    }
}

#[test]
fn a_calendar_survives_json() {
    let calendar = amsterdam()
        .with_good_friday_closed(true)
        .with_closing_day(date("2026-08-03"), instant("2026-01-01T00:00:00Z"));
    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar);
    let least = serde_json::from_str::<Calendar>(r#"{"zone":"Europe/Amsterdam"}"#).unwrap();
    assert_eq!(least, amsterdam());
    assert!(serde_json::from_str::<Calendar>(r#"{"zone":"Europe/Amsterdam","x":1}"#).is_err());
}
