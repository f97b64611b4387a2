use super::*;

const ROLLS: bool = true;
const STAYS: bool = false;

struct Row(
    &'static str,
    &'static str,
    bool,
    &'static str,
    &'static str,
    &'static str,
);

/// Rule, term, rolls, start, last day, exclusive end.
const WORKED: [Row; 13] = [
    Row(
        "B4 clamps to 28 Feb, rolls",
        "1 month",
        ROLLS,
        "2026-01-31",
        "2026-03-02",
        "2026-03-02T23:00:00Z",
    ),
    Row(
        "B4 leap start",
        "1 month",
        ROLLS,
        "2028-02-29",
        "2028-03-29",
        "2028-03-29T22:00:00Z",
    ),
    Row(
        "B4 ends on King's Day",
        "1 month",
        ROLLS,
        "2026-03-27",
        "2026-04-28",
        "2026-04-28T22:00:00Z",
    ),
    Row(
        "B4 New Year, equated day, weekend",
        "1 month",
        ROLLS,
        "2025-12-01",
        "2026-01-05",
        "2026-01-05T23:00:00Z",
    ),
    Row(
        "B7 stays on Easter Monday",
        "4 weeks",
        STAYS,
        "2026-03-09",
        "2026-04-06",
        "2026-04-06T22:00:00Z",
    ),
    Row(
        "B9 Good Friday, over Easter",
        "4 weeks",
        ROLLS,
        "2026-03-06",
        "2026-04-07",
        "2026-04-07T22:00:00Z",
    ),
    Row(
        "B7 spans the end of DST",
        "4 weeks",
        STAYS,
        "2026-10-04",
        "2026-11-01",
        "2026-11-01T23:00:00Z",
    ),
    Row(
        "B11 stays on Boxing Day",
        "6 weeks",
        STAYS,
        "2026-11-14",
        "2026-12-26",
        "2026-12-26T23:00:00Z",
    ),
    Row(
        "L3 from a Saturday",
        "1 working day",
        STAYS,
        "2026-03-07",
        "2026-03-09",
        "2026-03-09T23:00:00Z",
    ),
    Row(
        "L3 over King's Day",
        "1 working day",
        STAYS,
        "2026-04-24",
        "2026-04-28",
        "2026-04-28T22:00:00Z",
    ),
    Row(
        "L3 on an equated day",
        "1 working day",
        STAYS,
        "2026-05-13",
        "2026-05-15",
        "2026-05-15T22:00:00Z",
    ),
    Row(
        "L5 over Easter",
        "5 working days",
        STAYS,
        "2026-03-30",
        "2026-04-07",
        "2026-04-07T22:00:00Z",
    ),
    Row(
        "L10 clamps after a leap day",
        "5 years",
        STAYS,
        "2024-02-29",
        "2029-02-28",
        "2029-02-28T23:00:00Z",
    ),
];

#[test]
fn every_worked_term_ends_as_worked() {
    for Row(rule, text, rolls, start, last_day, ends) in WORKED {
        let derivation = derive(text, start, rolls);
        assert_eq!(derivation.last_day, date(last_day), "{rule}");
        assert_eq!(derivation.ends, instant(ends), "{rule}");
    }
}

#[test]
fn l05_contact_has_a_day_more_where_good_friday_is_closed() {
    let calendar = amsterdam().with_good_friday_closed(true);
    let derivation = calendar.derive(term("5 working days"), date("2026-03-30"), false);
    assert_eq!(derivation.last_day, date("2026-04-08"));
}

#[test]
fn a_short_month_on_the_way_clamps_nothing() {
    for (text, start, last_day) in [
        ("1 month", "2026-01-31", "2026-02-28"),
        ("1 month", "2028-01-31", "2028-02-29"),
        ("1 month", "2026-02-28", "2026-03-28"),
        ("2 months", "2026-01-31", "2026-03-31"),
        ("3 months", "2026-01-31", "2026-04-30"),
        ("12 months", "2024-02-29", "2025-02-28"),
        ("4 years", "2024-02-29", "2028-02-29"),
    ] {
        assert_eq!(
            derive(text, start, false).last_day,
            date(last_day),
            "{text} {start}"
        );
    }
}

#[test]
fn a_term_ends_at_local_midnight_across_both_changes_of_the_clock() {
    for (text, start, ends) in [
        ("1 day", "2026-03-27", "2026-03-28T23:00:00Z"),
        ("2 days", "2026-03-27", "2026-03-29T22:00:00Z"),
        ("1 day", "2026-10-23", "2026-10-24T22:00:00Z"),
        ("2 days", "2026-10-23", "2026-10-25T23:00:00Z"),
    ] {
        assert_eq!(
            derive(text, start, false).ends,
            instant(ends),
            "{text} {start}"
        );
    }
}

#[test]
fn rolling_keeps_what_it_passed_over_in_order() {
    let derivation = derive("1 month", "2025-12-01", true);
    assert_eq!(derivation.unrolled, date("2026-01-01"));
    assert_eq!(
        derivation.passed_over,
        [
            ("2026-01-01", Reason::Holiday(Holiday::NewYear)),
            ("2026-01-02", Reason::EquatedDay),
            ("2026-01-03", Reason::Weekend),
            ("2026-01-04", Reason::Weekend),
        ]
        .map(|(on, reason)| PassedOver {
            on: date(on),
            reason
        })
    );
    assert!(derivation.has_moved());
}

#[test]
fn rolling_does_not_matter_to_working_days() {
    let rolling = derive("1 working day", "2026-05-13", true);
    assert_eq!(rolling.last_day, date("2026-05-15"));
    assert_eq!(rolling.passed_over.len(), 1, "Ascension Day");
}
