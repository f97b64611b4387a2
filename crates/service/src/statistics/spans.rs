//! The months, quarters and years that figures are told of: whole ones, that are over.

use chrono::{Months, NaiveDate};
use wederhoor_procedure::figures::publishing::Spans;

/// How long the spans are that figures are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interval {
    /// A month of the calendar.
    Month,
    /// Three months, from January on.
    Quarter,
    /// Twelve months, from January on.
    Year,
}

/// A span of time that figures are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How long it is.
    pub interval: Interval,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

impl Interval {
    const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

impl Span {
    /// Its months, by their first days.
    pub(super) fn months(&self) -> impl Iterator<Item = NaiveDate> {
        let later = |later| self.starts_on.checked_add_months(Months::new(later));
        (0..self.interval.months()).filter_map(later)
    }
}

/// The spans of one year that are over by a day, each within the one that it is a part of.
pub(super) struct YearOfSpans {
    pub(super) all: Vec<Span>,
    pub(super) nested: Spans,
}

impl YearOfSpans {
    pub(super) fn of(year: i32, today: NaiveDate) -> Self {
        let mut spans = Self {
            all: Vec::new(),
            nested: Spans::default(),
        };
        for interval in [Interval::Year, Interval::Quarter, Interval::Month] {
            let months = interval.months();
            let starts = (1..=12_u32).filter(|month| (month - 1).is_multiple_of(months));
            for start in starts {
                spans.add(year, start, interval, today);
            }
        }
        spans
    }

    fn add(&mut self, year: i32, month: u32, interval: Interval, today: NaiveDate) {
        let starts_on = NaiveDate::from_ymd_opt(year, month, 1);
        let ends_on = starts_on
            .and_then(|start| start.checked_add_months(Months::new(interval.months())))
            .and_then(|next| next.pred_opt());
        let Some((starts_on, ends_on)) = starts_on.zip(ends_on).filter(|(_, ends)| *ends < today)
        else {
            return;
        };
        // The shortest of those that it lies in: they came before it, the longest first.
        let holds = |span: &Span| {
            span.interval > interval && span.starts_on <= starts_on && ends_on <= span.ends_on
        };
        let parent = self.all.iter().rposition(holds);
        self.nested.add(parent);
        self.all.push(Span {
            interval,
            starts_on,
            ends_on,
        });
    }

    /// How much there is in each span, from what there is in each of its months, by their first days.
    pub(super) fn summed(&self, in_month: impl Fn(NaiveDate) -> u64) -> Vec<u64> {
        let sum = |span: &Span| span.months().map(&in_month).sum();
        self.all.iter().map(sum).collect()
    }
}
