//! The figures of one year as they may be told: every door takes them from here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use wederhoor_procedure::figures::{
    CellKey, Milestone, Table,
    publishing::{Row, Suppression},
};
use wederhoor_store::Cells;

use super::spans::YearOfSpans;

/// The smallest number of complaints that is told.
pub const SMALLEST_TOLD: u64 = 5;

/// The values of a table, by their codes.
pub(super) type Values = BTreeMap<Table, Vec<String>>;

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
    rows: BTreeMap<(Table, String), Row>,
}

impl<'a> Published<'a> {
    /// All tables together: what is told of one depends on what is told of those that it divides.
    pub(super) fn of(spans: YearOfSpans, cells: &'a Cells, values: &'a Values) -> Self {
        let mut published = Self {
            spans,
            cells,
            values,
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
            threshold: SMALLEST_TOLD,
        }
    }

    fn publish(&mut self, table: Table) {
        if matches!(table, Table::Filed | Table::Days | Table::WorkingDays) {
            return;
        }
        let (parent, value) = table.parent().unwrap_or((Table::Filed, ""));
        let codes = self.values.get(&table).cloned().unwrap_or_default();
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
        let span = &self.spans.all[span];
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for (key, count) in self.cells {
            let is_within = span.starts_on <= key.month && key.month <= span.ends_on;
            if is_within && key.table == days && key.value == code {
                *counts.entry(key.days).or_default() += count.unsigned_abs();
            }
        }
        took(&counts).filter(|_| counts.values().sum::<u64>() >= SMALLEST_TOLD)
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
