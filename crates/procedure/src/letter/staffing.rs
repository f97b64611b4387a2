//! Who decides: appointed, replaced, or nobody.

use super::{
    Told,
    content::Content,
    moment::{COMPLAINANT, Moment, to_all},
    parts::{Release, Vacancy},
};
use crate::{
    complaint::{Event, Recipient},
    deadline::DeadlineKind,
    decide::authority::{is_eligible, role_of},
    ids::MemberId,
    policy::{AppointmentBy, Conflicted},
};

pub(super) fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::Assigned {
            instance, member, ..
        } => assigned(moment, *instance, *member),
        Event::Recused { .. } => left(moment),
        Event::ConflictFound { member, ground }
            if moment.before.representative == Some(*member) =>
        {
            unrepresented(moment, *member, *ground)
        }
        Event::ConflictFound { member, ground } => {
            let content = Content::Released {
                why: Release::Conflict(*ground),
            };
            let mut told = vec![(Recipient::Member(*member), content)];
            told.extend(left(moment));
            told
        }
        Event::DeciderReleased { member, why } => {
            let content = Content::Released {
                why: Release::Departed(*why),
            };
            let mut told = Vec::new();
            if !moment.is_out(*member) {
                told.push((Recipient::Member(*member), content));
            }
            told.extend(left(moment));
            told
        }
        _ => Vec::new(),
    }
}

fn assigned(moment: &Moment<'_>, instance: u8, member: MemberId) -> Told {
    let Some(stage) = moment.stage(instance) else {
        return Vec::new();
    };
    let late = moment.then.late_appeal.as_ref();
    let late = late.filter(|late| late.instance == instance && !moment.admits_late_appeal());
    let kinds: &[DeadlineKind] = match late {
        Some(_) => &[DeadlineKind::LateAppeal(instance)],
        None => &[
            DeadlineKind::LateComplaint,
            DeadlineKind::Contact(instance),
            DeadlineKind::Reaction(instance),
            DeadlineKind::Resolution(instance),
        ],
    };
    // What a late appeal admitted in the same breath makes due runs only after that.
    let running = Moment {
        then: if moment.admits_late_appeal() {
            moment.after
        } else {
            moment.then
        },
        ..*moment
    };
    let terms = running.open_dues(kinds);
    let task = match late {
        Some(late) => Content::LateAppeal {
            received_on: moment.facts.calendar.local_date(late.received_at),
            follows_refusal: late.follows_refusal,
            until: terms.first().cloned(),
        },
        None => Content::Assignment {
            stage: stage.clone(),
            terms,
        },
    };
    let mut told = vec![(Recipient::Member(member), task)];
    let before = sitting(moment, instance, false);
    let now = sitting(moment, instance, true);
    let released = before.iter().filter(|id| !now.contains(id));
    let replaced = Content::Released {
        why: Release::Replaced,
    };
    told.extend(to_all(released.copied().map(Recipient::Member), &replaced));
    if moment.again_on.is_none() && names_them_already(moment, instance) {
        return told;
    }
    let named = Content::HandlerNamed {
        stage,
        members: named_now(moment, instance).unwrap_or(now),
        confirms_receipt: acknowledges(moment),
        is_change: is_change(moment, instance),
        is_late_appeal: late.is_some(),
        terms: running.promised(kinds),
    };
    let mut readers = vec![COMPLAINANT];
    readers.extend(moment.others());
    told.extend(to_all(readers, &named));
    told
}

/// Who sits at the instance by now, where the letter goes out once more: whoever has left since is not named again.
fn named_now(moment: &Moment<'_>, instance: u8) -> Option<Vec<MemberId>> {
    moment.again_on?;
    let mut rounds = moment.after.rounds.iter();
    let round = rounds.rfind(|one| one.instance == instance)?;
    Some(round.bench.deciders.clone())
}

/// Who sits at an instance, right before or right after the event.
fn sitting(moment: &Moment<'_>, instance: u8, after: bool) -> Vec<MemberId> {
    let complaint = if after { moment.then } else { moment.before };
    let bench = complaint.bench(instance);
    bench
        .map(|bench| bench.deciders.clone())
        .unwrap_or_default()
}

/// Whether another new letter names them: that of the filing or the appeal, or of the next member to sit.
fn names_them_already(moment: &Moment<'_>, instance: u8) -> bool {
    let by_start = moment.earlier().any(|event| match event {
        Event::Filed(_) => instance == 0,
        Event::Appealed { .. } => instance > 0,
        _ => false,
    });
    let by_next = moment.later().any(
        |event| matches!(event, Event::Assigned { instance: other, .. } if *other == instance),
    );
    by_start || by_next
}

fn acknowledges(moment: &Moment<'_>) -> bool {
    moment.before.acknowledged_at.is_none()
        && moment.later().any(|event| {
            matches!(
                event,
                Event::Acknowledged | Event::ConfirmationWritten { .. }
            )
        })
}

/// Whether the parties had been given another name before.
fn is_change(moment: &Moment<'_>, instance: u8) -> bool {
    let old = moment.dossier.iter().take(moment.first_new);
    old.into_iter().any(
        |one| matches!(&one.event, Event::Assigned { instance: other, .. } if *other == instance),
    )
}

/// Who spoke for the organisation may do so no more: the administration names another.
fn unrepresented(moment: &Moment<'_>, member: MemberId, ground: Conflicted) -> Told {
    let released = Content::Released {
        why: Release::NoLongerSpeaks(ground),
    };
    let mut told = vec![(Recipient::Member(member), released)];
    let waits = moment
        .stage(moment.instance())
        .map(|stage| Content::Unassigned {
            stage,
            why: Vacancy::Unrepresented,
            is_pool: false,
            until: None,
        });
    told.extend(waits.map(|waits| (Recipient::Administration, waits)));
    told
}

/// Someone stepped back: the case may wait for another.
fn left(moment: &Moment<'_>) -> Told {
    let (instance, _) = moment.then.turn();
    let again = moment.later().any(|event| {
        matches!(
            event,
            Event::ConflictFound { .. } | Event::Recused { .. } | Event::DeciderReleased { .. }
        )
    });
    if again {
        return Vec::new();
    }
    waits(moment, instance, Vacancy::SteppedBack)
}

/// That a case waits for a decider, unless the new events bring one: to the administration, and to the
/// members of the pool who may take it.
pub(super) fn waits(moment: &Moment<'_>, instance: u8, why: Vacancy) -> Told {
    let (Some(stage), Some(rule)) = (moment.stage(instance), moment.rule(instance)) else {
        return Vec::new();
    };
    if !moment.after.is_undecided() || !moment.deciders_after(instance).is_empty() {
        return Vec::new();
    }
    let is_late = moment.then.late_appeal.is_some();
    let is_pool = rule.appointment.by == AppointmentBy::Pool && !is_late;
    let content = Content::Unassigned {
        stage,
        why,
        is_pool,
        until: moment
            .open_dues(&[DeadlineKind::Appointment(instance)])
            .pop(),
    };
    let (policy, facts, today) = (moment.policy, moment.facts, moment.today());
    let seat = (instance, rule);
    let may_take =
        |id: &MemberId| is_pool && is_eligible(policy, facts, moment.then, seat, *id, today);
    let pool = facts.holders(role_of(rule.decider), today).filter(may_take);
    let mut readers = vec![Recipient::Administration];
    readers.extend(pool.map(Recipient::Member));
    to_all(readers, &content)
}
