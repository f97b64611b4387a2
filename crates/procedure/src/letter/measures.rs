//! Measures: whose they are, what comes after them, and what is asked about them as time passes.

use std::collections::BTreeSet;

use super::{Told, Which, content::Content, moment::Moment};
use crate::{
    complaint::{
        Complaint, Event, FollowUp, LetterKey, LetterKind, Measure, MeasureUpdate, Recipient,
        Recorded, Recurrence,
    },
    decide::{authority::administration, measures},
    ids::{MeasureId, MemberId},
};

pub(super) fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::MeasuresAnswered { .. } | Event::MeasureUpdated(_) => assigned(moment),
        Event::RecurrenceFound {
            measure,
            recurrence,
        } => recurred(moment, *measure, *recurrence),
        Event::MeasureFollowedUp {
            measure,
            about,
            nth,
        } => followed_up(moment, *measure, *about, *nth),
        _ => Vec::new(),
    }
}

/// The owner of a measure hears that it is theirs.
fn assigned(moment: &Moment<'_>) -> Told {
    let owners = moment.then.measures.iter().filter_map(|(id, measure)| {
        let had = moment.before.measures.get(id).and_then(|one| one.owner);
        let is_new = |owner: &MemberId| Some(*owner) != had && !moment.is_excluded(*owner);
        let owner = measure.owner.filter(is_new)?;
        let content = Content::MeasureAssigned {
            text: measure.text.clone(),
            due_on: measure.due_on,
        };
        Some((Recipient::Member(owner), content))
    });
    owners.collect()
}

/// The owner of a measure hears that it was not enough.
fn recurred(moment: &Moment<'_>, id: MeasureId, recurrence: Recurrence) -> Told {
    let measure = moment.then.measures.get(&id);
    let repeat = moment.facts.repeat(moment.after, recurrence);
    let Some((measure, repeat)) = measure.zip(repeat) else {
        return Vec::new();
    };
    let text = measure.text.clone();
    let content = Content::Recurrence { text };
    let readers = responsible(moment, measure, |member| !repeat.is_kept_from(member));
    let told = |member| (Recipient::Member(member), content.clone());
    readers.into_iter().map(told).collect()
}

/// Who sees to a measure is reminded, alerted and asked; the administration too once it is too late, and alone once the
/// owner was asked in vain.
fn followed_up(moment: &Moment<'_>, id: MeasureId, about: FollowUp, nth: u16) -> Told {
    // The same new events may have answered it.
    let measure = moment.after.measures.get(&id);
    let Some(measure) = measure.filter(|one| one.awaits(about)) else {
        return Vec::new();
    };
    let owner = || responsible(moment, measure, |_| true);
    let readers = match about {
        FollowUp::DueSoon | FollowUp::Effect => owner(),
        FollowUp::Overdue => owner()
            .into_iter()
            .chain(of_administration(moment))
            .collect(),
        FollowUp::Unjudged | FollowUp::Undated => of_administration(moment).collect(),
    };
    let content = |reader| match about {
        FollowUp::Undated => Some(Content::MeasureDue {
            text: measure.text.clone(),
            due_on: None,
            nth: None,
        }),
        FollowUp::DueSoon | FollowUp::Overdue => Some(Content::MeasureDue {
            text: measure.text.clone(),
            due_on: Some(measure.due_on?),
            nth: (about == FollowUp::Overdue).then_some(nth),
        }),
        FollowUp::Effect | FollowUp::Unjudged => Some(Content::MeasureEffect {
            text: measure.text.clone(),
            done_on: measure.done_on?,
            recurrences: recurrences(moment, measure, reader),
            is_unanswered: about == FollowUp::Unjudged,
        }),
    };
    let told = |member| Some((Recipient::Member(member), content(member)?));
    readers.into_iter().filter_map(told).collect()
}

/// How many complaints came after a measure, of those that a reader may know of.
fn recurrences(moment: &Moment<'_>, measure: &Measure, reader: MemberId) -> usize {
    let known = measure.recurrences.iter();
    let known = known.filter_map(|one| moment.facts.repeat(moment.after, *one));
    known.filter(|repeat| !repeat.is_kept_from(reader)).count()
}

/// Who hears of a measure: its owner, while they can do something about it and may know; the administration where there is
/// none such.
fn responsible(
    moment: &Moment<'_>,
    measure: &Measure,
    may_know: impl Fn(MemberId) -> bool,
) -> BTreeSet<MemberId> {
    let (policy, facts, complaint) = (moment.policy, moment.facts, moment.then);
    measures::responsible(policy, facts, complaint, measure, moment.today(), may_know)
}

/// Who administers the complaint.
pub(super) fn of_administration(moment: &Moment<'_>) -> impl Iterator<Item = MemberId> {
    administration(moment.policy, moment.facts, moment.then, moment.today()).into_iter()
}

/// Who was told, and should not be any more once an event has answered it, chosen another day, or given the measure to another:
/// of each measure what was asked about it, and of whom.
pub(super) fn asked_in_vain(
    earlier: &[Recorded],
    before: &Complaint,
    then: &Complaint,
    update: &MeasureUpdate,
) -> Vec<(u32, Which)> {
    let measures = [before, then].map(|complaint| complaint.measures.get(&update.id));
    let [Some(was), Some(is)] = measures else {
        return Vec::new();
    };
    let former = was.owner.filter(|_| was.owner != is.owner);
    let vain = |(seq, one): (u32, &Recorded)| match one.event {
        Event::MeasureFollowedUp { measure, about, .. } if measure == update.id => {
            let dated = matches!(
                about,
                FollowUp::DueSoon | FollowUp::Overdue | FollowUp::Undated
            );
            if !is.awaits(about) || dated && was.due_on != is.due_on {
                return Some((seq, Which::All));
            }
            let kind = if dated {
                LetterKind::MeasureDue
            } else {
                LetterKind::MeasureEffect
            };
            let to = Recipient::Member(former?);
            let key = LetterKey {
                event: seq,
                kind,
                to,
            };
            Some((seq, Which::Only(key)))
        }
        _ => None,
    };
    (0u32..).zip(earlier).filter_map(vain).collect()
}
