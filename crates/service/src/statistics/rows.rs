//! The datasets of rows: one of each complaint, and one of each term of the organisation, without a person and without a text, in
//! the order of filing. A row is known by a key that was drawn at random for it, and by nothing that is found elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use wederhoor_procedure::{
    Words,
    figures::{Milestone, Reached, Table, TermFigure, values},
};
use wederhoor_store::FactRecord;

use super::dataset::{After, Cell, Column, ColumnKind, ColumnRole, DatasetPage, DatasetPlace};
use crate::{Request, ServiceError, facts::word, reading::Reading};

/// What others may know of a complaint beforehand: by a value that few have, its row could be found.
const KNOWN_ELSEWHERE: [Table; 4] = [Table::Channel, Table::Course, Table::Cause, Table::Policy];
/// The tables in whose columns a complaint has a value, in order.
const VALUES: [Table; 20] = [
    Table::Channel,
    Table::Course,
    Table::Cause,
    Table::Policy,
    Table::Outcome,
    Table::AgreedInTime,
    Table::DecidedInTime,
    Table::OnAppeal,
    Table::Acknowledged,
    Table::AcknowledgedInTime,
    Table::Contacted,
    Table::ContactedInTime,
    Table::Responded,
    Table::RespondedInTime,
    Table::Appealed,
    Table::Satisfaction,
    Table::Score,
    Table::Measures,
    Table::MeasuresDone,
    Table::Recurrence,
];

const fn column(
    name: &'static str,
    kind: ColumnKind,
    role: ColumnRole,
    nl: &'static str,
    en: &'static str,
) -> Column {
    let description = Words { nl, en };
    Column {
        name,
        kind,
        role,
        description,
    }
}

const fn value_in(table: Table) -> Column {
    let entry = table.entry();
    Column {
        name: entry.code,
        kind: ColumnKind::Text,
        role: ColumnRole::Dimension,
        description: entry.definition,
    }
}

const KEY: Column = column(
    "complaint_key",
    ColumnKind::Text,
    ColumnRole::Dimension,
    "De sleutel van de klacht in deze tabellen: willekeurig, en nergens anders te vinden",
    "The key of the complaint in these tables: random, and found nowhere else",
);

const FILED: [Column; 4] = [
    KEY,
    column(
        "filed_on",
        ColumnKind::Date,
        ColumnRole::Dimension,
        "De dag van binnenkomst",
        "The day of filing",
    ),
    column(
        "is_admitted",
        ColumnKind::Bool,
        ColumnRole::Dimension,
        "Of de klacht inhoudelijk wordt behandeld; leeg zolang daarover niet is beslist",
        "Whether it is treated on its merits; empty until that is decided",
    ),
    column(
        "instance",
        ColumnKind::Count,
        ColumnRole::Dimension,
        "De instantie die de klacht heeft, of het laatst had, vanaf 1",
        "The instance that has it, or had it last, from 1",
    ),
];

macro_rules! reached {
    ($($milestone:ident $code:literal),*) => {
        [$([
            Column {
                name: concat!($code, "_on"),
                kind: ColumnKind::Date,
                role: ColumnRole::Dimension,
                description: Milestone::$milestone.entry().definition,
            },
            column(
                concat!($code, "_days"),
                ColumnKind::Count,
                ColumnRole::Measure,
                "Na hoeveel dagen van de kalender; de dag van binnenkomst telt niet",
                "After how many days of the calendar; the day of filing does not count",
            ),
            column(
                concat!($code, "_working_days"),
                ColumnKind::Count,
                ColumnRole::Measure,
                "Na hoeveel werkdagen, volgens de kalender van toen",
                "After how many working days, by the calendar as it stood then",
            ),
        ]),*]
    };
}

const REACHED: [[Column; 3]; Milestone::ALL.len()] = reached!(
    Acknowledged "acknowledged",
    Contacted "contacted",
    Responded "responded",
    Decided "decided",
    Agreed "agreed",
    Appealed "appealed",
    Closed "closed"
);

const MEASURES: [Column; 4] = [
    column(
        "open_measures",
        ColumnKind::Count,
        ColumnRole::Measure,
        "Maatregelen die nog niet zijn uitgevoerd",
        "Measures that are not done yet",
    ),
    column(
        "done_measures",
        ColumnKind::Count,
        ColumnRole::Measure,
        "Maatregelen die zijn uitgevoerd",
        "Measures that are done",
    ),
    column(
        "effective_measures",
        ColumnKind::Count,
        ColumnRole::Measure,
        "Maatregelen die effectief bleken",
        "Measures that proved effective",
    ),
    column(
        "recurred_measures",
        ColumnKind::Count,
        ColumnRole::Measure,
        "Maatregelen waarna het zich herhaalde",
        "Measures after which it recurred",
    ),
];

const LAST_REACHED: usize = FILED.len() + VALUES.len() + 3 * REACHED.len();

pub(super) const COMPLAINTS: &[Column] = &{
    let mut all = [KEY; LAST_REACHED + MEASURES.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < FILED.len() {
            FILED[at]
        } else if at < FILED.len() + VALUES.len() {
            value_in(VALUES[at - FILED.len()])
        } else if at < LAST_REACHED {
            let nth = at - FILED.len() - VALUES.len();
            REACHED[nth / 3][nth % 3]
        } else {
            MEASURES[at - LAST_REACHED]
        };
        at += 1;
    }
    all
};

pub(super) const TERMS: &[Column] = &[
    KEY,
    column(
        "term",
        ColumnKind::Text,
        ColumnRole::Dimension,
        "Waarvoor de termijn is: acknowledged, contacted, responded, decided of agreed",
        "What the term is for: acknowledged, contacted, responded, decided or agreed",
    ),
    column(
        "instance",
        ColumnKind::Count,
        ColumnRole::Dimension,
        "De instantie waarvan de termijn is, vanaf 1",
        "The instance whose term it is, from 1",
    ),
    column(
        "started_on",
        ColumnKind::Date,
        ColumnRole::Dimension,
        "De dag waarop de termijn begint; die telt niet mee",
        "The day from which it runs, which does not count",
    ),
    column(
        "due_on",
        ColumnKind::Date,
        ColumnRole::Dimension,
        "De laatste dag die geldt, met verlengingen",
        "The last day that holds, extensions included",
    ),
    column(
        "met_on",
        ColumnKind::Date,
        ColumnRole::Dimension,
        "De dag waarop het is gedaan",
        "The day on which that was done",
    ),
    column(
        "state",
        ColumnKind::Text,
        ColumnRole::Dimension,
        "running: loopt nog, ook na de laatste dag; on_time: gehaald; late: niet gehaald; void: niet meer nodig",
        "running: still runs, also after its last day; on_time: kept; late: not kept; void: nothing was owed any more",
    ),
];

/// The values of tables that so few complaints have that they are not told.
type Small = BTreeSet<(Table, String)>;

impl Request {
    /// A row for each complaint.
    pub(super) async fn complaint_rows(
        &self,
        after: Option<&After>,
        limit: usize,
    ) -> Result<DatasetPage, ServiceError> {
        let place = match after {
            Some(After::Fact(place)) => Some(*place),
            _ => None,
        };
        let (_, threshold) = self.today_and_threshold().await?;
        let reading = self.reading().await?;
        let small = small(&reading, threshold).await?;
        let mut facts = reading.tx.facts(place, one_more(limit)).await?;
        let has_more = facts.len() > limit;
        facts.truncate(limit);
        let next = facts.last().filter(|_| has_more).map(FactRecord::place);
        let next = next.map(|place| DatasetPlace(After::Fact(place)));
        let rows = facts
            .iter()
            .map(|fact| complaint_row(fact, &small))
            .collect();
        Ok(DatasetPage { rows, next })
    }

    /// A row for each term of each complaint.
    pub(super) async fn term_rows(
        &self,
        after: Option<&After>,
        limit: usize,
    ) -> Result<DatasetPage, ServiceError> {
        let (mut place, mut seen) = match after {
            Some(After::Term(place, seen)) => (*place, *seen),
            _ => (None, 0),
        };
        let reading = self.reading().await?;
        let facts = reading.tx.facts(place, one_more(limit)).await?;
        let has_more = facts.len() > limit;
        let mut rows = Vec::new();
        for fact in facts.iter().take(limit) {
            let left = fact.figures.terms.iter().skip(seen);
            let room = limit - rows.len();
            let told = left.clone().take(room).map(|term| term_row(fact, term));
            rows.extend(told.collect::<Result<Vec<_>, _>>()?);
            if left.count() > room {
                let next = Some(DatasetPlace(After::Term(place, seen + room)));
                return Ok(DatasetPage { rows, next });
            }
            (place, seen) = (Some(fact.place()), 0);
        }
        let next = has_more.then_some(DatasetPlace(After::Term(place, 0)));
        Ok(DatasetPage { rows, next })
    }
}

fn one_more(limit: usize) -> u64 {
    u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1)
}

/// Of the values that others may know, those that fewer complaints have than are told.
async fn small(reading: &Reading, threshold: u64) -> Result<Small, ServiceError> {
    let first = reading.tx.first_counted_month().await?;
    let Some(ever) = first.zip(NaiveDate::from_ymd_opt(9999, 12, 1)) else {
        return Ok(Small::new());
    };
    let mut counted = BTreeMap::new();
    for (key, count) in reading.tx.cells(&KNOWN_ELSEWHERE, ever).await? {
        *counted.entry((key.table, key.value)).or_insert(0) += count.unsigned_abs();
    }
    counted.retain(|_, count| *count < threshold);
    Ok(counted.into_keys().collect())
}

fn complaint_row(fact: &FactRecord, small: &Small) -> Vec<Cell> {
    let figures = &fact.figures;
    let told = values(figures);
    let value = |table: Table| match told.get(&table) {
        None => Cell::Null,
        Some(value) if small.contains(&(table, value.clone())) => Cell::Suppressed,
        Some(value) => Cell::Text(value.clone()),
    };
    let mut row = vec![
        Cell::Text(fact.row_key.to_string()),
        Cell::Date(figures.filed_on),
        figures.is_admitted.map_or(Cell::Null, Cell::Bool),
        Cell::Count(i64::from(figures.instance) + 1),
    ];
    row.extend(VALUES.map(value));
    for milestone in Milestone::ALL {
        row.extend(match figures.milestones.get(&milestone) {
            None => [Cell::Null, Cell::Null, Cell::Null],
            Some(Reached {
                on,
                days,
                working_days,
            }) => [
                Cell::Date(*on),
                Cell::Count((*days).into()),
                Cell::Count((*working_days).into()),
            ],
        });
    }
    let measures = figures.measures;
    let counts = [
        measures.open,
        measures.done,
        measures.effective,
        measures.recurred,
    ];
    row.extend(counts.map(|count| Cell::Count(count.into())));
    row
}

fn term_row(fact: &FactRecord, term: &TermFigure) -> Result<Vec<Cell>, ServiceError> {
    Ok(vec![
        Cell::Text(fact.row_key.to_string()),
        Cell::Text(word(&term.kind)?),
        Cell::Count(i64::from(term.instance) + 1),
        Cell::Date(term.started_on),
        Cell::Date(term.due_on),
        term.met_on.map_or(Cell::Null, Cell::Date),
        Cell::Text(word(&term.state)?),
    ])
}
