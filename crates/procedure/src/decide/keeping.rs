//! Keeping and destroying: the legal hold, and destruction after retention.

use super::context::{Context, Decided, require, require_by};
use crate::{
    command::Command,
    complaint::Event,
    deadline::{DeadlineKind, deadlines},
    locale::Text,
    policy::Basis,
    refusal::{Reason, Refusal},
};

pub(super) fn may_destroy(context: &Context<'_>) -> Result<(), Refusal> {
    require(!context.complaint.is_open(), Reason::WrongState)?;
    require_by(
        !context.complaint.is_held,
        Reason::UnderLegalHold,
        Some(&hold_rule()),
    )?;
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

/// No article of a regulation knows the legal hold, nor does one statute: it is the house's.
fn hold_rule() -> Basis {
    Basis::HouseRule(Text {
        nl: "Zolang er een bewaarplicht geldt, wordt een dossier niet vernietigd.".to_owned(),
        en: "While there is a legal hold, a dossier is not destroyed.".to_owned(),
    })
}

pub(super) fn handle(command: &Command) -> Decided {
    Ok(vec![match command {
        Command::PlaceLegalHold { reason } => Event::HoldPlaced {
            reason: reason.clone(),
        },
        Command::LiftLegalHold { reason } => Event::HoldLifted {
            reason: reason.clone(),
        },
        Command::ConfirmDestruction => Event::Destroyed,
        _ => return Err(Reason::WrongState.bare()),
    }])
}
