//! An adversary who knows all that is told of all tables, and what divides what, and draws every conclusion from it.

mod attack;

use proptest::prelude::*;

use super::*;
use attack::{Knowledge, float};

/// Rows by which each complaint is counted: three channels, three outcomes, and of the first outcome two ways.
const ROWS: usize = 8;
const CHANNELS: std::ops::Range<usize> = 0..3;
const OUTCOMES: std::ops::Range<usize> = 3..6;
const WAYS: std::ops::Range<usize> = 6..8;

/// A year of two halves, each of two months or three, or months alone.
fn spans(shape: usize) -> Spans {
    let mut spans = Spans::default();
    match shape {
        0 => {
            spans.add(None);
            spans.add(None);
        }
        1 => {
            let quarter = spans.add(None);
            for _ in 0..3 {
                spans.add(Some(quarter));
            }
        }
        _ => {
            let year = spans.add(None);
            for months in [2, shape] {
                let half = spans.add(Some(year));
                for _ in 0..months {
                    spans.add(Some(half));
                }
            }
        }
    }
    spans
}

fn leaves(spans: &Spans) -> Vec<usize> {
    let is_leaf = |span: &usize| spans.parts(*span).is_empty();
    (0..spans.len()).filter(is_leaf).collect()
}

/// The leaves that a span is made of, by their place among all leaves.
fn months_of(spans: &Spans, span: usize) -> Vec<usize> {
    let within = |leaf: usize| {
        let mut at = Some(leaf);
        while let Some(here) = at {
            if here == span {
                return true;
            }
            at = spans.parent(here);
        }
        false
    };
    let all = leaves(spans);
    (0..all.len()).filter(|at| within(all[*at])).collect()
}

/// How many there are in each span, from how many there are in each leaf.
fn summed(spans: &Spans, of_leaves: &[u64]) -> Vec<u64> {
    let sum = |span| months_of(spans, span).iter().map(|at| of_leaves[*at]).sum();
    (0..spans.len()).map(sum).collect()
}

/// A complaint: its channel, its outcome, and the way to the first outcome.
type Made = (usize, usize, usize);

fn complaints(months: usize) -> impl Strategy<Value = Vec<Vec<Made>>> {
    let channel = prop_oneof![5 => Just(0_usize), 3 => Just(1), 1 => Just(2)];
    let outcome = prop_oneof![5 => Just(0_usize), 2 => Just(1), 1 => Just(2)];
    let way = prop_oneof![4 => Just(0_usize), 1 => Just(1)];
    let one = (channel, outcome, way);
    let month = prop_oneof![
        1 => prop::collection::vec(one.clone(), 0..6),
        3 => prop::collection::vec(one, 0..40),
    ];
    prop::collection::vec(month, months)
}

/// How many of each row there are in each leaf.
fn counted(months: &[Vec<Made>]) -> Vec<Vec<u64>> {
    let mut rows = vec![vec![0; months.len()]; ROWS];
    for (at, month) in months.iter().enumerate() {
        for (channel, outcome, way) in month {
            rows[CHANNELS.start + channel][at] += 1;
            rows[OUTCOMES.start + outcome][at] += 1;
            if *outcome == 0 {
                rows[WAYS.start + way][at] += 1;
            }
        }
    }
    rows
}

/// What is told: the total, then each row.
fn told(spans: &Spans, rows: &[Vec<u64>], threshold: u64) -> (Row, Vec<Row>) {
    let suppression = Suppression { spans, threshold };
    let all = |range: std::ops::Range<usize>| -> Vec<Vec<u64>> {
        range.map(|row| summed(spans, &rows[row])).collect()
    };
    let total = rows[CHANNELS]
        .iter()
        .fold(vec![0; rows[0].len()], |sum, row| {
            sum.iter()
                .zip(row)
                .map(|(one, other)| one + other)
                .collect()
        });
    let total = suppression.totals(summed(spans, &total));
    let mut told = suppression.table(&total, all(CHANNELS));
    let outcomes = suppression.table(&total, all(OUTCOMES));
    let ways = suppression.table(&outcomes[0], all(WAYS));
    told.extend(outcomes);
    told.extend(ways);
    (total, told)
}

fn shapes() -> impl Strategy<Value = (usize, Vec<Vec<Made>>)> {
    (0..4_usize).prop_flat_map(|shape| {
        let months = leaves(&spans(shape)).len();
        (Just(shape), complaints(months))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_told_a_small_cell_could_be_anything_small(
        (shape, months) in shapes(),
        threshold in 3..7_u64,
    ) {
        let spans = spans(shape);
        let rows = counted(&months);
        let (total, told) = told(&spans, &rows, threshold);
        let mut known = Knowledge::of(ROWS, months.len());
        for month in 0..months.len() {
            known.are_equal(month, CHANNELS, OUTCOMES);
            known.are_equal(month, WAYS, OUTCOMES.start..OUTCOMES.start + 1);
        }
        let all = [(CHANNELS, &total)].into_iter();
        let all: Vec<_> = all.chain((0..ROWS).map(|row| (row..row + 1, &told[row]))).collect();
        for (rows, row) in &all {
            for span in (0..spans.len()).filter(|span| row.is_told[*span]) {
                prop_assert!(row.counts[span] >= threshold);
                known.is(rows.clone(), &months_of(&spans, span), row.counts[span]);
            }
        }
        let known = known.settled();
        for (rows, row) in &all {
            for span in 0..spans.len() {
                if row.counts[span] < threshold {
                    let (least, most) = known.bounds(rows.clone(), &months_of(&spans, span));
                    prop_assert!(least < 1e-6, "{rows:?} in {span} is at least {least}: {all:?}");
                    prop_assert!(most > float(threshold) - 1.0 - 1e-6, "{rows:?} in {span} is at most {most}: {all:?}");
                }
            }
        }
    }
}

#[test]
fn what_is_large_is_told_everywhere() {
    let spans = spans(3);
    let month: Vec<Made> = (0..60).map(|at| (at % 3, at / 3 % 3, at / 9 % 2)).collect();
    let rows = counted(&vec![month; 5]);
    let (total, told) = told(&spans, &rows, 5);
    assert!(total.is_told.iter().all(|told| *told));
    assert!(told.iter().all(|row| row.is_told.iter().all(|told| *told)));
}

#[test]
fn a_year_is_told_where_its_months_are_too_small() {
    let spans = spans(3);
    let month: Vec<Made> = (0..6).map(|at| (at % 2, at % 2, at / 2 % 2)).collect();
    let rows = counted(&vec![month; 5]);
    let (total, told) = told(&spans, &rows, 5);
    assert!(total.is_told.iter().all(|told| *told));
    let channel = &told[CHANNELS.start];
    assert_eq!(channel.counts[0], 15);
    assert!(
        !channel.is_told[0],
        "the third channel would be known to be empty"
    );
    let ways = &told[WAYS.start..];
    assert!(
        ways.iter().all(|way| way.is_told.iter().all(|told| !told)),
        "their sum is not told"
    );
}
