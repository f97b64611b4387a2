//! The way to the next instance: an appeal in time, or late and then admitted or refused.

use super::{
    appointment,
    context::{Context, Decided, require, require_text},
};
use crate::{
    command::Command,
    complaint::{Complaint, Event, LateAppeal, Outcome},
    policy::{ExitGround, Resolution, Way},
    refusal::{Reason, Refusal},
};

/// Whether an appeal now is in time: the way stands open, or a response is out to which it is the objection.
fn is_timely(context: &Context<'_>, way: &Way) -> bool {
    let round = context.round();
    let is_response = matches!(context.instance().resolution, Resolution::Response { .. });
    let objects =
        is_response && round.response.is_some() && way.opens_on.contains(&ExitGround::Objection);
    context.complaint.is_open() && (round.way.is_some() || objects)
}

/// Whether an appeal can come late: the complaint was closed because nobody had appealed yet.
fn can_come_late(complaint: &Complaint) -> bool {
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
    if is_timely(context, way) || can_come_late(context.complaint) {
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
            let way = context
                .way()
                .ok_or_else(|| Reason::NotInThisProcedure.bare())?;
            let appealed = Event::Appealed {
                grounds: grounds.clone(),
                is_late: !is_timely(context, way),
            };
            let next = context.round().instance + 1;
            let deciders = match &context.complaint.late_appeal {
                Some(late) if !late.deciders.is_empty() => {
                    appointment::kept(context, next, &late.deciders)
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
