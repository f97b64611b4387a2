//! What the clock did is undone: what is told of that, and which letters are not true any more; so is a reminder of a
//! term that was ended meanwhile.

use super::{
    Told,
    content::{Content, DueDay},
    moment::{Moment, to_all},
};
use crate::{
    complaint::{ClockAct, Complaint, Event, LapsedTerm, Outcome, Recorded},
    deadline::{Deadline, DeadlineKind, deadlines},
};

/// Letters that tell of something that was undone or ended since.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Untrue {
    /// Sequence number of the event that they tell of.
    pub event: u32,
    /// Sequence number of the event that undid or ended it.
    pub undone_by: u32,
}

/// The letters that new events made untrue: whoever has not got them yet should not. `dossier` holds all events of the
/// complaint; those from `first_new` on are new.
pub fn made_untrue(dossier: &[Recorded], first_new: usize) -> Vec<Untrue> {
    let new = dossier.get(first_new..).unwrap_or_default();
    let is_reversal = |one: &Recorded| matches!(one.event, Event::ClockReversed { .. });
    let Some(mut before) = dossier.first().and_then(Complaint::open) else {
        return Vec::new();
    };
    let is_reminder = |one: &Recorded| matches!(one.event, Event::Reminded { .. });
    // Nearly always there is nothing to undo, and then the dossier is not folded again.
    if !new.iter().any(is_reversal) && !dossier.iter().any(is_reminder) {
        return Vec::new();
    }
    let mut untrue = Vec::new();
    for (place, recorded) in dossier.iter().enumerate().skip(1) {
        let mut then = before.clone();
        then.evolve(recorded);
        if place >= first_new {
            let earlier = &dossier[..place];
            let mut told = match recorded.event {
                Event::ClockReversed { what } => told_of(earlier, &before, &then, what),
                _ => Vec::new(),
            };
            told.extend(reminded_in_vain(earlier, &before, &then));
            untrue.extend(told.into_iter().map(|event| Untrue {
                event,
                undone_by: before.version,
            }));
        }
        before = then;
    }
    untrue
}

/// The reminders of a term that an event ended: whoever has not got one is not to be reminded any more.
fn reminded_in_vain(earlier: &[Recorded], before: &Complaint, then: &Complaint) -> Vec<u32> {
    let still = running(then);
    let mut ended = running(before);
    ended.retain(|term| !still.contains(term));
    let reminds = |(seq, one): &(u32, &Recorded)| match one.event {
        Event::Reminded { deadline } => ended
            .iter()
            .any(|(kind, since)| *kind == deadline && seq > since),
        _ => false,
    };
    let numbered = (0u32..).zip(earlier);
    numbered.filter(reminds).map(|(seq, _)| seq).collect()
}

/// The terms that the complainant is reminded of, each with the event whose letter announced it.
fn running(complaint: &Complaint) -> Vec<(DeadlineKind, u32)> {
    let round = complaint.round();
    let response = round.response.as_ref().filter(|one| one.is_unanswered());
    let silence = response.map(|one| (DeadlineKind::Silence(round.instance), one.letter.event));
    let way = round.way.as_ref().filter(|way| way.announced.is_some());
    let way = way.map(|way| (DeadlineKind::Way(round.instance), way.letter.event));
    let terms = silence.into_iter().chain(way);
    terms.filter(|_| complaint.is_open()).collect()
}

/// The events that told of what an event undid, by what the complaint was before and after it.
fn told_of(earlier: &[Recorded], before: &Complaint, then: &Complaint, what: ClockAct) -> Vec<u32> {
    let numbered = || (0u32..).zip(earlier.iter().map(|one| &one.event));
    let begins = |event: &Event| match what {
        ClockAct::Closing => matches!(event, Event::Closed { .. }),
        ClockAct::Lapse(term) => matches!(event, Event::TermLapsed { term: one } if *one == term),
        ClockAct::SilentWay => false,
    };
    let begun = numbered().filter(|(_, event)| begins(event)).last();
    let way = |of: &Complaint| of.round().way.as_ref().map(|way| way.letter.event);
    let wake = Wake {
        begun: begun.map(|(seq, _)| seq),
        shut: way(before).filter(|_| way(then).is_none()),
        alerted: match what {
            ClockAct::Closing => vec![DeadlineKind::Measures, DeadlineKind::Retention],
            ClockAct::Lapse(term) => vec![of(term, before)],
            ClockAct::SilentWay => Vec::new(),
        },
    };
    let told = numbered().filter(|(seq, event)| wake.holds(*seq, event));
    told.map(|(seq, _)| seq).collect()
}

/// What an event that is undone left behind it.
struct Wake {
    /// The event that is undone.
    begun: Option<u32>,
    /// The event that had opened the way which is shut again.
    shut: Option<u32>,
    /// The deadlines that were alerted on because of it.
    alerted: Vec<DeadlineKind>,
}

impl Wake {
    fn holds(&self, seq: u32, event: &Event) -> bool {
        let is_one = |of: u32| [self.begun, self.shut].contains(&Some(of));
        let follows = |start: Option<u32>| start.is_some_and(|start| seq > start);
        match event {
            Event::Alerted { deadline, .. } => {
                follows(self.begun) && self.alerted.contains(deadline)
            }
            Event::Reminded {
                deadline: DeadlineKind::Way(_),
            } => follows(self.shut),
            Event::LetterReprinted { letter } | Event::LetterSentAgain { letter } => {
                is_one(letter.event)
            }
            _ => is_one(seq),
        }
    }
}

fn of(term: LapsedTerm, complaint: &Complaint) -> DeadlineKind {
    let index = complaint.round().instance;
    match term {
        LapsedTerm::Resolution => DeadlineKind::Resolution(index),
        LapsedTerm::Reaction => DeadlineKind::Reaction(index),
    }
}

/// To both sides, and to whoever decides.
pub(super) fn told(moment: &Moment<'_>, what: ClockAct) -> Told {
    let content = Content::Reversal {
        what,
        undone: undone(moment, what),
        is_open: moment.after.is_open(),
        holds: holds(moment),
    };
    let mut readers = moment.parties();
    readers.extend(moment.staff());
    to_all(readers, &content)
}

/// The term that had ended, with the last day as it was before it was undone.
fn undone(moment: &Moment<'_>, what: ClockAct) -> Option<DueDay> {
    let index = moment.before.round().instance;
    let kind = match what {
        ClockAct::Lapse(term) => of(term, moment.before),
        ClockAct::SilentWay => DeadlineKind::Silence(index),
        ClockAct::Closing => match moment.before.closure?.outcome {
            Outcome::TacitlyAccepted => DeadlineKind::Silence(index),
            _ => DeadlineKind::Way(index),
        },
    };
    // What the post undid with it takes the delivery from which the term ran.
    let first = Complaint::fold(moment.dossier.iter().take(moment.first_new));
    let stands = [Some(moment.before), first.as_ref()].into_iter().flatten();
    let derived = |complaint| deadlines(moment.policy, &moment.facts.calendar, complaint);
    let mut found = stands.flat_map(derived);
    found.find(|one| one.kind == kind).map(|one| due(&one))
}

/// The last days that a party can count on, or must keep, once all that is new has happened.
fn holds(moment: &Moment<'_>) -> Vec<DueDay> {
    let (after, today) = (moment.after, moment.today());
    if !after.is_open() {
        return Vec::new();
    }
    let index = after.round().instance;
    let counts = |one: &Deadline| {
        let is_theirs = [
            DeadlineKind::Resolution(index),
            DeadlineKind::Silence(index),
            DeadlineKind::Reaction(index),
            DeadlineKind::Way(index),
        ]
        .contains(&one.kind);
        is_theirs && one.is_open && one.due_on >= today
    };
    let all = deadlines(moment.policy, &moment.facts.calendar, after);
    let mut holds: Vec<_> = all.iter().filter(|one| counts(one)).map(due).collect();
    let is_told = holds
        .iter()
        .any(|one| matches!(one.kind, DeadlineKind::Way(_)));
    holds.extend(announced_way(moment, index).filter(|_| !is_told));
    holds
}

/// The last day of the next instance as its notice states it, which has not been delivered yet.
fn announced_way(moment: &Moment<'_>, index: u8) -> Option<DueDay> {
    let on = moment.after.round().way.as_ref()?.announced?;
    let rule = &moment.rule(index)?.way.as_ref()?.window.rule;
    let basis = rule.clone();
    (on >= moment.today()).then_some(DueDay {
        kind: DeadlineKind::Way(index),
        on,
        basis,
    })
}

fn due(deadline: &Deadline) -> DueDay {
    DueDay {
        kind: deadline.kind,
        on: deadline.due_on,
        basis: deadline.basis.clone(),
    }
}
