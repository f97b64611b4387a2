//! More time: announced where the regulation allows it, or with the complainant's consent.

use chrono::NaiveDate;

use super::context::{Context, Decided, require, require_by, require_text};
use crate::{
    command::Command,
    complaint::Event,
    deadline::{Deadline, DeadlineKind, deadlines},
    policy::{Basis, TermRule},
    refusal::{Reason, Refusal},
};

fn resolution(context: &Context<'_>) -> Option<Deadline> {
    let kind = DeadlineKind::Resolution(context.round().instance);
    deadlines(context.policy, &context.facts.calendar, context.complaint)
        .into_iter()
        .find(|one| one.kind == kind)
}

fn require_running(context: &Context<'_>) -> Result<Deadline, Refusal> {
    context.require_open()?;
    let deadline = resolution(context).ok_or_else(|| Reason::WrongState.bare())?;
    // An outcome that came after the act arrived does not take the act's effect away.
    let came_after = deadline.met_at.is_some_and(|met| met > context.at);
    require(deadline.met_at.is_none() || came_after, Reason::AlreadyDone)?;
    if deadline.due_at <= context.at || !(deadline.is_open || came_after) {
        return Err(Reason::TermHasLapsed.by(&deadline.basis));
    }
    Ok(deadline)
}

pub(super) fn may_announce(context: &Context<'_>) -> Result<(), Refusal> {
    let rule = context.instance().resolution.extension().announced.as_ref();
    let rule = rule.ok_or_else(|| Reason::NotInThisProcedure.bare())?;
    let deadline = require_running(context)?;
    require(
        context.round().extended.announced.is_none(),
        Reason::AlreadyDone,
    )?;
    let latest = latest(context, rule, &deadline);
    if deadline.due_on < latest {
        Ok(())
    } else {
        Err(Reason::TooLong(latest).by(&rule.rule))
    }
}

/// The last day that can be announced. It counts from the term itself: a day that was consented to gives no more room.
fn latest(context: &Context<'_>, rule: &TermRule, deadline: &Deadline) -> NaiveDate {
    let calendar = &context.facts.calendar;
    let from = deadline.derivation.last_day;
    calendar.derive(rule.term, from, rule.rolls).last_day
}

pub(super) fn may_request(context: &Context<'_>) -> Result<(), Refusal> {
    let rule = context.instance().resolution.extension().consent.as_ref();
    require(rule.is_some(), Reason::NotInThisProcedure)?;
    require_running(context)?;
    require(
        context.round().extended.requested.is_none(),
        Reason::AlreadyDone,
    )
}

pub(super) fn may_answer(context: &Context<'_>) -> Result<(), Refusal> {
    let extended = &context.round().extended;
    require(extended.requested.is_some(), Reason::NoExtensionRequested)?;
    // Nobody can answer what was not asked yet.
    let was_asked = extended.asked_at.is_some_and(|asked| asked <= context.at);
    require(was_asked, Reason::ImpossibleTime)?;
    require_running(context).map(drop)
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::AnnounceExtension { until, reasons } => {
            require_text(reasons)?;
            let rule = context.instance().resolution.extension().announced.as_ref();
            let deadline = require_later(context, *until, rule.map(|announced| &announced.rule))?;
            if let Some(rule) = rule {
                let limit = latest(context, rule, &deadline);
                if *until > limit {
                    return Err(Reason::TooLong(limit).by(&rule.rule));
                }
            }
            Ok(vec![Event::ExtensionAnnounced {
                until: *until,
                reasons: reasons.clone(),
            }])
        }
        Command::RequestExtension { until, reasons } => {
            require_text(reasons)?;
            let rule = context.instance().resolution.extension().consent.as_ref();
            require_later(context, *until, rule)?;
            Ok(vec![Event::ExtensionRequested {
                until: *until,
                reasons: reasons.clone(),
            }])
        }
        Command::ConsentToExtension => Ok(vec![Event::ExtensionConsented]),
        Command::RefuseExtension => Ok(vec![Event::ExtensionRefused]),
        _ => Err(Reason::WrongState.bare()),
    }
}

/// Refuses a day that gives no more time than there is, by the rule that lets the term be extended.
fn require_later(
    context: &Context<'_>,
    until: NaiveDate,
    rule: Option<&Basis>,
) -> Result<Deadline, Refusal> {
    let deadline = require_running(context)?;
    let reason = Reason::NotLater(deadline.due_on);
    require_by(until > deadline.due_on, reason, rule)?;
    Ok(deadline)
}
