use std::collections::BTreeSet;

use chrono::NaiveDate;
use wederhoor_procedure::figures::{CellKey, Milestone, Table};

use super::*;

fn is_stable_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(fits)
}

#[test]
fn datasets_and_columns_are_found_by_names_of_their_own() {
    let names: BTreeSet<_> = DATASETS.iter().map(|one| one.name).collect();
    assert_eq!(names.len(), DATASETS.len());
    assert_eq!(dataset("complainants"), None);
    for one in DATASETS {
        assert_eq!(dataset(one.name), Some(one));
        let columns: BTreeSet<_> = one.columns.iter().map(|column| column.name).collect();
        assert_eq!(columns.len(), one.columns.len(), "{}", one.name);
        let words = one.columns.iter().map(|column| column.description);
        for words in words.chain([one.title]) {
            assert!(!words.nl.is_empty() && !words.en.is_empty() && words.nl != words.en);
        }
        assert!(
            !one.key.is_empty() && one.key.iter().all(|name| columns.contains(name)),
            "{}",
            one.name
        );
        for name in columns.into_iter().chain([one.name]) {
            assert!(is_stable_name(name), "{name}");
        }
    }
}

#[test]
fn a_place_is_found_again_by_its_text() {
    let fact = wederhoor_store::FactPlace {
        filed_on: day("2026-03-02"),
        row_key: uuid::Uuid::from_u128(7),
    };
    for after in [
        dataset::After::Number(12),
        dataset::After::InYear(2026, 17),
        dataset::After::Fact(fact),
        dataset::After::Term(None, 3),
        dataset::After::Term(Some(fact), 0),
    ] {
        let place = DatasetPlace(after);
        assert_eq!(DatasetPlace::from_text(&place.to_text()), Some(place));
    }
    for text in [
        "",
        "n",
        "-1",
        "07",
        "y+1.0",
        "y2026",
        "f2026-03-02",
        "t1",
        "t1.x",
        "é1",
        "x1",
        "f2026-13-02.0",
        "f-2026-03-02.00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(DatasetPlace::from_text(text), None, "{text}");
    }
}

#[test]
fn a_cell_fits_its_own_kind_of_column_only() {
    let kinds = [
        ColumnKind::Text,
        ColumnKind::Count,
        ColumnKind::Decimal,
        ColumnKind::Date,
        ColumnKind::Bool,
    ];
    let cells = [
        Cell::Text(String::new()),
        Cell::Count(1),
        Cell::Decimal(1.5),
        Cell::Date(NaiveDate::MIN),
        Cell::Bool(true),
    ];
    for (at, kind) in kinds.into_iter().enumerate() {
        let fitting: Vec<_> = (0..cells.len())
            .filter(|one| cells[*one].fits(kind))
            .collect();
        assert_eq!(fitting, [at]);
        assert!(Cell::Null.fits(kind) && Cell::Suppressed.fits(kind));
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn only_whole_spans_that_are_over_are_told_of_each_within_the_next_longer_one() {
    let spans = spans::YearOfSpans::of(2026, day("2026-08-01"));
    let told: Vec<_> = (0..spans.all.len())
        .map(|at| {
            let parent = spans.nested.parent(at);
            let parent = parent.map(|parent| spans.all[parent].starts_on.to_string());
            let span = &spans.all[at];
            (format!("{:?} {}", span.interval, span.ends_on), parent)
        })
        .collect();
    let (first, second) = (Some("2026-01-01".to_owned()), Some("2026-04-01".to_owned()));
    let expected = [
        ("Quarter 2026-03-31", None),
        ("Quarter 2026-06-30", None),
        ("Month 2026-01-31", first.clone()),
        ("Month 2026-02-28", first.clone()),
        ("Month 2026-03-31", first),
        ("Month 2026-04-30", second.clone()),
        ("Month 2026-05-31", second.clone()),
        ("Month 2026-06-30", second),
        ("Month 2026-07-31", None),
    ];
    assert_eq!(
        told,
        expected.map(|(span, parent)| (span.to_owned(), parent))
    );
    let months = |month: NaiveDate| u64::from(chrono::Datelike::month(&month));
    assert_eq!(spans.summed(months), [6, 15, 1, 2, 3, 4, 5, 6, 7]);
    let whole = spans::YearOfSpans::of(2025, day("2026-01-01"));
    assert_eq!(
        (whole.all.len(), whole.all[0].interval),
        (17, Interval::Year)
    );
    assert_eq!(whole.summed(months)[0], 78);
    assert_eq!(
        spans::YearOfSpans::of(2025, day("2025-12-31")).all.len(),
        3 + 11
    );
}

/// So many complaints of January have a value.
fn cells(counts: &[(Table, &str, u32, i64)]) -> wederhoor_store::Cells {
    let cell = |(table, value, days, count): &(Table, &str, u32, i64)| {
        let (month, value) = (day("2025-01-01"), (*value).to_owned());
        let key = CellKey {
            month,
            table: *table,
            value,
            days: *days,
        };
        (key, *count)
    };
    counts.iter().map(cell).collect()
}

fn fixed_values() -> published::Values {
    let mut values = published::Values::default();
    for table in Table::ALL {
        for (code, _) in table.values() {
            values.add(*table, code);
        }
    }
    values
}

#[test]
fn how_long_it_took_is_told_exactly_and_of_no_few() {
    let took = |days: &[(u32, i64)], open: i64| {
        let closed: i64 = days.iter().map(|(_, count)| count).sum();
        let mut all = vec![
            (Table::Filed, "", 0, closed + open),
            (Table::Outcome, "open", 0, open),
            (Table::Outcome, "agreed", 0, closed),
        ];
        all.extend(
            days.iter()
                .map(|(days, count)| (Table::Days, "closed", *days, *count)),
        );
        let (cells, values) = (cells(&all), fixed_values());
        let spans = spans::YearOfSpans::of(2025, day("2025-02-01"));
        let published = published::Published::of(spans, &cells, &values, SMALLEST_TOLD);
        published.took(Milestone::Closed, Table::Days, 0)
    };
    let ten = [(2, 4), (3, 1), (10, 4), (40, 1)];
    let told = published::Took {
        mean: 9.1,
        median: 6.5,
        p90: 10,
    };
    assert_eq!(took(&ten, 20), Some(told));
    assert_eq!(
        took(&ten, 3),
        None,
        "how many are closed would tell how many are not"
    );
    assert_eq!(took(&[(2, 4)], 20), None, "of four nothing is told");
}

#[test]
fn the_middle_and_nine_of_ten_are_those_that_a_sorted_list_has() {
    for all in [
        vec![4],
        vec![1, 2],
        vec![7, 1, 3],
        (0..10).collect(),
        (0..21).rev().collect(),
    ] {
        let mut sorted: Vec<u32> = all.clone();
        sorted.sort_unstable();
        let mut counts = std::collections::BTreeMap::new();
        for days in &all {
            *counts.entry(*days).or_insert(0_u64) += 1;
        }
        let took = published::took(&counts).unwrap();
        let (half, last) = (sorted.len() / 2, sorted.len() - 1);
        let middle = f64::from(sorted[half] + sorted[last - half]) / 2.0;
        assert!((took.median - middle).abs() < 1e-9, "{all:?} {took:?}");
        let within = sorted.iter().filter(|days| **days <= took.p90).count();
        assert!(within * 10 >= sorted.len() * 9);
        let below = sorted.iter().filter(|days| **days < took.p90).count();
        assert!(below * 10 < sorted.len() * 9);
        let (sum, many) = (
            sorted.iter().sum::<u32>(),
            u32::try_from(sorted.len()).unwrap(),
        );
        assert!((took.mean * f64::from(many) - f64::from(sum)).abs() < 1e-9);
    }
    assert_eq!(published::took(&std::collections::BTreeMap::new()), None);
}
