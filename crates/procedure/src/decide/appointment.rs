//! Who decides: taken from the pool, appointed by the administration, or holding the office.

use chrono::NaiveDate;

use super::{
    authority::{conflict, is_free, role_of},
    confirmation::with_confirmation,
    context::{Context, Decided, require, require_by, require_not_over},
    staffing::Seat,
};
use crate::{
    actor::Role,
    command::Command,
    complaint::{Appointed, Complaint, Event, LetterKind, Recorded},
    confidential::Confidential,
    ids::MemberId,
    policy::{AppointmentBy, DeciderKind, Instance},
    refusal::{Reason, Refusal},
};

pub(super) fn may_take(context: &Context<'_>) -> Result<(), Refusal> {
    context.require_open()?;
    require(context.round().bench.is_vacant(), Reason::AlreadyAssigned)
}

pub(super) fn may_assign(context: &Context<'_>) -> Result<(), Refusal> {
    require_not_over(context.complaint.is_undecided())
}

/// Of a closed complaint only who decides on a late appeal has anything to step back from.
pub(super) fn may_recuse(context: &Context<'_>) -> Result<(), Refusal> {
    let member = context.actor.member();
    let mut late = context.complaint.late_appeal.iter();
    let decides_late =
        late.any(|late| member.is_some_and(|member| late.bench.deciders.contains(&member)));
    require_not_over(context.complaint.is_open() || decides_late)
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::TakeComplaint => {
            let member = context
                .actor
                .member()
                .ok_or_else(|| Reason::NotAllowed.bare())?;
            let index = context.round().instance;
            let taken = assigned(context, index, member, Appointed::Taken, None);
            Ok(told(context, vec![taken]))
        }
        Command::AssignDecider { member, reason } => assign(context, *member, reason.as_ref()),
        Command::Recuse { reason } => {
            let member = context
                .actor
                .member()
                .ok_or_else(|| Reason::NotAllowed.bare())?;
            let recused = Event::Recused {
                member,
                reason: reason.clone(),
            };
            // Who stood in may have left somebody on leave behind.
            Ok(reviewed_after(context, recused))
        }
        Command::ReviewConflicts | Command::LetTimePass => Ok(review(context)),
        _ => Err(Reason::WrongState.bare()),
    }
}

fn assign(
    context: &Context<'_>,
    member: MemberId,
    reason: Option<&Confidential<String>>,
) -> Decided {
    let (index, bench) = context.complaint.turn();
    let Some(instance) = context.policy.instance(index) else {
        return Err(Reason::NotInThisProcedure.bare());
    };
    require(
        context.facts.members.contains_key(&member),
        Reason::UnknownMember,
    )?;
    require(!bench.deciders.contains(&member), Reason::AlreadyAssigned)?;
    require_no_conflict(context, index, instance, member)?;
    require_eligible(context, index, instance, member, reason)?;
    let assigned = assigned(context, index, member, Appointed::Assigned, reason.cloned());
    Ok(told(context, vec![assigned]))
}

/// Refuses by the rule of conflicts that excludes the member; for a party, and for who stepped back or decided before, by the
/// rule that says who decides.
fn require_no_conflict(
    context: &Context<'_>,
    index: u8,
    instance: &Instance,
    member: MemberId,
) -> Result<(), Refusal> {
    context.require_no_conflict(member)?;
    require_by(
        is_free(
            context.policy,
            context.facts,
            context.complaint,
            index,
            member,
        ),
        Reason::ConflictOfInterest,
        Some(&instance.appointment.rule),
    )
}

/// Refuses who is not there, and who does not hold the role; an external may be named when nobody else is left.
fn require_eligible(
    context: &Context<'_>,
    index: u8,
    instance: &Instance,
    member: MemberId,
    reason: Option<&Confidential<String>>,
) -> Result<(), Refusal> {
    let is_away = instance.appointment.by == AppointmentBy::Standing
        && seat(context, context.complaint, index)
            .is_some_and(|seat| seat.present(member, today(context)).is_none());
    let rule = Some(&instance.appointment.rule);
    let (facts, today) = (context.facts, today(context));
    let is_out = facts.is_out(member, today);
    require_by(!is_away && !is_out, Reason::NotEligible, rule)?;
    if !facts.holds(member, role_of(instance.decider), today) {
        let is_external = facts.holds(member, Role::ExternalHandler, today);
        require_by(is_external, Reason::NotEligible, rule)?;
        require_by(
            !is_anyone_left(context, index),
            Reason::HandlerAvailable,
            rule,
        )?;
        require_by(reason.is_some(), Reason::ReasonRequired, rule)?;
    }
    Ok(())
}

/// Whether somebody who holds the role may decide, and is there or stood in for.
fn is_anyone_left(context: &Context<'_>, index: u8) -> bool {
    let today = today(context);
    seat(context, context.complaint, index).is_some_and(|seat| {
        let mut eligible = seat.eligible(today).into_iter();
        eligible.any(|id| seat.present(id, today).is_some())
    })
}

fn assigned(
    context: &Context<'_>,
    index: u8,
    member: MemberId,
    how: Appointed,
    reason: Option<Confidential<String>>,
) -> Event {
    let instance = context.policy.instance(index);
    let joins = instance.is_some_and(|instance| instance.decider == DeciderKind::Committee);
    Event::Assigned {
        instance: index,
        member,
        how,
        joins,
        reason,
    }
}

/// Who handles it is told in a letter of its own, which may confirm receipt.
fn told(context: &Context<'_>, appointed: Vec<Event>) -> Vec<Event> {
    with_confirmation(context, LetterKind::HandlerNamed, appointed)
}

/// Someone comes to an office that needs no appointment.
pub(super) const fn to_office(instance: &Instance, index: u8, member: MemberId) -> Event {
    Event::Assigned {
        instance: index,
        member,
        how: Appointed::Standing,
        joins: matches!(instance.decider, DeciderKind::Committee),
        reason: None,
    }
}

/// Whoever holds the office at an instance that needs no appointment: without conflict, and present or replaced.
pub(super) fn of_office(context: &Context<'_>, index: u8) -> Vec<Event> {
    let holders = seat(context, context.complaint, index)
        .map(|seat| seat.office_holders(today(context)))
        .unwrap_or_default();
    holders
        .into_iter()
        .map(|id| assigned(context, index, id, Appointed::Standing, None))
        .collect()
}

/// Whoever was to decide on a late appeal hears the one that proves to have come in time.
pub(super) fn kept(context: &Context<'_>, index: u8, deciders: &[MemberId]) -> Vec<Event> {
    let instance = context.policy.instance(index);
    let how = match instance.map(|instance| instance.appointment.by) {
        Some(AppointmentBy::Standing) => Appointed::Standing,
        _ => Appointed::Assigned,
    };
    deciders
        .iter()
        .map(|id| assigned(context, index, *id, how, None))
        .collect()
}

fn seat<'a>(context: &Context<'a>, complaint: &'a Complaint, index: u8) -> Option<Seat<'a>> {
    Seat::at(context.policy, context.facts, complaint, index)
}

fn today(context: &Context<'_>) -> NaiveDate {
    context.facts.calendar.local_date(context.now)
}

/// Deciders who have a conflict by now, or are there no more, are off the case, and the office is filled again
/// where it can be.
pub(super) fn review(context: &Context<'_>) -> Vec<Event> {
    if context.complaint.destroyed_at.is_some() {
        return Vec::new();
    }
    let late = context.complaint.late_appeal.iter();
    let late = late.flat_map(|late| &late.bench.deciders);
    let mut gone = Vec::new();
    let mut events = Vec::new();
    for member in context.round().bench.deciders.iter().chain(late).copied() {
        let ground = conflict(context.policy, context.facts, context.complaint, member);
        if let Some(ground) = ground {
            gone.push(member);
            events.push(Event::ConflictFound { member, ground });
        }
    }
    let seat = Seat::now(context.policy, context.facts, context.complaint);
    let departed = seat.map(|seat| seat.departed(today(context)));
    for (member, why) in departed.unwrap_or_default() {
        if !gone.contains(&member) {
            gone.push(member);
            events.push(Event::DeciderReleased { member, why });
        }
    }
    if !gone.is_empty() || context.complaint.turn().1.is_vacant() {
        events.extend(successors(context, &gone));
    }
    events.extend(conflicted_representative(context));
    events
}

/// Who speaks for the organisation must be as free as who decides, while there is something to speak on.
fn conflicted_representative(context: &Context<'_>) -> Option<Event> {
    let complaint = context.complaint;
    let member = complaint
        .representative
        .filter(|_| complaint.is_undecided())?;
    let ground = conflict(context.policy, context.facts, complaint, member)?;
    Some(Event::ConflictFound { member, ground })
}

/// An event, and what a review of the deciders makes of the complaint after it.
pub(super) fn reviewed_after(context: &Context<'_>, event: Event) -> Vec<Event> {
    let mut complaint = context.complaint.clone();
    let recorded = Recorded {
        at: context.at,
        registered_at: context.now,
        by: context.actor.by(),
        event,
    };
    complaint.evolve(&recorded);
    let complaint = &complaint;
    let after = review(&Context {
        complaint,
        ..*context
    });
    std::iter::once(recorded.event).chain(after).collect()
}

/// Whoever holds the office next, when those named have left it.
fn successors(context: &Context<'_>, gone: &[MemberId]) -> Vec<Event> {
    let (index, bench) = context.complaint.turn();
    let somebody_left = bench.deciders.iter().any(|id| !gone.contains(id));
    if somebody_left || !context.complaint.is_undecided() {
        return Vec::new();
    }
    let mut complaint = context.complaint.clone();
    complaint.stepped_back.extend(gone.iter().copied());
    let context = &Context {
        complaint: &complaint,
        ..*context
    };
    let is_party = |event: &Event| matches!(event, Event::Assigned { member, .. } if complaint.party_of(*member).is_some());
    let mut appointed = of_office(context, index);
    appointed.retain(|event| !is_party(event));
    told(context, appointed)
}
