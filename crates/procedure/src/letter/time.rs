//! What the passing of time did: lapses, reminders, alerts, and what is undone of it.

use super::{
    Told,
    content::Content,
    moment::{COMPLAINANT, Moment, to_all},
    parts::{DueDay, EndingSoon},
    reversal,
    way::is_reopened,
};
use crate::{
    complaint::{Delivery, Event, LapsedTerm, Recipient},
    deadline::{DeadlineKind, deadlines},
    decide::is_alerted_on,
    ids::MemberId,
    policy::{Resolution, SilenceMeans},
};

pub(super) fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::TermLapsed { term } => lapsed(moment, *term),
        Event::Reminded { deadline } => reminded(moment, *deadline),
        Event::Alerted { deadline, nth } => alerted(moment, *deadline, *nth),
        Event::ClockReversed { .. } if nobody_was_told(moment) || is_told_with(moment) => {
            Vec::new()
        }
        Event::ClockReversed { what } => reversal::told(moment, *what),
        _ => Vec::new(),
    }
}

/// Whether this undoes a closing that is itself so new that its letter has not been written.
fn nobody_was_told(moment: &Moment<'_>) -> bool {
    is_reopened(&moment.recorded.event)
        && moment
            .earlier()
            .any(|event| matches!(event, Event::Closed { .. }))
}

/// Whether the letter of another reversal right before tells of this one too.
fn is_told_with(moment: &Moment<'_>) -> bool {
    let mut is_closing_new = false;
    moment.earlier().any(|event| match event {
        Event::Closed { .. } => {
            is_closing_new = true;
            false
        }
        Event::ClockReversed { .. } => !(is_closing_new && is_reopened(event)),
        _ => false,
    })
}

/// The alert of the same lapse is an event of its own, and comes back. Where there is none because the procedure has
/// moved on by itself, this is told once.
fn lapsed(moment: &Moment<'_>, term: LapsedTerm) -> Told {
    let index = moment.instance();
    let kind = match term {
        LapsedTerm::Resolution => DeadlineKind::Resolution(index),
        LapsedTerm::Reaction => DeadlineKind::Reaction(index),
    };
    let Some(term) = moment.due(kind) else {
        return Vec::new();
    };
    let mut told = vec![(COMPLAINANT, notice(moment, index, term.clone()))];
    if !is_alerted(moment, kind) && !moment.is_acted_on() {
        told.extend(alert(moment, kind, None, term));
    }
    told
}

fn notice(moment: &Moment<'_>, index: u8, term: DueDay) -> Content {
    let round = moment
        .after
        .rounds
        .iter()
        .rfind(|one| one.instance == index);
    let is_open = round.is_some_and(|round| round.way.is_some());
    let rule = moment.rule(index).map(|rule| &rule.resolution);
    let was_proposed = matches!(rule, Some(Resolution::Agreement { .. }))
        && moment.then.was_proposed(moment.recorded.at);
    Content::LapseNotice {
        term,
        was_proposed,
        next: moment.next(index).filter(|_| is_open),
    }
}

fn reminded(moment: &Moment<'_>, kind: DeadlineKind) -> Told {
    let Some(until) = moment.due(kind) else {
        return Vec::new();
    };
    let what = match kind {
        DeadlineKind::Way(index) => EndingSoon::Appeal(moment.next(index)),
        DeadlineKind::Silence(index) => {
            let rule = moment.rule(index).map(|rule| &rule.resolution);
            EndingSoon::Reaction(match rule {
                Some(Resolution::Response { silence, .. }) => silence.means,
                _ => SilenceMeans::NoAgreement,
            })
        }
        _ => return Vec::new(),
    };
    vec![(COMPLAINANT, Content::Reminder { what, until })]
}

fn alerted(moment: &Moment<'_>, kind: DeadlineKind, nth: u16) -> Told {
    let Some(term) = moment.due(kind) else {
        return Vec::new();
    };
    let mut told = Vec::new();
    let appealed_to = match kind {
        DeadlineKind::Resolution(index) => Some(index),
        DeadlineKind::Appointment(index) => Some(index).filter(|index| *index > 0),
        _ => None,
    };
    if let Some(index) = appealed_to.filter(|index| nth == 1 && is_decision(moment, *index)) {
        told.push((COMPLAINANT, notice(moment, index, term.clone())));
    }
    told.extend(alert(moment, kind, Some(nth), term));
    told
}

/// Whether whoever must act is alerted on a deadline, as it stands after all new events.
fn is_alerted(moment: &Moment<'_>, kind: DeadlineKind) -> bool {
    let all = deadlines(moment.policy, &moment.facts.calendar, moment.after);
    let mut same = all.iter().filter(|deadline| deadline.kind == kind);
    same.any(|deadline| is_alerted_on(moment.policy, moment.after, deadline))
}

fn is_decision(moment: &Moment<'_>, index: u8) -> bool {
    let rule = moment.rule(index).map(|rule| &rule.resolution);
    matches!(rule, Some(Resolution::Decision { .. }))
}

/// `nth` is that of an alert that comes back until someone acts.
fn alert(moment: &Moment<'_>, kind: DeadlineKind, nth: Option<u16>, term: DueDay) -> Told {
    let deciders = responsible(moment, kind);
    let content = Content::OverdueAlert {
        term,
        nth: nth.unwrap_or(1),
        repeats: nth.is_some(),
        stage: index_of(kind).and_then(|index| moment.stage(index)),
        letters: match kind {
            DeadlineKind::Posting => {
                let mut letters = moment.then.letters_that_wait();
                let of = &moment.then.deliveries;
                letters.retain(|letter| of.get(letter).is_some_and(Delivery::waits_for_posting));
                letters
            }
            _ => Vec::new(),
        },
    };
    let mut readers = vec![Recipient::Administration];
    readers.extend(moment.present(&deciders));
    to_all(readers, &content)
}

const fn index_of(kind: DeadlineKind) -> Option<u8> {
    match kind {
        DeadlineKind::Appointment(index)
        | DeadlineKind::Contact(index)
        | DeadlineKind::Resolution(index)
        | DeadlineKind::Silence(index)
        | DeadlineKind::Announcement(index)
        | DeadlineKind::Reaction(index)
        | DeadlineKind::Way(index)
        | DeadlineKind::LateAppeal(index) => Some(index),
        DeadlineKind::Acknowledgement
        | DeadlineKind::LateComplaint
        | DeadlineKind::Posting
        | DeadlineKind::Measures
        | DeadlineKind::Retention => None,
    }
}

/// Who can do what is overdue, besides the administration.
fn responsible(moment: &Moment<'_>, kind: DeadlineKind) -> Vec<MemberId> {
    match kind {
        DeadlineKind::Posting | DeadlineKind::Retention => Vec::new(),
        DeadlineKind::LateAppeal(_) => {
            let late = moment.then.late_appeal.iter();
            late.flat_map(|late| late.bench.deciders.clone()).collect()
        }
        DeadlineKind::Measures => moment.looking_back(),
        _ => moment.then.round().bench.deciders.clone(),
    }
}
