//! A decision, binding advice or finding, by whoever decides at this instance.

use super::{
    context::{Context, Decided, require, require_text},
    hearing,
};
use crate::{
    command::Command,
    complaint::{Event, Finding, Outcome},
    policy::{ExitGround, Resolution},
    refusal::{Reason, Refusal},
};

pub(super) fn may_issue(context: &Context<'_>) -> Result<(), Refusal> {
    require(
        matches!(context.instance().resolution, Resolution::Decision { .. }),
        Reason::NotInThisProcedure,
    )?;
    context.require_open()?;
    context.require_admitted()?;
    require(context.round().decided.is_none(), Reason::AlreadyDone)?;
    hearing::gate(context)
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    let Command::IssueDecision {
        finding,
        text,
        compensation,
        upholds_inadmissibility,
    } = command
    else {
        return Err(Reason::WrongState.bare());
    };
    require_text(text)?;
    if let Resolution::Decision {
        compensation_cap: Some(cap),
        rule,
        ..
    } = &context.instance().resolution
        && compensation.is_some_and(|awarded| awarded > *cap)
    {
        return Err(Reason::AboveCompensationCap(*cap).by(rule));
    }
    // Whoever decided the complaint itself left nothing of the inadmissibility to uphold.
    let mut earlier = context.complaint.rounds.iter().rev().skip(1);
    let was_inadmissible = earlier
        .next()
        .is_some_and(|round| round.inadmissible_at.is_some() || round.upholds_inadmissibility);
    require(
        !upholds_inadmissibility || was_inadmissible,
        Reason::NotDeclaredInadmissible,
    )?;
    // Who leaves the complaint untreated judges nothing, and awards nothing for it.
    let judges = *finding != Finding::NoJudgement || compensation.is_some();
    require(!upholds_inadmissibility || !judges, Reason::Contradictory)?;
    let issued = Event::DecisionIssued {
        finding: *finding,
        text: text.clone(),
        compensation: *compensation,
        upholds_inadmissibility: *upholds_inadmissibility,
    };
    let outcome = if *upholds_inadmissibility {
        Outcome::Inadmissible
    } else {
        Outcome::Decided
    };
    let then = context
        .open_way(ExitGround::Decision)
        .unwrap_or(Event::Closed { outcome });
    Ok(vec![issued, then])
}
