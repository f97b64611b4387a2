//! The figures of one year as they may be told: every door takes them from here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use wederhoor_procedure::figures::{
    CellKey, Milestone, Table,
    publishing::{Row, Suppression},
};
use wederhoor_store::Cells;

use super::spans::YearOfSpans;

/// The smallest number of complaints that is told, unless an organisation chose a larger one.
pub const SMALLEST_TOLD: u64 = 5;

/// What complaints can be counted under.
#[derive(Default)]
pub(super) struct Values {
    /// The values of each table, by their codes.
    pub(super) of: BTreeMap<Table, Vec<String>>,
    /// The type of each course.
    pub(super) types: BTreeMap<String, String>,
}

impl Values {
    /// What a course counts as a part of: one that is not known any more is a type by itself.
    pub(super) fn type_of<'a>(&'a self, course: &'a String) -> &'a String {
        self.types.get(course).unwrap_or(course)
    }

    pub(super) fn add(&mut self, table: Table, code: &str) {
        let known = self.of.entry(table).or_default();
        if !known.iter().any(|one| one == code) {
            known.push(code.to_owned());
        }
    }
}

/// How long it took to reach a milestone, in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Took {
    /// On average.
    pub mean: f64,
    /// Half of them took no longer; the middle of the two in the middle.
    pub median: f64,
    /// Nine of ten took no longer.
    pub p90: u32,
}

/// The figures of one year.
pub(super) struct Published<'a> {
    pub(super) spans: YearOfSpans,
    cells: &'a Cells,
    values: &'a Values,
    threshold: u64,
    rows: BTreeMap<(Table, String), Row>,
}

impl<'a> Published<'a> {
    /// All tables together: what is told of one depends on what is told of those that it divides.
    pub(super) fn of(
        spans: YearOfSpans,
        cells: &'a Cells,
        values: &'a Values,
        threshold: u64,
    ) -> Self {
        let mut published = Self {
            spans,
            cells,
            values,
            threshold,
            rows: BTreeMap::new(),
        };
        let counts = published.counts(Table::Filed, "");
        let suppression = published.suppression();
        let total = suppression.totals(counts);
        published.rows.insert((Table::Filed, String::new()), total);
        // Each stands after the one that it divides.
        for table in Table::ALL {
            published.publish(*table);
        }
        published
    }

    fn suppression(&self) -> Suppression<'_> {
        Suppression {
            spans: &self.spans.nested,
            threshold: self.threshold,
        }
    }

    fn publish(&mut self, table: Table) {
        if matches!(table, Table::Filed | Table::Days | Table::WorkingDays) {
            return;
        }
        let codes = self.values.of.get(&table).cloned().unwrap_or_default();
        if table == Table::Course {
            let types = self.values.of.get(&Table::CourseType);
            for one in types.into_iter().flatten() {
                let own = codes.iter().filter(|code| self.values.type_of(code) == one);
                self.divide((Table::CourseType, one), table, own.cloned().collect());
            }
        } else {
            let of = table.parent().unwrap_or((Table::Filed, ""));
            self.divide(of, table, codes);
        }
    }

    /// Publishes the values of a table that divide a cell of another.
    fn divide(&mut self, (parent, value): (Table, &str), table: Table, codes: Vec<String>) {
        let counts = codes.iter().map(|code| self.counts(table, code)).collect();
        let Some(total) = self.rows.get(&(parent, value.to_owned())) else {
            return;
        };
        let rows = self.suppression().table(total, counts);
        let keys = codes.into_iter().map(|code| (table, code));
        self.rows.extend(keys.zip(rows));
    }

    fn counts(&self, table: Table, value: &str) -> Vec<u64> {
        self.spans.summed(|month| self.count(table, value, month))
    }

    fn count(&self, table: Table, value: &str, month: NaiveDate) -> u64 {
        let value = value.to_owned();
        let key = CellKey {
            month,
            table,
            value,
            days: 0,
        };
        self.cells.get(&key).map_or(0, |count| count.unsigned_abs())
    }

    /// How many complaints have a value in a span; `None` where that is not told.
    pub(super) fn told(&self, table: Table, value: &str, span: usize) -> Option<u64> {
        let row = self.rows.get(&(table, value.to_owned()))?;
        row.is_told[span].then(|| row.counts[span])
    }

    /// How long it took to reach a milestone; `None` where that is not told. It follows the number of those of whom it is
    /// told, and is told of no fewer than are ever told.
    pub(super) fn took(&self, milestone: Milestone, days: Table, span: usize) -> Option<Took> {
        let (table, value) = governed_by(milestone);
        self.told(table, value, span)?;
        let code = milestone.entry().code;
        let at = |month, most| CellKey {
            month,
            table: days,
            value: code.to_owned(),
            days: most,
        };
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for month in self.spans.all[span].months() {
            for (key, count) in self.cells.range(at(month, 0)..=at(month, u32::MAX)) {
                *counts.entry(key.days).or_default() += count.unsigned_abs();
            }
        }
        took(&counts).filter(|_| counts.values().sum::<u64>() >= self.threshold)
    }
}

/// The number that must be told before anything is told of the days to a milestone. Of those that are closed it is told where
/// that of those that are open is.
const fn governed_by(milestone: Milestone) -> (Table, &'static str) {
    match milestone {
        Milestone::Acknowledged => (Table::Acknowledged, "ended"),
        Milestone::Contacted => (Table::Contacted, "ended"),
        Milestone::Responded => (Table::Responded, "ended"),
        Milestone::Decided => (Table::Outcome, "decided"),
        Milestone::Agreed => (Table::Outcome, "agreed"),
        Milestone::Appealed => (Table::Appealed, "appealed"),
        Milestone::Closed => (Table::Outcome, "open"),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "there are fewer complaints and days than a float tells apart"
)]
pub(super) fn took(counts: &BTreeMap<u32, u64>) -> Option<Took> {
    let all: u64 = counts.values().sum();
    let nth = |nth: u64| {
        let mut so_far = 0;
        let reaches = |(_, count): &(&u32, &u64)| {
            so_far += **count;
            so_far >= nth
        };
        counts.iter().find(reaches).map(|(days, _)| *days)
    };
    let sum: u64 = counts
        .iter()
        .map(|(days, count)| u64::from(*days) * count)
        .sum();
    let (lower, upper) = (nth(all.div_ceil(2))?, nth(all / 2 + 1)?);
    Some(Took {
        mean: sum as f64 / all as f64,
        median: f64::midpoint(f64::from(lower), f64::from(upper)),
        p90: nth((all * 9).div_ceil(10))?,
    })
}
