//! The holidays of the Algemene termijnenwet (Atw) art. 3, computed for any year.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use crate::Locale;

/// The first year in which the King's birthday was kept.
const FIRST_KINGS_DAY: i32 = 2014;

/// A holiday of Atw art. 3(1), or Good Friday, which art. 3(2) equates with them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter. A working day unless the policy says otherwise.
    GoodFriday,
    /// The day after Easter.
    EasterMonday,
    /// 27 April, or the 26th when that is a Sunday; not before 2014.
    KingsDay,
    /// 5 May of every year.
    LiberationDay,
    /// 39 days after Easter.
    Ascension,
    /// 50 days after Easter.
    WhitMonday,
    /// 25 December.
    Christmas,
    /// 26 December.
    BoxingDay,
}

impl Holiday {
    /// Every holiday, in the order of the year.
    pub const ALL: [Self; 9] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::EasterMonday,
        Self::KingsDay,
        Self::LiberationDay,
        Self::Ascension,
        Self::WhitMonday,
        Self::Christmas,
        Self::BoxingDay,
    ];

    /// The holiday kept on this day. Ascension gives way to Liberation Day where both fall on 5 May.
    pub fn on(day: NaiveDate) -> Option<Self> {
        Self::of_fixed_date(day).or_else(|| Self::of_easter(day))
    }

    /// The name as it stands in a sentence.
    pub fn name(self, locale: Locale) -> &'static str {
        let (nl, en) = match self {
            Self::NewYear => ("nieuwjaarsdag", "New Year's Day"),
            Self::GoodFriday => ("Goede Vrijdag", "Good Friday"),
            Self::EasterMonday => ("tweede paasdag", "Easter Monday"),
            Self::KingsDay => ("Koningsdag", "King's Day"),
            Self::LiberationDay => ("Bevrijdingsdag", "Liberation Day"),
            Self::Ascension => ("Hemelvaartsdag", "Ascension Day"),
            Self::WhitMonday => ("tweede pinksterdag", "Whit Monday"),
            Self::Christmas => ("eerste kerstdag", "Christmas Day"),
            Self::BoxingDay => ("tweede kerstdag", "Boxing Day"),
        };
        match locale {
            Locale::Nl => nl,
            Locale::En => en,
        }
    }

    fn of_fixed_date(day: NaiveDate) -> Option<Self> {
        match (day.month(), day.day()) {
            (1, 1) => Some(Self::NewYear),
            (4, 26) if keeps_kings_day(day, Weekday::Sat) => Some(Self::KingsDay),
            (4, 27) if keeps_kings_day(day, Weekday::Sun) => None,
            (4, 27) if day.year() >= FIRST_KINGS_DAY => Some(Self::KingsDay),
            (5, 5) => Some(Self::LiberationDay),
            (12, 25) => Some(Self::Christmas),
            (12, 26) => Some(Self::BoxingDay),
            _ => None,
        }
    }

    fn of_easter(day: NaiveDate) -> Option<Self> {
        match (day - easter_sunday(day.year())?).num_days() {
            -2 => Some(Self::GoodFriday),
            1 => Some(Self::EasterMonday),
            39 => Some(Self::Ascension),
            50 => Some(Self::WhitMonday),
            _ => None,
        }
    }
}

fn keeps_kings_day(day: NaiveDate, weekday: Weekday) -> bool {
    day.year() >= FIRST_KINGS_DAY && day.weekday() == weekday
}

/// Easter Sunday of a year by the Gregorian computus; `None` only for a year no date can be in.
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = i64::from(year).rem_euclid(19);
    let (century, of_century) = (
        i64::from(year).div_euclid(100),
        i64::from(year).rem_euclid(100),
    );
    let moon_correction = (8 * century + 13).div_euclid(25);
    let epact =
        (19 * golden + century - century.div_euclid(4) - moon_correction + 15).rem_euclid(30);
    let full_moon = epact - i64::from(epact + golden / 11 > 28);
    let weekday =
        (2 * century.rem_euclid(4) + 2 * (of_century / 4) - of_century.rem_euclid(4) - full_moon
            + 32)
            .rem_euclid(7);
    NaiveDate::from_ymd_opt(year, 3, 22)?.checked_add_signed(TimeDelta::days(full_moon + weekday))
}
