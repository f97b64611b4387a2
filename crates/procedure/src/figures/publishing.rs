//! Which cells of the sums may be told, so that nobody learns anything of a few people.
//!
//! All tables divide the same complaints, or those of one cell of another table, and are told for months, and for quarters and
//! years that are made of these. A cell that is smaller than the threshold is never told, be it empty, and so many others with
//! it that, by all that is told of every table together, it could still be anything from nothing up to just below the threshold.
//!
//! Why that is so: what is told fixes, for each span, the sum of what is not. Within one span (`Suppression::pool`) at least two
//! cells are left out, which add up to the threshold or more, so that each can take what another has. Between a span and its
//! parts, whatever is left out of one part is left out of all of them (`Within`): what is not told is then a whole
//! rectangle of which at most the sums of rows and columns are known, and of those it is known how far each of their cells can
//! go. Tables of the same complaints have nothing in common but those complaints, so that each can give way by itself.

use std::collections::BTreeSet;

/// Spans of time, each made of the ones below it: the first are roots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    parents: Vec<Option<usize>>,
}

impl Spans {
    /// Adds a span below another that was added before, or a root.
    pub fn add(&mut self, parent: Option<usize>) -> usize {
        self.parents.push(parent);
        self.parents.len() - 1
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// The one that a span is a part of.
    pub fn parent(&self, span: usize) -> Option<usize> {
        self.parents[span]
    }

    fn parts(&self, span: usize) -> Vec<usize> {
        let all = 0..self.len();
        all.filter(|one| self.parents[*one] == Some(span)).collect()
    }

    /// Those that are made of others, after what they are part of.
    fn made_of_others(&self) -> Vec<usize> {
        let made: BTreeSet<usize> = self.parents.iter().filter_map(|parent| *parent).collect();
        made.into_iter().collect()
    }
}

/// The counts of one row, span by span, and which of them may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How many, in each span.
    pub counts: Vec<u64>,
    /// Whether that may be told, in each span.
    pub is_told: Vec<bool>,
}

/// What is left out, and why: one threshold for all tables.
#[derive(Clone, Copy, Debug)]
pub struct Suppression<'a> {
    /// The spans that are told of.
    pub spans: &'a Spans,
    /// The smallest count that is told.
    pub threshold: u64,
}

impl Suppression<'_> {
    /// Which counts of all complaints may be told.
    pub fn totals(&self, counts: Vec<u64>) -> Row {
        let mut is_told = vec![false; counts.len()];
        for span in 0..counts.len() {
            if self.spans.parent(span).is_none() {
                is_told[span] = counts[span] >= self.threshold;
            }
        }
        for span in self.spans.made_of_others() {
            if !is_told[span] {
                continue;
            }
            let parts = self.spans.parts(span);
            let of_parts: Vec<u64> = parts.iter().map(|part| counts[*part]).collect();
            let hidden = self.pool(&of_parts);
            for (at, part) in parts.into_iter().enumerate() {
                is_told[part] = !hidden.contains(&at);
            }
        }
        Row { counts, is_told }
    }

    /// Which counts of a table may be told, whose rows divide `total`.
    pub fn table(&self, total: &Row, rows: Vec<Vec<u64>>) -> Vec<Row> {
        let mut within = Within {
            of: *self,
            total,
            hidden: vec![BTreeSet::new(); self.spans.len()],
            rows: &rows,
        };
        within.settle();
        let hidden = within.hidden;
        let told = |(at, counts): (usize, Vec<u64>)| Row {
            is_told: (0..counts.len())
                .map(|span| !hidden[span].contains(&at))
                .collect(),
            counts,
        };
        rows.into_iter().enumerate().map(told).collect()
    }

    /// Which of these counts are left out where their sum is told: the small ones, and the smallest others with them until each
    /// can be anything below the threshold.
    fn pool(&self, counts: &[u64]) -> BTreeSet<usize> {
        let small = |at: &usize| counts[*at] < self.threshold;
        let mut hidden: BTreeSet<usize> = (0..counts.len()).filter(small).collect();
        while !hidden.is_empty() && hidden.len() < counts.len() && !self.hides(counts, &hidden) {
            hidden.extend(smallest(counts, &hidden));
        }
        hidden
    }

    fn hides(&self, counts: &[u64], hidden: &BTreeSet<usize>) -> bool {
        let all = || hidden.iter().map(|at| counts[*at]);
        // Who knows that something cannot occur must not learn what the only other is.
        let is_lone = |count: u64| 0 < count && count < self.threshold;
        let others = all().filter(|count| *count > 0).count();
        hidden.len() > 1
            && all().sum::<u64>() >= self.threshold
            && (others > 1 || !all().any(is_lone))
    }
}

/// A table on the way to being settled.
struct Within<'a> {
    of: Suppression<'a>,
    total: &'a Row,
    /// The rows that are not told, in each span.
    hidden: Vec<BTreeSet<usize>>,
    rows: &'a [Vec<u64>],
}

impl Within<'_> {
    fn settle(&mut self) {
        for span in 0..self.of.spans.len() {
            if self.of.spans.parent(span).is_none() {
                let counts = self.counts_in(span);
                self.hidden[span] = if self.total.is_told[span] {
                    self.of.pool(&counts)
                } else {
                    self.all()
                };
            }
        }
        let made = self.of.spans.made_of_others();
        // Rows are only ever added to what is hidden, so that this comes to an end.
        while made.iter().any(|span| self.hides_more_within(*span)) {}
    }

    fn all(&self) -> BTreeSet<usize> {
        (0..self.rows.len()).collect()
    }

    fn counts_in(&self, span: usize) -> Vec<u64> {
        self.rows.iter().map(|row| row[span]).collect()
    }

    /// Hides rows in all parts of a span, until they hide each other; whether any was added.
    fn hides_more_within(&mut self, span: usize) -> bool {
        let parts = self.of.spans.parts(span);
        let before = self.hidden[parts[0]].clone();
        let mut rows = before.clone();
        rows.extend(&self.hidden[span]);
        if parts.iter().any(|part| !self.total.is_told[*part]) {
            rows = self.all();
        }
        for part in &parts {
            let small = |at: &usize| self.rows[*at][*part] < self.of.threshold;
            rows.extend((0..self.rows.len()).filter(small));
        }
        let counts = self.counts_in(span);
        let mut is_open = !self.are_hidden(span, &parts, &rows);
        while let Some(next) = smallest(&counts, &rows).filter(|_| is_open) {
            rows.insert(next);
            is_open = !self.are_hidden(span, &parts, &rows);
        }
        for part in parts {
            self.hidden[part].clone_from(&rows);
        }
        // All are hidden in the parts, and what is told of the whole tells too much of them.
        (is_open && self.hides_more_above(span)) || rows != before
    }

    /// Hides another row in a span, or where all are hidden there, in the one that it is part of; `false` where nothing of the
    /// table is told above, so that nothing is known of its rows.
    fn hides_more_above(&mut self, span: usize) -> bool {
        let mut here = Some(span);
        while let Some(span) = here {
            if let Some(row) = smallest(&self.counts_in(span), &self.hidden[span]) {
                self.hide(span, row);
                return true;
            }
            here = self.of.spans.parent(span);
        }
        false
    }

    /// Hides a row in a span, and in all spans beside it.
    fn hide(&mut self, span: usize, row: usize) {
        let Some(parent) = self.of.spans.parent(span) else {
            self.hidden[span].insert(row);
            let counts = self.counts_in(span);
            while !self.of.hides(&counts, &self.hidden[span]) {
                let Some(next) = smallest(&counts, &self.hidden[span]) else {
                    break;
                };
                self.hidden[span].insert(next);
            }
            return;
        };
        for beside in self.of.spans.parts(parent) {
            self.hidden[beside].insert(row);
        }
    }

    /// Whether each small cell of these rows, in these parts of a span, could be anything below the threshold: their rectangle
    /// is not told, at most the sums of its rows and columns are. One that is small, and not told either, could be anything
    /// small itself; any other is taken for known, told or not.
    fn are_hidden(&self, span: usize, parts: &[usize], rows: &BTreeSet<usize>) -> bool {
        let threshold = self.of.threshold;
        let sum_of = |part: usize| rows.iter().map(|row| self.rows[*row][part]).sum::<u64>();
        let all = sum_of(span);
        let of_parts: Vec<u64> = parts.iter().map(|part| sum_of(*part)).collect();
        rows.iter().all(|row| {
            let of_row = self.rows[*row][span];
            let is_loose_row = self.hidden[span].contains(row)
                && (of_row < threshold || self.of.spans.parent(span).is_none());
            parts.iter().zip(&of_parts).all(|(part, &of_part)| {
                if self.rows[*row][*part] >= threshold {
                    return true;
                }
                let is_loose_part = !self.total.is_told[*part] && of_part < threshold;
                let can_be_most = (is_loose_row || of_row + 1 >= threshold)
                    && (is_loose_part || of_part + 1 >= threshold);
                let can_be_none = is_loose_row || is_loose_part || of_row + of_part <= all;
                can_be_most && can_be_none
            })
        })
    }
}

/// The smallest of those that are not among these yet.
fn smallest(counts: &[u64], besides: &BTreeSet<usize>) -> Option<usize> {
    let others = (0..counts.len()).filter(|at| !besides.contains(at));
    others.min_by_key(|at| counts[*at])
}

#[cfg(test)]
mod tests;
