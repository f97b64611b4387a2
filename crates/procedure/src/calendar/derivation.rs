//! How a term got its last day, kept so that it can be explained.

use std::iter;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Calendar, Holiday, Term, TermUnit};

/// Why a day was passed over. A holiday in a weekend is named as the holiday.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A Saturday or a Sunday.
    Weekend,
    /// A holiday of Atw art. 3, Good Friday included.
    Holiday(Holiday),
    /// A day that a decree equates with a holiday.
    EquatedDay,
    /// A day on which the tenant is closed.
    ClosingDay,
}

/// A day that did not count, or on which the term could not end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct PassedOver {
    /// The local day.
    pub on: NaiveDate,
    /// Why.
    pub reason: Reason,
}

/// A term, laid out from the day of its event to its end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Derivation {
    /// The term.
    pub term: Term,
    /// The local day of the event, which does not count.
    pub start: NaiveDate,
    /// The last day before any rolling.
    pub unrolled: NaiveDate,
    /// The last local day.
    pub last_day: NaiveDate,
    /// The first instant that is too late: the end of `last_day` in the tenant's zone.
    pub ends: DateTime<Utc>,
    /// In order: for working days those between `start` and `last_day` that did not count, for a
    /// term that rolled the days from `unrolled` up to `last_day`.
    pub passed_over: Vec<PassedOver>,
    /// Whether the term was to roll.
    pub rolls: bool,
}

impl Derivation {
    /// Whether rolling moved the last day.
    pub fn has_moved(&self) -> bool {
        self.last_day != self.unrolled
    }
}

pub(super) fn derive(calendar: &Calendar, term: Term, start: NaiveDate, rolls: bool) -> Derivation {
    let (unrolled, last_day, passed_over) = if term.unit() == TermUnit::WorkingDay {
        let (last_day, passed_over) = count_working_days(calendar, start, term.amount());
        (last_day, last_day, passed_over)
    } else {
        let unrolled = add(start, term);
        let passed_over = if rolls {
            days_rolled_over(calendar, unrolled)
        } else {
            Vec::new()
        };
        let last_day = passed_over
            .last()
            .map_or(unrolled, |last| day_after(last.on));
        (unrolled, last_day, passed_over)
    };
    Derivation {
        term,
        start,
        unrolled,
        last_day,
        ends: calendar.end_of(last_day),
        passed_over,
        rolls,
    }
}

/// Always from the start itself, so that a short month on the way clamps nothing.
fn add(start: NaiveDate, term: Term) -> NaiveDate {
    let amount = term.amount();
    match term.unit() {
        TermUnit::WorkingDay | TermUnit::Day => start.checked_add_days(Days::new(amount.into())),
        TermUnit::Week => start.checked_add_days(Days::new(u64::from(amount) * 7)),
        TermUnit::Month => start.checked_add_months(Months::new(amount.into())),
        TermUnit::Year => start.checked_add_months(Months::new(u32::from(amount) * 12)),
    }
    .unwrap_or(NaiveDate::MAX)
}

fn days_rolled_over(calendar: &Calendar, unrolled: NaiveDate) -> Vec<PassedOver> {
    unrolled
        .iter_days()
        .map_while(|on| {
            let reason = calendar.passed_over(on)?;
            Some(PassedOver { on, reason })
        })
        .collect()
}

/// The day of the `amount`-th working day after `start`, and the days that did not count on the way.
fn count_working_days(
    calendar: &Calendar,
    start: NaiveDate,
    amount: u16,
) -> (NaiveDate, Vec<PassedOver>) {
    let mut passed_over = Vec::new();
    let mut left = amount;
    let mut last_day = start;
    for on in iter::successors(start.succ_opt(), NaiveDate::succ_opt) {
        last_day = on;
        match calendar.not_worked(on) {
            Some(reason) => passed_over.push(PassedOver { on, reason }),
            None => left -= 1,
        }
        if left == 0 {
            break;
        }
    }
    (last_day, passed_over)
}

fn day_after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}
