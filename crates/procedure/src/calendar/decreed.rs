//! The days that decrees equate with a holiday: those published by now, and what may be added to them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

use super::{Calendar, Holiday, Reason};
use crate::{Locale, Text};

/// A decree looks three years ahead; a day much further away is a year that was written wrong.
const FURTHEST_YEARS: i32 = 10;

/// Year, month, day.
type Ymd = (i32, u32, u32);

/// One decree: the day since which it counts as known, and the days that it equates.
type Decree = (Ymd, &'static [Ymd]);

/// The decree under Atw art. 3(3) for 2026 to 2028. It counts as known from the beginning of 2025, before
/// any term of months that ends on its first day begins; its exact publication decides nothing.
const DECREES: [Decree; 1] = [(
    (2025, 1, 1),
    &[
        (2026, 1, 2),
        (2026, 5, 15),
        (2027, 5, 7),
        (2028, 4, 28),
        (2028, 5, 26),
    ],
)];

/// Every equated day with the instant since which it is known.
pub(super) fn equated_days() -> BTreeMap<NaiveDate, DateTime<Utc>> {
    DECREES
        .iter()
        .filter_map(|(known, days)| Some((date(known)?.and_time(NaiveTime::MIN).and_utc(), days)))
        .flat_map(|(known, days)| days.iter().filter_map(date).map(move |day| (day, known)))
        .collect()
}

fn date(&(year, month, day): &Ymd) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Why a day cannot be decreed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecreeFault {
    /// No term ends in a weekend anyway.
    Weekend,
    /// No term ends on a holiday anyway.
    Holiday(Holiday),
    /// It is equated already.
    Known,
    /// It stands among them twice.
    Twice,
    /// It has passed: terms have ended on it.
    Past,
    /// It lies so far ahead that its year must be wrong.
    TooFar,
}

impl DecreeFault {
    /// What is wrong and how to mend it.
    pub fn in_words(self) -> Text {
        let (nl, en) = match self {
            Self::Weekend => (
                "Deze dag valt al in een weekend.",
                "This day is in a weekend already.",
            ),
            Self::Holiday(holiday) => {
                let name = |locale| holiday.name(locale);
                return Text {
                    nl: format!("Deze dag is al een feestdag: {}.", name(Locale::Nl)),
                    en: format!("This day is a holiday already: {}.", name(Locale::En)),
                };
            }
            Self::Known => ("Deze dag is al bekend.", "This day is known already."),
            Self::Twice => ("Deze dag staat er twee keer.", "This day is there twice."),
            Self::Past => (
                "Deze dag is al voorbij. Kies een dag vanaf vandaag.",
                "This day has passed. Choose a day from today on.",
            ),
            Self::TooFar => (
                "Deze dag ligt meer dan tien jaar vooruit. Klopt het jaar?",
                "This day is more than ten years ahead. Is the year right?",
            ),
        };
        let (nl, en) = (nl.to_owned(), en.to_owned());
        Text { nl, en }
    }
}

/// What is wrong with days that are to be decreed, each fault with the place of its day, where these days are known already.
pub fn faults_of_decree(
    days: &[NaiveDate],
    known: &Calendar,
    today: NaiveDate,
) -> Vec<(usize, DecreeFault)> {
    let mut seen = BTreeSet::new();
    let fault = |(place, day): (usize, &NaiveDate)| {
        let fault = if *day < today {
            DecreeFault::Past
        } else if day.year() > today.year() + FURTHEST_YEARS {
            DecreeFault::TooFar
        } else if !seen.insert(*day) {
            DecreeFault::Twice
        } else {
            match known.passed_over(*day)? {
                Reason::Weekend => DecreeFault::Weekend,
                Reason::Holiday(holiday) => DecreeFault::Holiday(holiday),
                Reason::EquatedDay | Reason::ClosingDay => DecreeFault::Known,
            }
        };
        Some((place, fault))
    };
    days.iter().enumerate().filter_map(fault).collect()
}
