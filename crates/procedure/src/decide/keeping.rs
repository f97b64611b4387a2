//! Keeping and destroying: the legal hold, and destruction after retention.

use super::context::{Context, require};
use crate::{
    command::Command,
    complaint::Event,
    deadline::{DeadlineKind, deadlines},
    refusal::{Reason, Refusal},
};

pub(super) fn may_destroy(context: &Context<'_>) -> Result<(), Refusal> {
    require(!context.complaint.is_open(), Reason::WrongState)?;
    require(!context.complaint.is_held, Reason::UnderLegalHold)?;
    require(
        context.complaint.late_appeal.is_none(),
        Reason::LateAppealPending,
    )?;
    let all = deadlines(context.policy, &context.facts.calendar, context.complaint);
    match all
        .into_iter()
        .find(|deadline| deadline.kind == DeadlineKind::Retention)
    {
        Some(retention) if retention.due_at <= context.now => Ok(()),
        Some(retention) => Err(Reason::RetentionRuns(retention.due_on).by(&retention.basis)),
        None => Err(Reason::NotInThisProcedure.bare()),
    }
}

pub(super) fn handle(command: &Command) -> Vec<Event> {
    vec![match command {
        Command::PlaceLegalHold { reason } => Event::HoldPlaced {
            reason: reason.clone(),
        },
        Command::LiftLegalHold { reason } => Event::HoldLifted {
            reason: reason.clone(),
        },
        _ => Event::Destroyed,
    }]
}
