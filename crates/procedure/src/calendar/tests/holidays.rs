use chrono::{Datelike, Weekday};

use super::*;
use crate::Locale;

/// Gauss's way, which shares no step with ours.
fn easter_by_gauss(year: i32) -> NaiveDate {
    let century = year / 100;
    let lunar = (15 - (13 + 8 * century) / 25 + century - century / 4).rem_euclid(30);
    let solar = (4 + century - century / 4).rem_euclid(7);
    let moon = (19 * (year % 19) + lunar) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + solar) % 7;
    let days = chrono::Days::new(u64::from((moon + sunday).unsigned_abs()));
    match (moon, sunday) {
        (29, 6) => NaiveDate::from_ymd_opt(year, 4, 19),
        (28, 6) if (11 * lunar + 11) % 30 < 19 => NaiveDate::from_ymd_opt(year, 4, 18),
        _ => NaiveDate::from_ymd_opt(year, 3, 22).map(|first| first + days),
    }
    .unwrap()
}

/// The first Sunday after the paschal full moon, whose dates are tabulated for 1900 to 2199.
fn easter_by_the_moon(year: i32) -> NaiveDate {
    const FULL_MOONS: [(u32, u32); 19] = [
        (4, 14),
        (4, 3),
        (3, 23),
        (4, 11),
        (3, 31),
        (4, 18),
        (4, 8),
        (3, 28),
        (4, 16),
        (4, 5),
        (3, 25),
        (4, 13),
        (4, 2),
        (3, 22),
        (4, 10),
        (3, 30),
        (4, 17),
        (4, 7),
        (3, 27),
    ];
    let (month, day) = FULL_MOONS[usize::try_from(year % 19).unwrap()];
    let full_moon = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    full_moon
        .iter_days()
        .skip(1)
        .find(|day| day.weekday() == Weekday::Sun)
        .unwrap()
}

#[test]
fn easter_agrees_with_the_table_of_moons() {
    for year in 1900..=2199 {
        assert_eq!(
            easter_sunday(year),
            Some(easter_by_the_moon(year)),
            "{year}"
        );
    }
}

#[test]
fn easter_agrees_with_gauss() {
    for year in 1583..=4099 {
        assert_eq!(easter_sunday(year), Some(easter_by_gauss(year)), "{year}");
    }
}

#[test]
fn easter_of_years_that_are_remembered() {
    for day in [
        "1818-03-22",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2026-04-05",
        "2038-04-25",
        "2076-04-19",
    ] {
        let day = date(day);
        assert_eq!(easter_sunday(day.year()), Some(day));
    }
}

#[test]
fn easter_exists_in_every_year_there_is() {
    for year in (NaiveDate::MIN.year()..=NaiveDate::MAX.year()).step_by(97) {
        assert_eq!(
            easter_sunday(year).unwrap().weekday(),
            Weekday::Sun,
            "{year}"
        );
    }
    assert_eq!(easter_sunday(i32::MAX), None);
    assert_eq!(easter_sunday(i32::MIN), None);
}

#[test]
fn the_holidays_of_2026() {
    let found: Vec<_> = date("2026-01-01")
        .iter_days()
        .take(365)
        .filter_map(|day| Some((day.to_string(), Holiday::on(day)?)))
        .collect();
    let expected = [
        ("2026-01-01", Holiday::NewYear),
        ("2026-04-03", Holiday::GoodFriday),
        ("2026-04-06", Holiday::EasterMonday),
        ("2026-04-27", Holiday::KingsDay),
        ("2026-05-05", Holiday::LiberationDay),
        ("2026-05-14", Holiday::Ascension),
        ("2026-05-25", Holiday::WhitMonday),
        ("2026-12-25", Holiday::Christmas),
        ("2026-12-26", Holiday::BoxingDay),
    ]
    .map(|(day, holiday)| (day.to_owned(), holiday));
    assert_eq!(found, expected);
}

#[test]
fn kings_day_gives_way_to_a_sunday() {
    for year in 2014..=2200 {
        let days: Vec<_> = (20..=30)
            .filter_map(|day| NaiveDate::from_ymd_opt(year, 4, day))
            .filter(|day| Holiday::on(*day) == Some(Holiday::KingsDay))
            .collect();
        assert_eq!(days.len(), 1, "{year}");
        assert_ne!(days[0].weekday(), Weekday::Sun);
        let on_time = NaiveDate::from_ymd_opt(year, 4, 27).unwrap();
        let expected = if on_time.weekday() == Weekday::Sun {
            26
        } else {
            27
        };
        assert_eq!(days[0].day(), expected, "{year}");
    }
    assert_eq!(Holiday::on(date("2014-04-26")), Some(Holiday::KingsDay));
    assert_eq!(Holiday::on(date("2025-04-26")), Some(Holiday::KingsDay));
    assert_eq!(Holiday::on(date("2025-04-27")), None);
    assert_eq!(Holiday::on(date("2012-04-27")), None);
}

#[test]
fn every_year_keeps_eight_holidays_and_good_friday() {
    for year in 2014..=2200 {
        let count = NaiveDate::from_ymd_opt(year, 1, 1)
            .unwrap()
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| Holiday::on(*day).is_some())
            .count();
        let liberation_on_ascension = easter_sunday(year).unwrap() + chrono::Days::new(39)
            == NaiveDate::from_ymd_opt(year, 5, 5).unwrap();
        assert_eq!(count, if liberation_on_ascension { 8 } else { 9 }, "{year}");
    }
}

#[test]
fn every_holiday_has_a_name_of_its_own() {
    for locale in [Locale::Nl, Locale::En] {
        let names: std::collections::BTreeSet<_> = Holiday::ALL
            .iter()
            .map(|holiday| holiday.name(locale))
            .collect();
        assert_eq!(names.len(), Holiday::ALL.len());
    }
}
