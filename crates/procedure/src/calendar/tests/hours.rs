use super::*;

fn hour(number: u8) -> Hour {
    Hour::try_from(number).unwrap()
}

#[test]
fn an_hour_is_found_on_every_day_whatever_the_clock_does() {
    let cases = [
        (
            Tz::Europe__Amsterdam,
            "2026-03-02",
            8,
            "2026-03-02T07:00:00Z",
        ),
        (
            Tz::Europe__Amsterdam,
            "2026-07-01",
            8,
            "2026-07-01T06:00:00Z",
        ),
        // 02:00 becomes 03:00: the hour is skipped.
        (
            Tz::Europe__Amsterdam,
            "2026-03-29",
            2,
            "2026-03-29T01:00:00Z",
        ),
        (
            Tz::Europe__Amsterdam,
            "2026-03-29",
            3,
            "2026-03-29T01:00:00Z",
        ),
        // 03:00 becomes 02:00: the hour comes twice.
        (
            Tz::Europe__Amsterdam,
            "2026-10-25",
            2,
            "2026-10-25T00:00:00Z",
        ),
        (
            Tz::America__Sao_Paulo,
            "2018-11-04",
            0,
            "2018-11-04T03:00:00Z",
        ),
        (Tz::Pacific__Apia, "2011-12-30", 8, "2011-12-30T10:00:00Z"),
        (
            Tz::Europe__Amsterdam,
            "2026-03-02",
            23,
            "2026-03-02T22:00:00Z",
        ),
    ];
    for (zone, day, number, expected) in cases {
        let found = Calendar::new(zone).at_hour(date(day), hour(number));
        assert_eq!(found, instant(expected), "{zone} {day} {number}");
    }
}

#[test]
fn who_begins_at_eight_is_told_at_work_on_an_open_day() {
    let known = instant("2026-01-01T00:00:00Z");
    let calendar = amsterdam().with_closing_day(date("2026-03-16"), known);
    let cases = [
        (
            "2026-03-05T23:00:00Z",
            "2026-03-06T07:00:00Z",
            "a working day begins",
        ),
        ("2026-03-06T23:00:00Z", "2026-03-09T07:00:00Z", "a Saturday"),
        (
            "2026-03-09T09:30:00Z",
            "2026-03-09T09:30:00Z",
            "they are at work",
        ),
        (
            "2026-03-13T23:00:00Z",
            "2026-03-17T07:00:00Z",
            "closed on Monday",
        ),
        ("2026-04-03T22:00:00Z", "2026-04-07T06:00:00Z", "Easter"),
        (
            "2026-03-27T23:00:00Z",
            "2026-03-30T06:00:00Z",
            "the clock goes forward",
        ),
        (
            "2026-10-23T22:00:00Z",
            "2026-10-26T07:00:00Z",
            "the clock goes back",
        ),
    ];
    for (now, expected, why) in cases {
        let told = calendar.at_work(instant(now), Hour::MORNING);
        assert_eq!(told, instant(expected), "{why}");
    }
}

#[test]
fn a_morning_follows_the_one_before_on_the_next_open_day() {
    let known = instant("2026-01-01T00:00:00Z");
    let calendar = amsterdam().with_closing_day(date("2026-03-16"), known);
    let cases = [
        ("2026-03-12T06:59:59Z", "2026-03-12T07:00:00Z"),
        ("2026-03-12T07:00:00Z", "2026-03-13T07:00:00Z"),
        ("2026-03-13T07:00:00Z", "2026-03-17T07:00:00Z"),
        ("2026-03-27T07:00:00Z", "2026-03-30T06:00:00Z"),
        ("2026-10-23T06:00:00Z", "2026-10-26T07:00:00Z"),
    ];
    for (now, expected) in cases {
        let next = calendar.next_morning(instant(now), Hour::MORNING);
        assert_eq!(next, instant(expected), "{now}");
    }
}

#[test]
fn no_clock_shows_a_twenty_fifth_hour() {
    assert_eq!(Hour::try_from(24), Err(HourError));
    assert_eq!(serde_json::from_str::<Hour>("23").ok(), Some(hour(23)));
    assert!(serde_json::from_str::<Hour>("24").is_err());
}
