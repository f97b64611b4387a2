//! Cause and measures: a complaint is a chance to do better.

use std::collections::BTreeSet;

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::{
    authority::{administration, conflict},
    context::{Context, Decided, require, require_by},
};
use crate::{
    actor::Role,
    command::Command,
    complaint::{Complaint, Event, Measure, MeasureUpdate, Recurrence},
    facts::Facts,
    ids::{ComplaintId, MeasureId, MemberId},
    policy::Policy,
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
    require_by(
        context.complaint.cause.is_some(),
        Reason::CauseRequired,
        Some(&rule.rule),
    )
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
            let rule = context.policy.measures.as_ref().map(|asked| &asked.rule);
            let is_listed = context.policy.has_cause(cause);
            require_by(is_listed, Reason::UnknownCause, rule)?;
            Ok(vec![Event::Classified {
                cause: cause.clone(),
            }])
        }
        Command::AnswerMeasures {
            measures,
            reason_for_none,
        } => {
            require_by(
                !measures.is_empty() || reason_for_none.is_some(),
                Reason::ReasonRequired,
                context.policy.measures.as_ref().map(|asked| &asked.rule),
            )?;
            require(
                measures.is_empty() || reason_for_none.is_none(),
                Reason::Contradictory,
            )?;
            for measure in measures {
                require_ahead(context, measure.due_on)?;
                if let Some(owner) = measure.owner {
                    require_may_own(context, owner)?;
                }
            }
            let (measures, reason_for_none) = (measures.clone(), reason_for_none.clone());
            Ok(vec![Event::MeasuresAnswered {
                measures,
                reason_for_none,
            }])
        }
        Command::UpdateMeasure { update } => {
            require_may_update(context, update)?;
            require(update.changes_anything(), Reason::NothingToChange)?;
            require_sound(context, update)?;
            if let Some(owner) = update.owner {
                require_may_own(context, owner)?;
            }
            Ok(vec![Event::MeasureUpdated(update.clone())])
        }
        Command::LinkRecurrence { repeat, months } => {
            Ok(linked(context, *repeat, Months::new(*months)))
        }
        _ => Err(Reason::WrongState.bare()),
    }
}

/// The measures that another complaint with the same cause came after and is not linked to yet: they were agreed before it
/// arrived, and were carried out less than the window before that, or not at all (B14, L13).
fn linked(context: &Context<'_>, complaint: ComplaintId, window: Months) -> Vec<Event> {
    let recurrence = Recurrence { complaint };
    let Some(repeat) = context.facts.repeat(context.complaint, recurrence) else {
        return Vec::new();
    };
    let received_on = context.facts.calendar.local_date(repeat.received_at);
    let is_after = |measure: &Measure| {
        let until = measure.done_on.map(|done| done.checked_add_months(window));
        measure.agreed_at < repeat.received_at
            && until.flatten().is_none_or(|until| received_on <= until)
            && !measure.came_before(complaint)
    };
    let after = context.complaint.measures.iter();
    let after = after.filter(|(_, measure)| is_after(measure));
    let found = |(id, _): (&MeasureId, _)| Event::RecurrenceFound {
        measure: *id,
        recurrence,
    };
    after.map(found).collect()
}

/// An owner keeps a measure up to date, and so does the administration. An owner who sees nothing else of the case
/// may report on it and not hand it on: the choice of people would tell of the case.
fn require_may_update(context: &Context<'_>, update: &MeasureUpdate) -> Result<(), Refusal> {
    let measure = context.complaint.measures.get(&update.id);
    let owner = measure.and_then(|measure| measure.owner);
    let is_own = owner.is_some() && owner == context.actor.member();
    if !context.relation.sees() {
        require(is_own, Reason::NotFound)?;
        return require(
            update.owner.is_none() && update.due_on.is_none(),
            Reason::NotAllowed,
        );
    }
    require(measure.is_some(), Reason::UnknownMeasure)?;
    require(context.relation.administers || is_own, Reason::NotAllowed)
}

/// What is reported fits in time: done since the complaint came in and by now, and judged only once it was done.
fn require_sound(context: &Context<'_>, update: &MeasureUpdate) -> Result<(), Refusal> {
    let known = context.complaint.measures.get(&update.id);
    if known.is_none_or(|measure| measure.due_on != update.due_on) {
        require_ahead(context, update.due_on)?;
    }
    let calendar = &context.facts.calendar;
    let (first, today) = (
        calendar.local_date(context.complaint.received_at),
        calendar.local_date(context.now),
    );
    require(
        update
            .done_on
            .is_none_or(|on| (first..=today).contains(&on)),
        Reason::ImpossibleTime,
    )?;
    let is_done = update.done_on.is_some() || known.is_some_and(|known| known.done_on.is_some());
    require(
        update.is_effective.is_none() || is_done,
        Reason::Contradictory,
    )
}

/// A day by which something is to be done lies ahead.
fn require_ahead(context: &Context<'_>, due_on: Option<NaiveDate>) -> Result<(), Refusal> {
    let today = context.facts.calendar.local_date(context.now);
    require(due_on.is_none_or(|on| on >= today), Reason::InThePast)
}

/// Who can do something about what went wrong: they treat complaints, or give the courses. Who only counts,
/// arbitrates, or speaks for the organisation cannot.
const OWNERS: [Role; 6] = [
    Role::Handler,
    Role::ExternalHandler,
    Role::Manager,
    Role::CommitteeMember,
    Role::Administrator,
    Role::Trainer,
];

/// Whose measure is still to be done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DueMeasure {
    /// Which.
    pub measure: MeasureId,
    /// Who sees to it.
    pub member: MemberId,
    /// The last day, which may have passed.
    pub due_on: NaiveDate,
}

/// The measures of a complaint that have a day and are still to be done, once for each who sees to them at an instant, in order;
/// none of a dossier that is destroyed.
pub fn due_measures(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> Vec<DueMeasure> {
    let (is_kept, today) = (
        complaint.destroyed_at.is_none(),
        facts.calendar.local_date(now),
    );
    let measures = complaint.measures.iter().filter(|_| is_kept);
    let due = measures.filter_map(|(id, one)| Some((*id, one, one.day_to_do_it()?)));
    due.flat_map(|(measure, one, due_on)| {
        let theirs = responsible(policy, facts, complaint, one, today, |_| true);
        theirs.into_iter().map(move |member| DueMeasure {
            measure,
            member,
            due_on,
        })
    })
    .collect()
}

/// Who sees to a measure on a day, and may know of it: its owner, while they can do something about it; the administration where
/// there is none such.
pub(crate) fn responsible(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    measure: &Measure,
    on: NaiveDate,
    may_know: impl Fn(MemberId) -> bool,
) -> BTreeSet<MemberId> {
    let sees_to_it = |owner: &MemberId| {
        is_able(facts, *owner, on) && conflict(policy, facts, complaint, *owner).is_none()
    };
    let owner = measure.owner.filter(sees_to_it);
    if let Some(owner) = owner.filter(|owner| may_know(*owner)) {
        return BTreeSet::from([owner]);
    }
    let all = administration(policy, facts, complaint, on).into_iter();
    all.filter(|member| may_know(*member)).collect()
}

fn is_able(facts: &Facts, member: MemberId, on: NaiveDate) -> bool {
    OWNERS.iter().any(|role| facts.holds(member, *role, on))
}

/// An owner knows the measure, and nothing else of the case: whoever may not even know that it exists, and whoever
/// complains, owns none.
fn require_may_own(context: &Context<'_>, owner: MemberId) -> Result<(), Refusal> {
    let (facts, complaint) = (context.facts, context.complaint);
    require(facts.members.contains_key(&owner), Reason::UnknownMember)?;
    context.require_no_conflict(owner)?;
    require(
        complaint.complainant.member != Some(owner),
        Reason::ConflictOfInterest,
    )?;
    let today = facts.calendar.local_date(context.now);
    let rule = context.policy.measures.as_ref().map(|rule| &rule.rule);
    require_by(is_able(facts, owner, today), Reason::NotEligible, rule)
}
