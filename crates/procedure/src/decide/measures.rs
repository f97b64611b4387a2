//! Cause and measures: a complaint is a chance to do better.

use super::context::{Context, Decided, require};
use crate::{
    command::Command,
    complaint::Event,
    refusal::{Reason, Refusal},
};

pub(super) fn may_answer(context: &Context<'_>) -> Result<(), Refusal> {
    let rule = context
        .policy
        .measures
        .as_ref()
        .ok_or_else(|| Reason::NotInThisProcedure.bare())?;
    if context.complaint.is_open() {
        return Err(Reason::WrongState.by(&rule.rule));
    }
    require(
        context.complaint.measures_answered_at.is_none(),
        Reason::AlreadyDone,
    )?;
    require(context.complaint.cause.is_some(), Reason::CauseRequired)
}

pub(super) fn may_update(context: &Context<'_>) -> Result<(), Refusal> {
    require(
        !context.complaint.measures.is_empty(),
        Reason::UnknownMeasure,
    )
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::ClassifyComplaint { cause } => {
            require(context.policy.has_cause(cause), Reason::UnknownCause)?;
            Ok(vec![Event::Classified {
                cause: cause.clone(),
            }])
        }
        Command::AnswerMeasures {
            measures,
            reason_for_none,
        } => {
            require(
                !measures.is_empty() || reason_for_none.is_some(),
                Reason::ReasonRequired,
            )?;
            let owners_known = measures.iter().filter_map(|measure| measure.owner);
            require(
                owners_known
                    .into_iter()
                    .all(|owner| context.facts.members.contains_key(&owner)),
                Reason::UnknownMember,
            )?;
            let (measures, reason_for_none) = (measures.clone(), reason_for_none.clone());
            Ok(vec![Event::MeasuresAnswered {
                measures,
                reason_for_none,
            }])
        }
        Command::UpdateMeasure { update } => {
            require(
                context.complaint.measures.contains_key(&update.id),
                Reason::UnknownMeasure,
            )?;
            let is_member = |owner| context.facts.members.contains_key(&owner);
            require(update.owner.is_none_or(is_member), Reason::UnknownMember)?;
            Ok(vec![Event::MeasureUpdated(update.clone())])
        }
        _ => Err(Reason::WrongState.bare()),
    }
}
