use std::collections::BTreeSet;

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
        for name in columns.into_iter().chain([one.name]) {
            assert!(is_stable_name(name), "{name}");
        }
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
        Cell::Date(chrono::NaiveDate::MIN),
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
