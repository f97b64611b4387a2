//! The datasets of counts and durations: every span that is over, the oldest year first, and of each year the longest spans
//! first.

use chrono::Datelike;
use wederhoor_procedure::{
    Words,
    figures::{Milestone, Table},
};

use super::{
    asking::{Names, cells_of, name_of},
    dataset::{After, Cell, Column, ColumnKind, ColumnRole, DatasetPage, DatasetPlace},
    published::{Published, Took, Values},
    spans::{Interval, Span, YearOfSpans},
};
use crate::{Request, ServiceError};

const fn dimension(
    name: &'static str,
    kind: ColumnKind,
    nl: &'static str,
    en: &'static str,
) -> Column {
    let (role, description) = (ColumnRole::Dimension, Words { nl, en });
    Column {
        name,
        kind,
        role,
        description,
    }
}

const fn measure(
    name: &'static str,
    kind: ColumnKind,
    nl: &'static str,
    en: &'static str,
) -> Column {
    Column {
        role: ColumnRole::Measure,
        ..dimension(name, kind, nl, en)
    }
}

const INTERVAL: Column = dimension(
    "interval",
    ColumnKind::Text,
    "Hoe lang het tijdvak is: month, quarter of year",
    "How long the span is: month, quarter or year",
);
const STARTS_ON: Column = dimension(
    "starts_on",
    ColumnKind::Date,
    "De eerste dag van het tijdvak waarin de klachten binnenkwamen",
    "The first day of the span in which the complaints came in",
);
const ENDS_ON: Column = dimension(
    "ends_on",
    ColumnKind::Date,
    "De laatste dag van dat tijdvak",
    "The last day of that span",
);

pub(super) const COUNTS: &[Column] = &[
    INTERVAL,
    STARTS_ON,
    ENDS_ON,
    dimension(
        "value",
        ColumnKind::Text,
        "De code van de waarde; leeg als alle klachten samen zijn geteld",
        "The code of the value; empty where all complaints are counted together",
    ),
    dimension(
        "name_nl",
        ColumnKind::Text,
        "Hoe de waarde heet, in het Nederlands",
        "What the value is called, in Dutch",
    ),
    dimension(
        "name_en",
        ColumnKind::Text,
        "Hoe de waarde heet, in het Engels",
        "What the value is called, in English",
    ),
    measure(
        "complaints",
        ColumnKind::Count,
        "Het aantal klachten met die waarde; onderdrukt als het klein is, of een klein aantal zou verraden",
        "The number of complaints with that value; suppressed where it is small, or would give a small one away",
    ),
];

pub(super) const DAYS: &[Column] = &[
    INTERVAL,
    STARTS_ON,
    ENDS_ON,
    dimension(
        "milestone",
        ColumnKind::Text,
        "Wat er is bereikt",
        "What was reached",
    ),
    measure(
        "mean_days",
        ColumnKind::Decimal,
        "Gemiddeld aantal dagen van de kalender",
        "Days of the calendar, on average",
    ),
    measure(
        "median_days",
        ColumnKind::Decimal,
        "De helft duurde niet langer, in dagen van de kalender",
        "Half of them took no longer, in days of the calendar",
    ),
    measure(
        "p90_days",
        ColumnKind::Count,
        "Negen van de tien duurden niet langer, in dagen van de kalender",
        "Nine of ten took no longer, in days of the calendar",
    ),
    measure(
        "mean_working_days",
        ColumnKind::Decimal,
        "Gemiddeld aantal werkdagen",
        "Working days, on average",
    ),
    measure(
        "median_working_days",
        ColumnKind::Decimal,
        "De helft duurde niet langer, in werkdagen",
        "Half of them took no longer, in working days",
    ),
    measure(
        "p90_working_days",
        ColumnKind::Count,
        "Negen van de tien duurden niet langer, in werkdagen",
        "Nine of ten took no longer, in working days",
    ),
];

impl Request {
    /// Counts of a table, or durations where there is none.
    pub(super) async fn aggregate_rows(
        &self,
        table: Option<Table>,
        after: Option<&After>,
        limit: usize,
    ) -> Result<DatasetPage, ServiceError> {
        let (today, threshold) = self.today_and_threshold().await?;
        let reading = self.reading().await?;
        let (mut values, names) = self.values(&reading).await?;
        let first = reading.tx.first_counted_month().await?;
        let first = first.map_or(i32::MAX, |month| month.year());
        let (mut year, mut seen) = match after {
            // Before the first there is none, however long one looks.
            Some(After::InYear(year, seen)) => (first.max(*year), *seen),
            _ => (first, 0),
        };
        let mut rows = Vec::new();
        while year <= today.year() {
            let cells = cells_of(&reading, (year, year), table.is_none(), &mut values).await?;
            let published = Published::of(YearOfSpans::of(year, today), &cells, &values, threshold);
            let mut all = match table {
                Some(table) => count_rows(&published, table, &values, &names),
                None => day_rows(&published),
            };
            let left = all.split_off(seen.min(all.len()));
            let room = limit - rows.len();
            let has_more = left.len() > room;
            rows.extend(left.into_iter().take(room));
            if has_more {
                let next = Some(DatasetPlace(After::InYear(year, seen + room)));
                return Ok(DatasetPage { rows, next });
            }
            (year, seen) = (year + 1, 0);
        }
        Ok(DatasetPage { rows, next: None })
    }
}

fn count_rows(
    published: &Published<'_>,
    table: Table,
    values: &Values,
    names: &Names,
) -> Vec<Vec<Cell>> {
    let codes = values.of.get(&table).map_or(&[][..], Vec::as_slice);
    let row = |at: usize, span: &Span, code: &String| {
        let name = name_of(table, code, names);
        let count = published.told(table, code, at);
        let count = count.map_or(Cell::Suppressed, |count| {
            Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))
        });
        let told = [
            Cell::Text(code.clone()),
            Cell::Text(name.nl),
            Cell::Text(name.en),
            count,
        ];
        of_span(span).into_iter().chain(told).collect()
    };
    let spans = published.spans.all.iter().enumerate();
    let all = spans.flat_map(|(at, span)| codes.iter().map(move |code| row(at, span, code)));
    all.collect()
}

fn day_rows(published: &Published<'_>) -> Vec<Vec<Cell>> {
    let row = |at: usize, span: &Span, milestone: Milestone| {
        let days = took(published.took(milestone, Table::Days, at));
        let worked = took(published.took(milestone, Table::WorkingDays, at));
        let milestone = Cell::Text(milestone.entry().code.to_owned());
        let told = [milestone].into_iter().chain(days).chain(worked);
        of_span(span).into_iter().chain(told).collect()
    };
    let spans = published.spans.all.iter().enumerate();
    let all = spans.flat_map(|(at, span)| Milestone::ALL.map(|milestone| row(at, span, milestone)));
    all.collect()
}

fn took(took: Option<Took>) -> [Cell; 3] {
    took.map_or([const { Cell::Suppressed }; 3], |took| {
        let (mean, median) = (Cell::Decimal(took.mean), Cell::Decimal(took.median));
        [mean, median, Cell::Count(took.p90.into())]
    })
}

fn of_span(span: &Span) -> [Cell; 3] {
    let interval = match span.interval {
        Interval::Month => "month",
        Interval::Quarter => "quarter",
        Interval::Year => "year",
    };
    let (starts_on, ends_on) = (Cell::Date(span.starts_on), Cell::Date(span.ends_on));
    [Cell::Text(interval.to_owned()), starts_on, ends_on]
}
