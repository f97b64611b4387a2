//! The cells of the sums that a complaint is counted in.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{AppealResult, ComplaintFigures, Reached, Table, TermKind, TermState};

/// One cell of the sums: how many complaints that came in in a month have a value in a table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CellKey {
    /// The first day of the month in which the complaints came in.
    pub month: NaiveDate,
    /// The table.
    pub table: Table,
    /// The value that they have there; empty where the table has but one.
    pub value: String,
    /// After how many days, in tables of days; else 0.
    pub days: u32,
}

/// How often a complaint is counted in which cell: once in each, and in each table whose parent cell it is counted in.
pub fn contributions(figures: &ComplaintFigures) -> BTreeMap<CellKey, i64> {
    let month = figures.filed_on.with_day(1).unwrap_or(figures.filed_on);
    let mut cells = BTreeMap::new();
    let mut count = |table, value: String, days| {
        let key = CellKey {
            month,
            table,
            value,
            days,
        };
        *cells.entry(key).or_default() += 1;
    };
    for (table, value) in parts(figures) {
        count(table, value, 0);
    }
    for (
        milestone,
        Reached {
            days, working_days, ..
        },
    ) in &figures.milestones
    {
        let name = word(milestone);
        count(Table::Days, name.clone(), *days);
        count(Table::WorkingDays, name, *working_days);
    }
    cells
}

/// The value that a complaint has in each table that it is counted in, those of days apart.
pub fn values(figures: &ComplaintFigures) -> BTreeMap<Table, String> {
    parts(figures).into_iter().collect()
}

fn parts(figures: &ComplaintFigures) -> Vec<(Table, String)> {
    let none = || "none".to_owned();
    let outcome = figures.outcome.as_ref().map_or("open".to_owned(), word);
    let mut parts = vec![
        (Table::Filed, String::new()),
        (Table::Channel, word(&figures.channel)),
        (
            Table::Course,
            figures.course.map_or_else(none, |id| id.to_string()),
        ),
        (Table::Cause, figures.cause.clone().unwrap_or_else(none)),
        (Table::Policy, figures.policy.to_string()),
    ];
    match measures_done(figures) {
        None => parts.push((Table::Measures, none())),
        Some(stand) => {
            parts.push((Table::Measures, "taken".to_owned()));
            parts.push((Table::MeasuresDone, stand.to_owned()));
            let has_recurred = figures.measures.recurred > 0;
            let recurrence = if has_recurred { "recurred" } else { "none" };
            parts.push((Table::Recurrence, recurrence.to_owned()));
        }
    }
    match outcome.as_str() {
        "agreed" => parts.push((Table::AgreedInTime, in_time(figures, TermKind::Agreed))),
        "decided" => {
            parts.push((Table::DecidedInTime, in_time(figures, TermKind::Decided)));
            parts.push((Table::OnAppeal, on_appeal(figures).to_owned()));
        }
        _ => {}
    }
    parts.push((Table::Outcome, outcome));
    for (kind, state, in_time) in [
        (
            TermKind::Acknowledged,
            Table::Acknowledged,
            Table::AcknowledgedInTime,
        ),
        (
            TermKind::Contacted,
            Table::Contacted,
            Table::ContactedInTime,
        ),
        (
            TermKind::Responded,
            Table::Responded,
            Table::RespondedInTime,
        ),
    ] {
        match stands(figures, kind) {
            None => parts.push((state, none())),
            Some(TermState::Running) => parts.push((state, "running".to_owned())),
            Some(term) => {
                parts.push((state, "ended".to_owned()));
                parts.push((in_time, word(&term)));
            }
        }
    }
    let is_appealed = figures.instance > 0;
    let appealed = if is_appealed { "appealed" } else { "none" };
    parts.push((Table::Appealed, appealed.to_owned()));
    match figures.satisfaction {
        Some(score) => {
            parts.push((Table::Satisfaction, "answered".to_owned()));
            parts.push((Table::Score, score.to_string()));
        }
        None => parts.push((Table::Satisfaction, none())),
    }
    parts
}

/// How the terms of one kind stand together: one that was not kept tells more than one that runs, and that more than those
/// that were kept; `None` where there is none, or nothing was owed any more.
fn stands(figures: &ComplaintFigures, kind: TermKind) -> Option<TermState> {
    let of_kind = figures.terms.iter().filter(|term| term.kind == kind);
    let states = of_kind.map(|term| term.state);
    let weight = |state: &TermState| match state {
        TermState::Void => 0,
        TermState::OnTime => 1,
        TermState::Running => 2,
        TermState::Late => 3,
    };
    let heaviest = states.max_by_key(weight);
    heaviest.filter(|state| *state != TermState::Void)
}

fn in_time(figures: &ComplaintFigures, kind: TermKind) -> String {
    match stands(figures, kind) {
        Some(state @ (TermState::OnTime | TermState::Late)) => word(&state),
        _ => "none".to_owned(),
    }
}

const fn on_appeal(figures: &ComplaintFigures) -> &'static str {
    match figures.on_appeal {
        None => "none",
        Some(AppealResult::Same) => "same",
        Some(AppealResult::Otherwise) => "otherwise",
        Some(AppealResult::First) => "first",
    }
}

/// How far the measures of a complaint are, if it has any: those that are furthest behind tell.
const fn measures_done(figures: &ComplaintFigures) -> Option<&'static str> {
    let count = figures.measures;
    if count.open > 0 {
        Some("open")
    } else if count.done == 0 {
        None
    } else if count.effective < count.done {
        Some("done")
    } else {
        Some("effective")
    }
}

/// The word that a value is kept under, in events too.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
