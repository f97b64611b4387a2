//! Keeping and destroying: the legal hold, and destruction after retention.

use super::context::{Context, Decided, require, require_by};
use crate::{
    command::Command,
    complaint::{Complaint, Event},
    deadline::{DeadlineKind, deadlines},
    locale::Text,
    policy::{Basis, Policy, Retention},
    refusal::{Reason, Refusal},
};

/// Whether the dossier goes by itself when its term is over: the regulation says so, and nothing in it waits for a person.
pub(super) fn goes_by_itself(policy: &Policy, complaint: &Complaint) -> bool {
    let retention = policy.retention.as_ref();
    retention.is_some_and(Retention::is_destroyed_by_time) && !waits_for_a_person(complaint)
}

/// Whether something came in after the end that no person has decided on, or a measure is still to be done or judged. Once
/// destruction was withheld for that, a report on the measure does not set it off.
fn waits_for_a_person(complaint: &Complaint) -> bool {
    let is_unjudged = complaint.measures.values().any(|one| !one.is_judged());
    complaint.unsettled_at.is_some() || complaint.withheld_at.is_some() || is_unjudged
}

/// What time does to a dossier whose term is over: without a person only where the policy says so, and then nothing that waits
/// for a person goes unseen.
pub(super) fn at_the_end_of_retention(policy: &Policy, complaint: &Complaint) -> Option<Event> {
    let retention = policy.retention.as_ref();
    if goes_by_itself(policy, complaint) {
        return Some(Event::Destroyed);
    }
    let is_withheld = retention.is_some_and(Retention::is_destroyed_by_time);
    (is_withheld && complaint.withheld_at.is_none()).then_some(Event::DestructionWithheld)
}

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
