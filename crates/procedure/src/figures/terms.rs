//! Whether the organisation kept its terms.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    complaint::{Complaint, Outcome},
    deadline::{Deadline, DeadlineKind},
    policy::{Policy, Resolution},
};

/// What a term of the organisation is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// Receipt is confirmed.
    Acknowledged,
    /// The decider speaks with the complainant in person.
    Contacted,
    /// The response goes out.
    Responded,
    /// A decision is issued.
    Decided,
    /// Both sides have signed.
    Agreed,
}

/// How a term stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermState {
    /// It still counts, and what it is for has not been done: neither in time nor late, also after its last day.
    Running,
    /// It was kept.
    OnTime,
    /// It was not kept: what it is for came after its last day, or the complaint went on without it after that day.
    Late,
    /// The complaint went on, or ended, before its last day: nothing was owed any more.
    Void,
}

/// One term of one complaint.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TermFigure {
    /// What it is for.
    pub kind: TermKind,
    /// The instance whose term it is, from 0.
    pub instance: u8,
    /// The day from which it runs, which does not count.
    pub started_on: NaiveDate,
    /// The last day that holds, extensions included.
    pub due_on: NaiveDate,
    /// The day on which that was done.
    pub met_on: Option<NaiveDate>,
    /// How it stands.
    pub state: TermState,
}

/// Every term of the organisation that figures tell of, in the procedure's order.
pub(super) fn terms(
    policy: &Policy,
    calendar: &Calendar,
    complaint: &Complaint,
    all: &[Deadline],
) -> Vec<TermFigure> {
    let figure = |deadline: &Deadline| {
        let (kind, instance) = kind_of(policy, deadline.kind)?;
        let met_at = met_at(complaint, kind, deadline);
        Some(TermFigure {
            kind,
            instance,
            started_on: calendar.local_date(deadline.runs_from),
            due_on: deadline.due_on,
            met_on: met_at.map(|at| calendar.local_date(at)),
            state: state(complaint, deadline, met_at),
        })
    };
    all.iter().filter_map(figure).collect()
}

/// When the first response went out to good effect.
pub(super) fn responded_at(policy: &Policy, all: &[Deadline]) -> Option<DateTime<Utc>> {
    let responds = |deadline: &&Deadline| {
        kind_of(policy, deadline.kind).is_some_and(|(kind, _)| kind == TermKind::Responded)
    };
    let responses = all.iter().filter(responds);
    responses.filter_map(|deadline| deadline.met_at).min()
}

fn kind_of(policy: &Policy, kind: DeadlineKind) -> Option<(TermKind, u8)> {
    match kind {
        DeadlineKind::Acknowledgement => Some((TermKind::Acknowledged, 0)),
        DeadlineKind::Contact(instance) => Some((TermKind::Contacted, instance)),
        DeadlineKind::Resolution(instance) => {
            let kind = match policy.instance(instance)?.resolution {
                Resolution::Response { .. } => TermKind::Responded,
                Resolution::Agreement { .. } => TermKind::Agreed,
                Resolution::Decision { .. } => TermKind::Decided,
            };
            Some((kind, instance))
        }
        _ => None,
    }
}

/// No alert is due on an agreement once the complaint has ended, however it did; kept is its term by an agreement only.
fn met_at(complaint: &Complaint, kind: TermKind, deadline: &Deadline) -> Option<DateTime<Utc>> {
    let is_agreed = || {
        let closure = complaint.closure;
        closure.is_some_and(|closure| closure.outcome == Outcome::Agreed)
    };
    deadline
        .met_at
        .filter(|_| kind != TermKind::Agreed || is_agreed())
}

fn state(complaint: &Complaint, deadline: &Deadline, met_at: Option<DateTime<Utc>>) -> TermState {
    match met_at {
        Some(met) if met < deadline.due_at => TermState::OnTime,
        Some(_) => TermState::Late,
        None if deadline.is_open => TermState::Running,
        None => match overtaken_at(complaint, deadline.kind) {
            Some(overtaken) if overtaken < deadline.due_at => TermState::Void,
            _ => TermState::Late,
        },
    }
}

/// When the procedure went on without what a term was for.
fn overtaken_at(complaint: &Complaint, kind: DeadlineKind) -> Option<DateTime<Utc>> {
    let closed = complaint.closure.map(|closure| closure.at);
    let (DeadlineKind::Contact(instance) | DeadlineKind::Resolution(instance)) = kind else {
        return closed;
    };
    let mut rounds = complaint.rounds.iter();
    let round = rounds.find(|round| round.instance == instance)?;
    let next = rounds.next().map(|round| round.opened_at);
    let way = round.way.as_ref().filter(|way| way.announced.is_some());
    let way = way.map(|way| way.opened_at);
    let sought_no_more = round
        .no_agreement_at
        .filter(|_| matches!(kind, DeadlineKind::Resolution(_)));
    [closed, next, way, sought_no_more]
        .into_iter()
        .flatten()
        .min()
}
