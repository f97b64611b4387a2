//! What a complaint contributes to the figures: one definition, from which rows, sums and their dictionary are made.
//!
//! Every figure counts a complaint in the month in which it came in, on the days of its organisation's zone. What is still
//! running counts neither as in time nor as late. Nothing here tells of a person, or holds a text.

mod cells;
mod dictionary;
pub mod publishing;
mod terms;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use cells::{CellKey, contributions, values};
pub use dictionary::{Entry, Table};
pub use terms::{TermFigure, TermKind, TermState};

use crate::{
    calendar::Calendar,
    complaint::{Admission, Complaint, Finding, Outcome, Round},
    deadline::{Deadline, deadlines},
    ids::{CourseId, PolicyId},
    policy::{Channel, Policy},
};

/// What one complaint contributes to every figure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ComplaintFigures {
    /// The version of the regulation that governs it.
    pub policy: PolicyId,
    /// How it came in.
    pub channel: Channel,
    /// The course it is about.
    pub course: Option<CourseId>,
    /// Its cause, once classified.
    pub cause: Option<String>,
    /// The day on which it came in.
    pub filed_on: NaiveDate,
    /// Whether it is treated on its merits; `None` while it came late and nobody has decided on that.
    pub is_admitted: Option<bool>,
    /// How it ended; `None` while it is open.
    pub outcome: Option<Outcome>,
    /// The instance that has it, or had it when it ended, from 0.
    pub instance: u8,
    /// What was reached, and when.
    pub milestones: BTreeMap<Milestone, Reached>,
    /// What the last decision on appeal made of the standpoint before it; `None` without such a decision.
    pub on_appeal: Option<AppealResult>,
    /// The complainant's rating of the handling, from 1 to 5.
    pub satisfaction: Option<u8>,
    /// Its measures, by how far they are.
    pub measures: MeasureCount,
    /// The organisation's terms, in the procedure's order.
    pub terms: Vec<TermFigure>,
}

/// Something that a complaint reaches once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// Receipt was confirmed as the regulation asks.
    Acknowledged,
    /// A decider first spoke with the complainant in person.
    Contacted,
    /// The first response went out to good effect.
    Responded,
    /// The last decision was issued.
    Decided,
    /// Both sides had signed one text.
    Agreed,
    /// It first came to a next instance.
    Appealed,
    /// The procedure ended.
    Closed,
}

/// When something was reached, and after how long.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reached {
    /// The day.
    pub on: NaiveDate,
    /// Days since the day of filing, which does not count.
    pub days: u32,
    /// The working days among them, by the calendar as it stood then.
    pub working_days: u32,
}

/// What a decision on appeal made of the standpoint before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealResult {
    /// The same.
    Same,
    /// Another.
    Otherwise,
    /// There was no standpoint: a term had lapsed, or there was no agreement.
    First,
}

/// Measures, by how far they are.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct MeasureCount {
    /// Not done yet.
    pub open: u32,
    /// Done, whether they proved effective or not.
    pub done: u32,
    /// Proved effective.
    pub effective: u32,
    /// Followed by another complaint about the same course with the same cause, however far they were.
    pub recurred: u32,
}

/// What a complaint contributes to every figure, of the complaint as it was folded.
pub fn figures(policy: &Policy, calendar: &Calendar, complaint: &Complaint) -> ComplaintFigures {
    let all = deadlines(policy, calendar, complaint);
    ComplaintFigures {
        policy: complaint.policy,
        channel: complaint.channel,
        course: complaint.course,
        cause: complaint.cause.clone(),
        filed_on: calendar.local_date(complaint.received_at),
        is_admitted: is_admitted(complaint),
        outcome: complaint.closure.map(|closure| closure.outcome),
        instance: complaint.round().instance,
        milestones: milestones(policy, calendar, complaint, &all),
        on_appeal: on_appeal(&complaint.rounds),
        satisfaction: complaint.rating,
        measures: measures(complaint),
        terms: terms::terms(policy, calendar, complaint, &all),
    }
}

/// A declaration that it is inadmissible holds until a next instance treats it all the same.
fn is_admitted(complaint: &Complaint) -> Option<bool> {
    let last = complaint.round();
    if last.inadmissible_at.is_some() || last.upholds_inadmissibility {
        return Some(false);
    }
    let is_undecided = complaint.admission == Admission::Undecided && complaint.is_open();
    (!is_undecided).then_some(true)
}

fn milestones(
    policy: &Policy,
    calendar: &Calendar,
    complaint: &Complaint,
    all: &[Deadline],
) -> BTreeMap<Milestone, Reached> {
    let rounds = || complaint.rounds.iter();
    let agreed = complaint
        .closure
        .filter(|closure| closure.outcome == Outcome::Agreed);
    let instants = [
        (Milestone::Acknowledged, complaint.acknowledged_at),
        (
            Milestone::Contacted,
            rounds().filter_map(|round| round.contacted_at).min(),
        ),
        (Milestone::Responded, terms::responded_at(policy, all)),
        (
            Milestone::Decided,
            rounds()
                .filter_map(|round| round.decided)
                .map(|(at, _)| at)
                .max(),
        ),
        (Milestone::Agreed, agreed.map(|closure| closure.at)),
        (
            Milestone::Appealed,
            rounds().nth(1).map(|round| round.opened_at),
        ),
        (
            Milestone::Closed,
            complaint.closure.map(|closure| closure.at),
        ),
    ];
    let reached = |(milestone, at): (Milestone, Option<DateTime<Utc>>)| {
        Some((milestone, reached(calendar, complaint.received_at, at?)))
    };
    instants.into_iter().filter_map(reached).collect()
}

fn reached(calendar: &Calendar, filed_at: DateTime<Utc>, at: DateTime<Utc>) -> Reached {
    let (filed_on, on) = (calendar.local_date(filed_at), calendar.local_date(at));
    let stood = calendar.as_it_stood(at);
    let days = filed_on.iter_days().skip(1).take_while(|day| *day <= on);
    let (mut all, mut worked) = (0, 0);
    for day in days {
        all += 1;
        worked += u32::from(stood.is_working_day(day));
    }
    Reached {
        on,
        days: all,
        working_days: worked,
    }
}

fn on_appeal(rounds: &[Round]) -> Option<AppealResult> {
    let has_one = |pair: &&[Round]| pair[1].decided.is_some();
    let last = rounds.windows(2).rev().find(has_one)?;
    let (before, decided) = (&last[0], &last[1]);
    let (_, finding) = decided.decided?;
    let is_same = if before.inadmissible_at.is_some() || before.upholds_inadmissibility {
        decided.upholds_inadmissibility
    } else {
        match finding_of(before) {
            Some(earlier) => earlier == finding,
            None => return Some(AppealResult::First),
        }
    };
    Some(if is_same {
        AppealResult::Same
    } else {
        AppealResult::Otherwise
    })
}

/// What an instance found last.
fn finding_of(round: &Round) -> Option<Finding> {
    let decided = round.decided.map(|(_, finding)| finding);
    decided.or(round.response.as_ref().map(|response| response.finding))
}

fn measures(complaint: &Complaint) -> MeasureCount {
    let mut count = MeasureCount::default();
    for measure in complaint.measures.values() {
        if measure.done_on.is_some() {
            count.done += 1;
        } else {
            count.open += 1;
        }
        count.effective += u32::from(measure.is_effective == Some(true));
        count.recurred += u32::from(!measure.recurrences.is_empty());
    }
    count
}
