//! When terms end: the two calendars, the terms, and the reasons in words.
//!
//! A *working day* and a day on which a rolling term may *end* are different notions: an equated day
//! is a working day on which no rolling term ends, a closing day the other way round.

mod decreed;
mod derivation;
mod holiday;
mod hour;
mod midnight;
mod term;
mod words;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::RangeInclusive};

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use decreed::{DecreeFault, faults_of_decree};
pub use derivation::{Derivation, PassedOver, Reason};
pub use holiday::{Holiday, easter_sunday};
pub use hour::{Hour, HourError};
pub use term::{Term, TermError, TermUnit};
pub use words::{date_in_words, date_with_weekday};

/// Years that instants and days may lie in, so that no term can run off the calendar.
pub const YEARS: RangeInclusive<i32> = 1900..=2199;

/// The days of one tenant under one policy, in the tenant's time zone.
///
/// The holidays of the Algemene termijnenwet (Atw) art. 3(1) are computed; the days here are those
/// that somebody decided on, each with the instant since which it is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    zone: Tz,
    #[serde(default)]
    good_friday_is_closed: bool,
    #[serde(default = "decreed::equated_days")]
    equated_days: BTreeMap<NaiveDate, DateTime<Utc>>,
    #[serde(default)]
    closing_days: BTreeMap<NaiveDate, DateTime<Utc>>,
    /// Closing days that were taken back: from when until when each counted.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    taken_back: BTreeMap<NaiveDate, (DateTime<Utc>, DateTime<Utc>)>,
}

impl Calendar {
    /// A calendar with the days equated by decree, Good Friday a working day, and no closing days.
    pub fn new(zone: Tz) -> Self {
        Self {
            zone,
            good_friday_is_closed: false,
            equated_days: decreed::equated_days(),
            closing_days: BTreeMap::new(),
            taken_back: BTreeMap::new(),
        }
    }

    /// The policy's switch: whether Good Friday is no working day. Rolling terms never end on it.
    #[must_use]
    pub fn with_good_friday_closed(mut self, closed: bool) -> Self {
        self.good_friday_is_closed = closed;
        self
    }

    /// Adds a day that a decree equates with a holiday (Atw art. 3(3)): rolling terms do not end on
    /// it, yet it stays a working day. Told twice, it counts from the earlier instant.
    #[must_use]
    pub fn with_equated_day(mut self, day: NaiveDate, known_since: DateTime<Utc>) -> Self {
        keep_earliest(&mut self.equated_days, day, known_since);
        self
    }

    /// Adds a day on which the tenant is closed: no working day, yet rolling terms may end on it.
    /// Told twice, it counts from the earlier instant.
    #[must_use]
    pub fn with_closing_day(mut self, day: NaiveDate, known_since: DateTime<Utc>) -> Self {
        keep_earliest(&mut self.closing_days, day, known_since);
        self
    }

    /// Takes a closing day back at an instant: it counts for nothing any more, and how it stood before is remembered.
    #[must_use]
    pub fn with_closing_day_taken_back(mut self, day: NaiveDate, at: DateTime<Utc>) -> Self {
        if let Some(since) = self.closing_days.remove(&day) {
            self.taken_back.insert(day, (since, at));
        }
        self
    }

    /// The days of which it became known after an instant that they count, or do not any more, and when.
    pub fn changed_after(&self, instant: DateTime<Utc>) -> BTreeMap<NaiveDate, DateTime<Utc>> {
        let added = self.equated_days.iter().chain(&self.closing_days);
        let added = added.map(|(day, since)| (*day, *since));
        let removed = self
            .taken_back
            .iter()
            .map(|(day, (_, until))| (*day, *until));
        let all = added.chain(removed).filter(|(_, at)| *at > instant);
        let mut changed = BTreeMap::new();
        for (day, at) in all {
            let latest: &mut DateTime<Utc> = changed.entry(day).or_insert(at);
            *latest = at.max(*latest);
        }
        changed
    }

    /// This calendar as it was read at an instant: without the days that became known later, and with those that had not been
    /// taken back yet.
    #[must_use]
    pub fn as_it_stood(&self, instant: DateTime<Utc>) -> Self {
        let mut stood = self.known_at(instant);
        for (day, (since, until)) in &self.taken_back {
            if *since <= instant && instant < *until {
                stood.closing_days.insert(*day, *since);
            }
        }
        stood
    }

    /// This calendar as it was known at `instant`: without the days that became known later.
    #[must_use]
    pub fn known_at(&self, instant: DateTime<Utc>) -> Self {
        let mut known = self.clone();
        known.equated_days.retain(|_, since| *since <= instant);
        known.closing_days.retain(|_, since| *since <= instant);
        known
    }

    /// The tenant's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Whether Good Friday is no working day.
    pub fn good_friday_is_closed(&self) -> bool {
        self.good_friday_is_closed
    }

    /// The equated days, each with the instant since which it is known.
    pub fn equated_days(&self) -> &BTreeMap<NaiveDate, DateTime<Utc>> {
        &self.equated_days
    }

    /// The tenant's closing days, each with the instant since which it is known.
    pub fn closing_days(&self) -> &BTreeMap<NaiveDate, DateTime<Utc>> {
        &self.closing_days
    }

    /// The date on the wall at `instant`.
    pub fn local_date(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.zone).date_naive()
    }

    /// The first instant of a local day: the end of the day before it.
    pub fn start_of(&self, day: NaiveDate) -> DateTime<Utc> {
        midnight::first_instant_of(self.zone, day)
    }

    /// The exclusive end of a local day: the next local midnight, or where a change of the clock
    /// skips or repeats that midnight, the first instant from which the day does not come back.
    pub fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        self.start_of(day.succ_opt().unwrap_or(day))
    }

    /// When clocks show an hour on a local day: the first time where they show it twice, and where a change of the clock
    /// skips it, the instant of that change.
    pub fn at_hour(&self, day: NaiveDate, hour: Hour) -> DateTime<Utc> {
        midnight::instant_of(self.zone, day, hour)
    }

    /// From when people who begin at an hour can be told something: `now` where they are at work already, else that hour
    /// of the first working day on which it is still to come.
    pub fn at_work(&self, now: DateTime<Utc>, hour: Hour) -> DateTime<Utc> {
        let today = self.local_date(now);
        let open = today.iter_days().find(|day| self.is_working_day(*day));
        self.at_hour(open.unwrap_or(today), hour).max(now)
    }

    /// When people who begin at an hour begin next.
    pub fn next_morning(&self, now: DateTime<Utc>, hour: Hour) -> DateTime<Utc> {
        let open = self.local_date(now).iter_days();
        let mut open = open.filter(|day| self.is_working_day(*day));
        let next = open.find_map(|day| Some(self.at_hour(day, hour)).filter(|begin| *begin > now));
        next.unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Whether people work on this day: Monday to Friday, no holiday of Atw art. 3(1), no closing
    /// day, and not Good Friday where the policy closes on it.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.not_worked(day).is_none()
    }

    /// Why a day is no working day; `None` for a working day.
    pub fn not_worked(&self, day: NaiveDate) -> Option<Reason> {
        Holiday::on(day)
            .filter(|holiday| self.good_friday_is_closed || *holiday != Holiday::GoodFriday)
            .map(Reason::Holiday)
            .or_else(|| is_weekend(day).then_some(Reason::Weekend))
            .or_else(|| {
                self.closing_days
                    .contains_key(&day)
                    .then_some(Reason::ClosingDay)
            })
    }

    /// Why a rolling term does not end on this day (Atw art. 1(1) and 3); `None` where it may.
    pub fn passed_over(&self, day: NaiveDate) -> Option<Reason> {
        Holiday::on(day)
            .map(Reason::Holiday)
            .or_else(|| is_weekend(day).then_some(Reason::Weekend))
            .or_else(|| {
                self.equated_days
                    .contains_key(&day)
                    .then_some(Reason::EquatedDay)
            })
    }

    /// When a term ends whose event fell on the local day `start`, which itself does not count.
    ///
    /// `rolls` moves the end of a term in days, weeks, months or years off the days of
    /// [`Calendar::passed_over`]; a term in working days ends on a working day anyway.
    pub fn derive(&self, term: Term, start: NaiveDate, rolls: bool) -> Derivation {
        derivation::derive(self, term, start, rolls)
    }
}

fn keep_earliest(
    days: &mut BTreeMap<NaiveDate, DateTime<Utc>>,
    day: NaiveDate,
    since: DateTime<Utc>,
) {
    days.entry(day)
        .and_modify(|known| *known = since.min(*known))
        .or_insert(since);
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
