//! The days that decrees equate with a holiday, as published.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

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
