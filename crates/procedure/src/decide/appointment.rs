//! Who decides: taken from the pool, appointed by the administration, or holding the office.

use super::{
    authority::{conflict, is_eligible, is_free, party_of, role_of},
    context::{Context, Decided, require},
};
use crate::{
    actor::Role,
    command::Command,
    complaint::{Appointed, Event},
    confidential::Confidential,
    ids::MemberId,
    policy::{AppointmentBy, DeciderKind, Instance},
    refusal::{Reason, Refusal},
};

pub(super) fn may_take(context: &Context<'_>) -> Result<(), Refusal> {
    context.require_open()?;
    require(context.round().deciders.is_empty(), Reason::AlreadyAssigned)
}

pub(super) fn may_assign(context: &Context<'_>) -> Result<(), Refusal> {
    require(
        context.complaint.is_open() || context.complaint.late_appeal.is_some(),
        Reason::AlreadyClosed,
    )
}

pub(super) fn may_recuse(context: &Context<'_>) -> Result<(), Refusal> {
    require(
        context.complaint.is_open() || context.complaint.late_appeal.is_some(),
        Reason::AlreadyClosed,
    )
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::TakeComplaint => {
            let member = context
                .actor
                .member()
                .ok_or_else(|| Reason::NotAllowed.bare())?;
            Ok(assigned(
                context,
                context.round().instance,
                member,
                Appointed::Taken,
                None,
            ))
        }
        Command::AssignDecider { member, reason } => assign(context, *member, reason.as_ref()),
        Command::Recuse { reason } => {
            let member = context
                .actor
                .member()
                .ok_or_else(|| Reason::NotAllowed.bare())?;
            let mut events = vec![Event::Recused {
                member,
                reason: reason.clone(),
            }];
            events.extend(successors(context, &[member]));
            Ok(events)
        }
        Command::ReviewConflicts => Ok(review(context)),
        _ => Err(Reason::WrongState.bare()),
    }
}

/// The instance that waits for a decider: that of a late appeal first.
fn vacant(context: &Context<'_>) -> u8 {
    context
        .complaint
        .late_appeal
        .as_ref()
        .map_or(context.round().instance, |late| late.instance)
}

fn assign(
    context: &Context<'_>,
    member: MemberId,
    reason: Option<&Confidential<String>>,
) -> Decided {
    let index = vacant(context);
    let Some(instance) = context.policy.instances.get(usize::from(index)) else {
        return Err(Reason::NotInThisProcedure.bare());
    };
    require(
        context.facts.members.contains_key(&member),
        Reason::UnknownMember,
    )?;
    require(
        !current(context, index).contains(&member),
        Reason::AlreadyAssigned,
    )?;
    if let Some(ground) = conflict(context.policy, context.facts, context.complaint, member) {
        let rule = context
            .policy
            .conflict(ground)
            .map(|rule| rule.rule.clone());
        return Err(Refusal {
            reason: Reason::ConflictOfInterest,
            basis: rule,
        });
    }
    require(
        is_free(
            context.policy,
            context.facts,
            context.complaint,
            index,
            member,
        ),
        Reason::ConflictOfInterest,
    )?;
    if !context.facts.holds(member, role_of(instance.decider)) {
        require(
            context.facts.holds(member, Role::ExternalHandler),
            Reason::NotEligible,
        )?;
        let mut left = eligible(context, instance, index).into_iter();
        if left.any(|id| present(context, index, id).is_some()) {
            return Err(Reason::HandlerAvailable.by(&instance.appointment.rule));
        }
        require(reason.is_some(), Reason::ReasonRequired)?;
    }
    Ok(assigned(
        context,
        index,
        member,
        Appointed::Assigned,
        reason.cloned(),
    ))
}

fn current<'a>(context: &Context<'a>, index: u8) -> &'a [MemberId] {
    match &context.complaint.late_appeal {
        Some(late) if late.instance == index => &late.deciders,
        _ => &context.round().deciders,
    }
}

fn eligible(context: &Context<'_>, instance: &Instance, index: u8) -> Vec<MemberId> {
    let holders = context.facts.holders(role_of(instance.decider));
    holders
        .filter(|id| {
            is_eligible(
                context.policy,
                context.facts,
                context.complaint,
                instance,
                index,
                *id,
            )
        })
        .collect()
}

fn assigned(
    context: &Context<'_>,
    index: u8,
    member: MemberId,
    how: Appointed,
    reason: Option<Confidential<String>>,
) -> Vec<Event> {
    let instance = context.policy.instances.get(usize::from(index));
    let joins = instance.is_some_and(|instance| instance.decider == DeciderKind::Committee);
    let mut events = vec![Event::Assigned {
        instance: index,
        member,
        how,
        joins,
        reason,
    }];
    let names_handler = context
        .policy
        .acknowledgement
        .as_ref()
        .is_some_and(|rule| rule.names_handler);
    if index == 0 && names_handler && context.complaint.acknowledged_at.is_none() {
        events.push(Event::Acknowledged);
    }
    events
}

/// Whoever holds the office at an instance that needs no appointment: without conflict, and present or replaced.
pub(super) fn of_office(context: &Context<'_>, index: u8) -> Vec<Event> {
    let Some(instance) = context.policy.instances.get(usize::from(index)) else {
        return Vec::new();
    };
    if instance.appointment.by != AppointmentBy::Standing {
        return Vec::new();
    }
    let on_the_earlier_side =
        |id: &MemberId| context.round().instance < index && context.round().deciders.contains(id);
    let mut holders: Vec<MemberId> = eligible(context, instance, index)
        .into_iter()
        .filter(|id| !on_the_earlier_side(id))
        .filter_map(|id| present(context, index, id))
        .filter(|id| !on_the_earlier_side(id))
        .collect();
    holders.dedup();
    if instance.decider != DeciderKind::Committee {
        holders.truncate(1);
    }
    holders
        .into_iter()
        .flat_map(|id| assigned(context, index, id, Appointed::Standing, None))
        .collect()
}

/// Whoever was to decide on a late appeal hears the one that proves to have come in time.
pub(super) fn kept(context: &Context<'_>, index: u8, deciders: &[MemberId]) -> Vec<Event> {
    let instance = context.policy.instances.get(usize::from(index));
    let how = match instance.map(|instance| instance.appointment.by) {
        Some(AppointmentBy::Standing) => Appointed::Standing,
        _ => Appointed::Assigned,
    };
    deciders
        .iter()
        .flat_map(|id| assigned(context, index, *id, how, None))
        .collect()
}

/// A member who is there today, or who stands in for them; `None` when nobody does.
fn present(context: &Context<'_>, index: u8, member: MemberId) -> Option<MemberId> {
    let today = context.facts.calendar.local_date(context.now);
    let Some(absence) = context.facts.absence(member, today) else {
        return Some(member);
    };
    absence.substitute.filter(|substitute| {
        is_free(
            context.policy,
            context.facts,
            context.complaint,
            index,
            *substitute,
        ) && context.facts.absence(*substitute, today).is_none()
    })
}

/// Deciders who have a conflict by now are off the case, and the office is filled again where it can be.
pub(super) fn review(context: &Context<'_>) -> Vec<Event> {
    let late = context
        .complaint
        .late_appeal
        .iter()
        .flat_map(|late| &late.deciders);
    let conflicted: Vec<_> = context
        .round()
        .deciders
        .iter()
        .chain(late)
        .filter_map(|id| {
            conflict(context.policy, context.facts, context.complaint, *id)
                .map(|ground| (*id, ground))
        })
        .collect();
    let gone: Vec<MemberId> = conflicted.iter().map(|(id, _)| *id).collect();
    let mut events: Vec<Event> = conflicted
        .into_iter()
        .map(|(member, ground)| Event::ConflictFound { member, ground })
        .collect();
    if !gone.is_empty() || current(context, vacant(context)).is_empty() {
        events.extend(successors(context, &gone));
    }
    events
}

/// Whoever holds the office next, when those named have left it.
fn successors(context: &Context<'_>, gone: &[MemberId]) -> Vec<Event> {
    let index = vacant(context);
    let is_open = context.complaint.is_open() || context.complaint.late_appeal.is_some();
    let somebody_left = current(context, index).iter().any(|id| !gone.contains(id));
    if somebody_left || !is_open {
        return Vec::new();
    }
    let mut complaint = context.complaint.clone();
    complaint.stepped_back.extend(gone.iter().copied());
    of_office(&Context { complaint: &complaint, ..*context }, index)
        .into_iter()
        .filter(|event| !matches!(event, Event::Assigned { member, .. } if party_of(&complaint, *member).is_some()))
        .collect()
}
