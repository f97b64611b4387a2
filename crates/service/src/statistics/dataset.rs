//! The registry of datasets: what each is called, of which columns it is made, and how its rows are read, page by page.

use chrono::{Datelike, NaiveDate};
use wederhoor_procedure::{Words, figures::Table};
use wederhoor_store::FactPlace;

use super::{aggregates, policy_versions, rows};
use crate::{Request, ServiceError};

/// How many rows are read at most for a page.
pub const LARGEST_PAGE: usize = 1_000;

/// A table that is offered to readers of figures. Its name and the order of its columns never change; columns may be added
/// at the end.
#[derive(Debug, PartialEq, Eq)]
pub struct Dataset {
    /// Stable, in lower case, fit for an address.
    pub name: &'static str,
    /// Who may read it.
    pub kind: DatasetKind,
    /// What it is called.
    pub title: Words,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// The columns by which its rows are told apart: dimensions that are never empty.
    pub key: &'static [&'static str],
    source: Source,
}

/// What a dataset tells, and so who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatasetKind {
    /// Counts over whole months, small ones suppressed, and what they are counted by: nothing of one complaint.
    Aggregate,
    /// A row for each complaint, without a person and without text: only for whom that was granted apart.
    Rows,
}

/// A column of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable, in lower case.
    pub name: &'static str,
    /// What its cells hold, where they hold anything.
    pub kind: ColumnKind,
    /// Whether it is counted by, or counted.
    pub role: ColumnRole,
    /// What it tells.
    pub description: Words,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, or a code.
    Text,
    /// A whole number.
    Count,
    /// A number with a fraction.
    Decimal,
    /// A civil date.
    Date,
    /// Yes or no.
    Bool,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    /// It tells what a row is about.
    Dimension,
    /// It tells how much there is of it.
    Measure,
}

/// One cell of a row; of its column's kind, or none.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// There is nothing to tell.
    Null,
    /// There is, and it is not told, so that nobody is recognised.
    Suppressed,
    /// Words, or a code.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// A civil date.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
}

impl Cell {
    /// Whether it may stand in a column of this kind.
    pub const fn fits(&self, kind: ColumnKind) -> bool {
        matches!(
            (self, kind),
            (Self::Null | Self::Suppressed, _)
                | (Self::Text(_), ColumnKind::Text)
                | (Self::Count(_), ColumnKind::Count)
                | (Self::Decimal(_), ColumnKind::Decimal)
                | (Self::Date(_), ColumnKind::Date)
                | (Self::Bool(_), ColumnKind::Bool)
        )
    }
}

/// Some rows of a dataset, in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct DatasetPage {
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Where the next page begins; `None` after the last row.
    pub next: Option<DatasetPlace>,
}

/// A place between two rows of a dataset. It means nothing in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetPlace(pub(super) After);

impl DatasetPlace {
    /// As text, by which to come back to it. It names nothing that the dataset does not.
    pub fn to_text(&self) -> String {
        let fact = |place: &FactPlace| format!("{}.{}", place.filed_on, place.row_key);
        match &self.0 {
            After::Number(number) => number.to_string(),
            After::InYear(year, seen) => format!("y{year}.{seen}"),
            After::Fact(place) => format!("f{}", fact(place)),
            After::Term(place, seen) => {
                let place = place.as_ref().map_or_else(String::new, fact);
                format!("t{seen}.{place}")
            }
        }
    }

    /// What was written so; `None` of anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        let kind = text.chars().next()?;
        let parts = text.get(1..).and_then(|rest| rest.split_once('.'));
        let after = match (kind, parts) {
            ('y', Some((year, seen))) => After::InYear(year.parse().ok()?, seen.parse().ok()?),
            ('f', Some((filed_on, row_key))) => After::Fact(fact_place(filed_on, row_key)?),
            ('t', Some((seen, ""))) => After::Term(None, seen.parse().ok()?),
            ('t', Some((seen, place))) => {
                let (filed_on, row_key) = place.split_once('.')?;
                After::Term(Some(fact_place(filed_on, row_key)?), seen.parse().ok()?)
            }
            _ => After::Number(text.parse().ok()?),
        };
        let place = Self(after);
        (place.to_text() == text).then_some(place)
    }
}

/// What no database has as a day is no place.
fn fact_place(filed_on: &str, row_key: &str) -> Option<FactPlace> {
    let filed_on: NaiveDate = filed_on.parse().ok()?;
    let row_key = row_key.parse().ok()?;
    let is_day = (1..=9999).contains(&filed_on.year());
    is_day.then_some(FactPlace { filed_on, row_key })
}

/// After which row a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// After the row of that number.
    Number(u32),
    /// After so many rows of a year.
    InYear(i32, usize),
    /// After the row of that complaint.
    Fact(FactPlace),
    /// After so many rows of the complaint that follows that one, or of the first.
    Term(Option<FactPlace>, usize),
}

/// Where the rows of a dataset come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    PolicyVersions,
    Counts(Table),
    Days,
    Complaints,
    Terms,
}

/// Every dataset there is.
pub const DATASETS: &[Dataset] = &[
    Dataset {
        name: "policy_versions",
        kind: DatasetKind::Aggregate,
        title: Words {
            nl: "Versies van de klachtenregeling",
            en: "Versions of the complaints regulation",
        },
        columns: policy_versions::COLUMNS,
        key: &["policy_version"],
        source: Source::PolicyVersions,
    },
    counts("complaints", Table::Filed),
    counts("complaints_by_outcome", Table::Outcome),
    counts("agreements_in_time", Table::AgreedInTime),
    counts("decisions_in_time", Table::DecidedInTime),
    counts("decisions_on_appeal", Table::OnAppeal),
    counts("complaints_by_channel", Table::Channel),
    counts("complaints_by_course_type", Table::CourseType),
    counts("complaints_by_course", Table::Course),
    counts("complaints_by_cause", Table::Cause),
    counts("complaints_by_policy_version", Table::Policy),
    counts("acknowledgements", Table::Acknowledged),
    counts("acknowledgements_in_time", Table::AcknowledgedInTime),
    counts("contacts", Table::Contacted),
    counts("contacts_in_time", Table::ContactedInTime),
    counts("responses", Table::Responded),
    counts("responses_in_time", Table::RespondedInTime),
    counts("appeals", Table::Appealed),
    counts("ratings", Table::Satisfaction),
    counts("scores", Table::Score),
    counts("measures", Table::Measures),
    counts("measures_done", Table::MeasuresDone),
    counts("recurrences", Table::Recurrence),
    Dataset {
        name: "days",
        kind: DatasetKind::Aggregate,
        title: Words {
            nl: "Doorlooptijden",
            en: "Durations",
        },
        columns: aggregates::DAYS,
        key: &["interval", "starts_on", "milestone"],
        source: Source::Days,
    },
    Dataset {
        name: "fact_complaint",
        kind: DatasetKind::Rows,
        title: Words {
            nl: "Klachten, regel voor regel",
            en: "Complaints, row by row",
        },
        columns: rows::COMPLAINTS,
        key: &["complaint_key"],
        source: Source::Complaints,
    },
    Dataset {
        name: "fact_term",
        kind: DatasetKind::Rows,
        title: Words {
            nl: "Termijnen, regel voor regel",
            en: "Terms, row by row",
        },
        columns: rows::TERMS,
        key: &["complaint_key", "term", "instance"],
        source: Source::Terms,
    },
];

/// How many complaints have which value in a table.
const fn counts(name: &'static str, table: Table) -> Dataset {
    Dataset {
        name,
        kind: DatasetKind::Aggregate,
        title: table.entry().name,
        columns: aggregates::COUNTS,
        key: &["interval", "starts_on", "value"],
        source: Source::Counts(table),
    }
}

/// The dataset of that name.
pub fn dataset(name: &str) -> Option<&'static Dataset> {
    DATASETS.iter().find(|dataset| dataset.name == name)
}

impl Request {
    /// At most `limit` rows of a dataset after a place, never more than [`LARGEST_PAGE`]. The order is the same whenever it
    /// is asked, so that no row is met twice.
    ///
    /// # Errors
    /// `NotAllowed` for who may not read it; `Unauthenticated` for who is in no organisation.
    pub async fn dataset_page(
        &self,
        dataset: &'static Dataset,
        after: Option<&DatasetPlace>,
        limit: usize,
    ) -> Result<DatasetPage, ServiceError> {
        self.require_readable(dataset.kind)?;
        let (after, limit) = (after.map(|place| &place.0), limit.min(LARGEST_PAGE));
        match dataset.source {
            Source::PolicyVersions => self.policy_version_rows(after, limit).await,
            Source::Counts(table) => self.aggregate_rows(Some(table), after, limit).await,
            Source::Days => self.aggregate_rows(None, after, limit).await,
            Source::Complaints => self.complaint_rows(after, limit).await,
            Source::Terms => self.term_rows(after, limit).await,
        }
    }
}
