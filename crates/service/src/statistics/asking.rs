//! Figures as they are asked for: one table over a period, by months, quarters or years.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use wederhoor_procedure::{
    PolicyId, Text,
    figures::{CellKey, Milestone, Table},
};

use wederhoor_store::Cells;

use super::{
    dataset::DatasetKind,
    published::{Published, Took, Values},
    spans::{Interval, Span, YearOfSpans},
};
use crate::{InputCode, Request, ServiceError, facts::known, reading::Reading};

/// Over how many years figures are told at once.
const MOST_YEARS: i32 = 10;
/// How many cells are told at once.
const MOST_CELLS: usize = 2_000;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresAsk {
    /// The first day of the period.
    pub from: NaiveDate,
    /// The last day of the period.
    pub until: NaiveDate,
    /// How long the spans are that it is told of.
    pub interval: Interval,
    /// By what complaints are told apart; [`Table::Filed`]: all together.
    pub by: Table,
    /// Only these values, by their codes; the others are told of as little as before.
    pub only: Option<BTreeSet<String>>,
    /// Whether the days to each milestone are asked for too.
    pub with_days: bool,
}

/// What is told of a period.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FiguresTold {
    /// The smallest number that is told.
    pub threshold: u64,
    /// How many complaints, span by span, and value by value.
    pub counts: Vec<FigureCount>,
    /// How long it took, span by span, and milestone by milestone.
    pub days: Vec<FigureDays>,
}

/// How many complaints have a value in a span.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureCount {
    /// When they came in.
    pub span: Span,
    /// The code of the value; empty for all together.
    pub value: String,
    /// What people call it.
    pub name: Text,
    /// How many; `None` where that is not told.
    pub count: Option<u64>,
}

/// How long it took to reach a milestone.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureDays {
    /// When the complaints came in.
    pub span: Span,
    /// What was reached.
    pub milestone: Milestone,
    /// In days of the calendar; `None` where that is not told.
    pub days: Option<Took>,
    /// In working days; `None` where that is not told.
    pub working_days: Option<Took>,
}

/// What values of the organisation's own are called, by their codes.
pub(super) type Names = BTreeMap<(Table, String), Text>;

impl Request {
    /// The figures that are asked for, of the spans that lie in the period and are over. What may not be told is left out of
    /// what is counted together with all that would give it away.
    ///
    /// # Errors
    /// `NotAllowed` for who may not read figures; `Invalid` for a period that ends before it begins, or more than can be told
    /// at once.
    pub async fn figures(&self, ask: &FiguresAsk) -> Result<FiguresTold, ServiceError> {
        self.require_readable(DatasetKind::Aggregate)?;
        check_period(ask)?;
        let (today, threshold) = self.today_and_threshold().await?;
        let reading = self.reading().await?;
        let (mut values, names) = self.values(&reading).await?;
        let years = (ask.from.year(), ask.until.year());
        let cells = cells_of(&reading, years, ask.with_days, &mut values).await?;
        let mut told = FiguresTold {
            threshold,
            ..FiguresTold::default()
        };
        for year in ask.from.year()..=ask.until.year() {
            let spans = YearOfSpans::of(year, today);
            let published = Published::of(spans, &cells, &values, threshold);
            tell(ask, &published, &values, &names, &mut told);
            if told.counts.len() > MOST_CELLS {
                return Err(too_fine());
            }
        }
        Ok(told)
    }

    /// Today where the organisation is, and the smallest number that it tells.
    pub(super) async fn today_and_threshold(&self) -> Result<(NaiveDate, u64), ServiceError> {
        let tenant = self.tenant().await?;
        let settings = &tenant.settings;
        let today = self.now().with_timezone(&settings.time_zone).date_naive();
        Ok((today, settings.smallest_told))
    }

    /// All values that complaints could have, whether or not any has, and what those of the organisation's own are called.
    pub(super) async fn values(&self, reading: &Reading) -> Result<(Values, Names), ServiceError> {
        let none = Text {
            nl: "Geen".to_owned(),
            en: "None".to_owned(),
        };
        let mut names = Names::from([
            ((Table::Course, "none".to_owned()), none.clone()),
            ((Table::CourseType, "none".to_owned()), none.clone()),
            ((Table::Cause, "none".to_owned()), none),
        ]);
        let titles = reading.tx.all_course_titles().await?.into_iter();
        let titles = titles.map(|(id, title)| (id.to_string(), title));
        let titles: BTreeMap<String, String> = titles.collect();
        for (id, title) in &titles {
            let both = Text {
                nl: title.clone(),
                en: title.clone(),
            };
            names.insert((Table::Course, id.clone()), both.clone());
            names.insert((Table::CourseType, title.clone()), both);
        }
        let mut versions = reading.tx.policies().await?;
        // Of a cause that two versions have, the name in the newer one.
        versions.sort_by_key(|record| record.version);
        for record in versions {
            let (id, version) = (record.id, record.version);
            let both = Text {
                nl: format!("Versie {version}"),
                en: format!("Version {version}"),
            };
            names.insert((Table::Policy, PolicyId::to_string(&id)), both);
            for cause in &known(self.service(), &reading.tx, record)?.causes {
                names.insert((Table::Cause, cause.code.clone()), cause.name.clone());
            }
        }
        let mut values = Values::default();
        for table in Table::ALL {
            for (code, _) in table.values() {
                values.add(*table, code);
            }
        }
        for (table, code) in names.keys() {
            values.add(*table, code);
        }
        values.types = titles;
        Ok((values, names))
    }
}

/// The sums of some years, both included, with those of days where they are asked for.
pub(super) async fn cells_of(
    reading: &Reading,
    (first, last): (i32, i32),
    with_days: bool,
    values: &mut Values,
) -> Result<Cells, ServiceError> {
    let is_asked = |table: &&Table| with_days || !matches!(table, Table::Days | Table::WorkingDays);
    let tables: Vec<Table> = Table::ALL.iter().filter(is_asked).copied().collect();
    let first = NaiveDate::from_ymd_opt(first, 1, 1);
    let last = NaiveDate::from_ymd_opt(last, 12, 1);
    let Some(months) = first.zip(last) else {
        return Ok(Cells::new());
    };
    let mut cells = reading.tx.cells(&tables, months).await?;
    let courses = cells.iter().filter(|(key, _)| key.table == Table::Course);
    let of_types = courses.map(|(key, count)| {
        let (table, value) = (Table::CourseType, values.type_of(&key.value).clone());
        let key = CellKey {
            table,
            value,
            ..key.clone()
        };
        (key, *count)
    });
    for (key, count) in of_types.collect::<Vec<_>>() {
        *cells.entry(key).or_default() += count;
    }
    // Whatever is counted is a value, though nothing is called so any more: what divides a number makes all of it.
    let counted = cells.keys().map(|key| (key.table, &key.value));
    for (table, value) in counted.collect::<BTreeSet<_>>() {
        values.add(table, value);
    }
    Ok(cells)
}

fn check_period(ask: &FiguresAsk) -> Result<(), ServiceError> {
    if ask.until < ask.from {
        return Err(ServiceError::invalid(
            InputCode::Contradictory,
            "period.endsOn",
            "De periode eindigt voordat zij begint.",
            "The period ends before it begins.",
        ));
    }
    if ask.until.year() - ask.from.year() >= MOST_YEARS {
        return Err(ServiceError::invalid(
            InputCode::TooLong,
            "period",
            "Vraag hoogstens tien jaar tegelijk.",
            "Ask for at most ten years at once.",
        ));
    }
    Ok(())
}

fn too_fine() -> ServiceError {
    ServiceError::invalid(
        InputCode::TooLong,
        "groupBy",
        "Dit zijn te veel cijfers tegelijk. Kies een kortere periode, langere tijdvakken of minder waarden.",
        "These are too many figures at once. Choose a shorter period, longer intervals or fewer values.",
    )
}

fn tell(
    ask: &FiguresAsk,
    published: &Published<'_>,
    values: &Values,
    names: &Names,
    told: &mut FiguresTold,
) {
    let empty = Vec::new();
    let codes = values.of.get(&ask.by).unwrap_or(&empty);
    for (at, span) in published.spans.all.iter().enumerate() {
        let is_asked = span.interval == ask.interval
            && ask.from <= span.starts_on
            && span.ends_on <= ask.until;
        if !is_asked {
            continue;
        }
        let is_meant = |code: &&String| ask.only.as_ref().is_none_or(|only| only.contains(*code));
        told.counts
            .extend(codes.iter().filter(is_meant).map(|code| FigureCount {
                span: *span,
                value: code.clone(),
                name: name_of(ask.by, code, names),
                count: published.told(ask.by, code, at),
            }));
        if ask.with_days {
            told.days
                .extend(Milestone::ALL.into_iter().map(|milestone| FigureDays {
                    span: *span,
                    milestone,
                    days: published.took(milestone, Table::Days, at),
                    working_days: published.took(milestone, Table::WorkingDays, at),
                }));
        }
    }
}

pub(super) fn name_of(table: Table, code: &str, names: &Names) -> Text {
    let fixed = table.values().iter().find(|(known, _)| *known == code);
    let fixed = fixed.map(|(_, words)| Text {
        nl: words.nl.to_owned(),
        en: words.en.to_owned(),
    });
    let own = || names.get(&(table, code.to_owned())).cloned();
    let bare = || Text {
        nl: code.to_owned(),
        en: code.to_owned(),
    };
    fixed.or_else(own).unwrap_or_else(bare)
}
