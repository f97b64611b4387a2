//! Where a local day begins on the world's clock, and an hour of it, whatever the zone does around them.

use chrono::{
    DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use super::Hour;

/// How far a local reading can lie from the same reading in UTC, with a day skipped as well.
const WIDEST_OFFSET_HOURS: i64 = 50;

/// The first instant from which the local date is `day` or later, for good.
pub(super) fn first_instant_of(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let day = within_reach(day);
    match zone.from_local_datetime(&day.and_time(NaiveTime::MIN)) {
        LocalResult::Single(midnight) => midnight.to_utc(),
        LocalResult::Ambiguous(first, second) => {
            let just_before = second.to_utc() - TimeDelta::nanoseconds(1);
            if local_date(zone, just_before) < day {
                second.to_utc()
            } else {
                first.to_utc()
            }
        }
        LocalResult::None => end_of_gap(zone, day.and_time(NaiveTime::MIN)),
    }
}

/// The first instant at which clocks show this hour on this day, or at which they skip it.
pub(super) fn instant_of(zone: Tz, day: NaiveDate, hour: Hour) -> DateTime<Utc> {
    let day = within_reach(day);
    let reading = day.and_time(NaiveTime::MIN) + TimeDelta::hours(hour.get().into());
    match zone.from_local_datetime(&reading) {
        LocalResult::Single(shown) | LocalResult::Ambiguous(shown, _) => shown.to_utc(),
        LocalResult::None => end_of_gap(zone, reading),
    }
}

/// The clock skipped this reading; looks for the second at which it jumped.
fn end_of_gap(zone: Tz, reading: NaiveDateTime) -> DateTime<Utc> {
    let mut before = reading.and_utc() - TimeDelta::hours(WIDEST_OFFSET_HOURS);
    let mut after = reading.and_utc() + TimeDelta::hours(WIDEST_OFFSET_HOURS);
    while (after - before).num_seconds() > 1 {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if middle.with_timezone(&zone).naive_local() < reading {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

fn local_date(zone: Tz, instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// Keeps clear of the ends of what chrono can represent, so that no sum here overflows.
fn within_reach(day: NaiveDate) -> NaiveDate {
    let week = Days::new(7);
    day.clamp(NaiveDate::MIN + week, NaiveDate::MAX - week)
}
