//! The way to the next instance: an appeal in time, or late and then admitted or refused.

use chrono::{DateTime, Utc};

use super::{
    appointment,
    context::{Context, Decided, require, require_text},
};
use crate::{
    command::Command,
    complaint::{Complaint, Event, LateAppeal, Outcome},
    policy::{ExitGround, Policy, Resolution, Way},
    refusal::{Reason, Refusal},
};

/// Whether there was something to appeal against at an instant: the way stood open, or a response was out to which the
/// appeal is the objection.
pub(crate) fn can_be_appealed(policy: &Policy, complaint: &Complaint, at: DateTime<Utc>) -> bool {
    let round = complaint.round();
    let Some(instance) = policy.instance(round.instance) else {
        return false;
    };
    let had_come = |since: Option<DateTime<Utc>>| since.is_some_and(|since| since <= at);
    let is_response = matches!(instance.resolution, Resolution::Response { .. });
    let by_objection = |way: &Way| way.opens_on.contains(&ExitGround::Objection);
    let objects = is_response && instance.way.as_ref().is_some_and(by_objection);
    let response = round.response.as_ref().and(round.first_response_at);
    had_come(round.way.as_ref().map(|way| way.opened_at)) || had_come(response.filter(|_| objects))
}

/// Whether an appeal against something can come late: the complaint was closed because nobody had appealed yet.
pub(crate) fn can_come_late(complaint: &Complaint) -> bool {
    complaint.closure.is_some_and(|closure| {
        closure.by_clock
            && matches!(
                closure.outcome,
                Outcome::TacitlyAccepted
                    | Outcome::NotPursued
                    | Outcome::Inadmissible
                    | Outcome::Decided
            )
    })
}

pub(super) fn may_appeal(context: &Context<'_>) -> Result<(), Refusal> {
    let way = context
        .way()
        .ok_or_else(|| Reason::NotInThisProcedure.bare())?;
    // One that came in time takes the place of a later one that waits to be admitted.
    let comes_first =
        |late: &LateAppeal| context.complaint.is_open() && context.at < late.received_at;
    require(
        context
            .complaint
            .late_appeal
            .as_ref()
            .is_none_or(comes_first),
        Reason::LateAppealPending,
    )?;
    let is_due = context.complaint.is_open() || can_come_late(context.complaint);
    if is_due && can_be_appealed(context.policy, context.complaint, context.at) {
        return Ok(());
    }
    let reason = if context.complaint.is_open() {
        Reason::NoWayOpen
    } else {
        Reason::AlreadyClosed
    };
    Err(reason.by(&way.rule))
}

pub(super) fn may_admit(context: &Context<'_>) -> Result<(), Refusal> {
    require(
        context.complaint.late_appeal.is_some(),
        Reason::NoLateAppeal,
    )
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::Appeal { grounds } => {
            require_text(grounds)?;
            let appealed = Event::Appealed {
                grounds: grounds.clone(),
                is_late: !context.complaint.is_open(),
            };
            let next = context.round().instance + 1;
            let deciders = match &context.complaint.late_appeal {
                Some(late) if !late.bench.is_vacant() => {
                    appointment::kept(context, next, &late.bench.deciders)
                }
                _ => appointment::of_office(context, next),
            };
            Ok(std::iter::once(appealed).chain(deciders).collect())
        }
        Command::AdmitLateAppeal { reasons } => {
            require_text(reasons)?;
            Ok(vec![Event::LateAppealAdmitted {
                reasons: Some(reasons.clone()),
            }])
        }
        Command::RefuseLateAppeal { reasons } => {
            require_text(reasons)?;
            Ok(vec![Event::LateAppealRefused {
                reasons: reasons.clone(),
            }])
        }
        _ => Err(Reason::WrongState.bare()),
    }
}
