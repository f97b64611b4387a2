use chrono::TimeDelta;

use super::*;

fn assert_ends(zone: Tz, day: &str, ends: &str) {
    let calendar = Calendar::new(zone);
    assert_eq!(calendar.end_of(date(day)), instant(ends), "{zone} {day}");
}

#[test]
fn a_midnight_that_is_skipped_ends_the_day_where_the_clock_jumps() {
    assert_ends(Tz::America__Sao_Paulo, "2018-11-03", "2018-11-04T03:00:00Z");
    assert_ends(Tz::Asia__Beirut, "2022-03-26", "2022-03-26T22:00:00Z");
}

#[test]
fn a_midnight_that_comes_twice_ends_the_day_when_the_day_is_over_for_good() {
    // 01:00 goes back to 00:00: the first midnight ends the day.
    assert_ends(Tz::America__Havana, "2022-11-05", "2022-11-06T04:00:00Z");
    // 00:00 goes back to 23:00: the day has an hour more.
    assert_ends(Tz::America__Sao_Paulo, "2018-02-17", "2018-02-18T03:00:00Z");
    // 00:01 goes back to 23:01: the next day begins, stops, and begins again.
    assert_ends(Tz::America__St_Johns, "2010-11-06", "2010-11-07T03:30:00Z");
}

#[test]
fn a_day_that_never_was_has_no_length() {
    let calendar = Calendar::new(Tz::Pacific__Apia);
    let skipped = date("2011-12-30");
    assert_eq!(calendar.start_of(skipped), instant("2011-12-30T10:00:00Z"));
    assert_eq!(calendar.end_of(skipped), calendar.start_of(skipped));
}

#[test]
fn after_the_end_of_a_day_it_is_never_that_day_again() {
    let zones = [
        Tz::Europe__Amsterdam,
        Tz::America__Sao_Paulo,
        Tz::America__Havana,
        Tz::America__St_Johns,
        Tz::Asia__Beirut,
        Tz::Asia__Gaza,
        Tz::Africa__Cairo,
        Tz::Asia__Tehran,
        Tz::America__Asuncion,
        Tz::Pacific__Apia,
        Tz::Pacific__Kwajalein,
        Tz::Atlantic__Azores,
    ];
    for zone in zones {
        let calendar = Calendar::new(zone);
        for day in date("1968-01-01")
            .iter_days()
            .take_while(|day| *day < date("2040-01-01"))
        {
            let ends = calendar.end_of(day);
            assert!(calendar.start_of(day) <= ends, "{zone} {day}");
            assert!(
                calendar.local_date(ends - TimeDelta::nanoseconds(1)) <= day,
                "{zone} {day}"
            );
            for minutes in [0, 1, 29, 30, 59, 60, 119] {
                let later = calendar.local_date(ends + TimeDelta::minutes(minutes));
                assert!(later > day, "{zone} {day} +{minutes}");
            }
        }
    }
}

#[test]
fn the_ends_of_time_do_not_panic() {
    for zone in [
        Tz::Europe__Amsterdam,
        Tz::Pacific__Apia,
        Tz::America__Sao_Paulo,
    ] {
        let calendar = Calendar::new(zone);
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            assert!(calendar.start_of(day) <= calendar.end_of(day));
            for unit in TermUnit::ALL {
                let longest = Term::new(unit.most(), unit).unwrap();
                assert!(calendar.derive(longest, day, true).last_day >= day);
            }
        }
    }
}

#[test]
fn the_local_date_is_that_of_the_zone() {
    let calendar = amsterdam();
    assert_eq!(
        calendar.local_date(instant("2026-03-31T21:59:59.999Z")),
        date("2026-03-31")
    );
    assert_eq!(
        calendar.local_date(instant("2026-03-31T22:00:00Z")),
        date("2026-04-01")
    );
    assert_eq!(
        calendar.end_of(date("2026-03-31")),
        calendar.start_of(date("2026-04-01"))
    );
    assert_eq!(calendar.zone(), Tz::Europe__Amsterdam);
}

#[test]
fn summer_time_is_kept_for_as_long_as_a_complaint_lasts() {
    for (day, ends) in [
        ("2050-07-01", "2050-07-01T22:00:00Z"),
        ("2099-07-01", "2099-07-01T22:00:00Z"),
        ("2099-12-01", "2099-12-01T23:00:00Z"),
    ] {
        assert_ends(Tz::Europe__Amsterdam, day, ends);
    }
}
