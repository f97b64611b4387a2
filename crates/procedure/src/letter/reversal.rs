//! What the clock did is undone: what is told of that, and which letters are not true any more; so is a reminder of a
//! term that was ended meanwhile, an alert on what was done after all, and a notice or answer that another act has overtaken.

use chrono::{DateTime, Utc};

use super::{
    Told,
    content::Content,
    measures::asked_in_vain,
    moment::{Moment, to_all},
    parts::DueDay,
    way::is_reopened,
};
use crate::{
    calendar::Calendar,
    complaint::{
        ClockAct, Complaint, Event, LapsedTerm, LetterKey, LetterKind, Outcome, Recipient, Recorded,
    },
    deadline::{Deadline, DeadlineKind, deadlines},
    decide::is_alerted_on,
    policy::Policy,
};

/// Letters that tell of something that was undone, ended or overtaken since.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Untrue {
    /// Sequence number of the event that they tell of.
    pub event: u32,
    /// Which of them.
    pub which: Which,
    /// Sequence number of the event that undid, ended or overtook it.
    pub undone_by: u32,
}

/// Which letters that tell of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// All of them.
    All,
    /// Those of a kind: what its event tells otherwise still holds.
    Kind(LetterKind),
    /// This one: what its event tells others still holds.
    Only(LetterKey),
}

impl Untrue {
    /// Whether it is about a letter.
    pub fn covers(&self, letter: &LetterKey) -> bool {
        match self.which {
            Which::All => letter.event == self.event,
            Which::Kind(kind) => letter.event == self.event && letter.kind == kind,
            Which::Only(one) => *letter == one,
        }
    }
}

/// The letters that new events made untrue: whoever has not got them yet should not. `dossier` holds all events of the
/// complaint; those from `first_new` on are new.
pub fn made_untrue(
    policy: &Policy,
    calendar: &Calendar,
    dossier: &[Recorded],
    first_new: usize,
) -> Vec<Untrue> {
    // A filing makes nothing untrue, and there is nothing before it.
    let first_new = first_new.max(1);
    let Some(mut before) = Complaint::fold(dossier.iter().take(first_new)) else {
        return Vec::new();
    };
    let mut untrue = Vec::new();
    for (place, recorded) in dossier.iter().enumerate().skip(first_new) {
        let mut then = before.clone();
        then.evolve(recorded);
        let earlier = &dossier[..place];
        let mut events = match recorded.event {
            Event::ClockReversed { what } => told_of(earlier, &before, &then, what),
            _ => Vec::new(),
        };
        events.extend(reminded_in_vain(calendar, earlier, &before, &then));
        events.extend(recorded_before(earlier, &recorded.event));
        let redirected = match recorded.event {
            Event::LetterRedirected { letter } => Some(letter),
            _ => None,
        };
        let mut letters: Vec<_> = overtaken(&before, &then)
            .chain(redirected)
            .flat_map(|letter| copies(earlier, letter))
            .filter(|letter| !events.contains(&letter.event))
            .map(|letter| (letter.event, Which::Only(letter)))
            .collect();
        let now = recorded.registered_at;
        let alerts = alerted_in_vain(policy, calendar, earlier, [&before, &then], now);
        let asked = match &recorded.event {
            Event::MeasureUpdated(update) => asked_in_vain(earlier, &before, &then, update),
            _ => Vec::new(),
        };
        let alerts = alerts.into_iter().chain(asked);
        letters.extend(alerts.filter(|(event, _)| !events.contains(event)));
        letters.extend(events.iter().map(|event| (*event, Which::All)));
        untrue.extend(letters.into_iter().map(|(event, which)| Untrue {
            event,
            which,
            undone_by: before.version,
        }));
        before = then;
    }
    untrue
}

/// The letters to the complainant that said what held until an event, and do not any more.
fn overtaken(before: &Complaint, then: &Complaint) -> impl Iterator<Item = LetterKey> {
    let letters = before.deliveries.keys().copied();
    letters.filter(|letter| before.letter_holds(letter) && !then.letter_holds(letter))
}

/// A letter, and its further copies, which go under the events that made them due.
pub fn copies(earlier: &[Recorded], letter: LetterKey) -> Vec<LetterKey> {
    let is_attempt = |(_, one): &(u32, &Recorded)| match one.event {
        Event::LetterRedirected { letter: of }
        | Event::LetterReprinted { letter: of }
        | Event::LetterSentAgain { letter: of, .. } => of == letter,
        _ => false,
    };
    let attempts = (0u32..).zip(earlier).filter(is_attempt);
    let keys = attempts.map(|(event, _)| LetterKey { event, ..letter });
    std::iter::once(letter).chain(keys).collect()
}

/// What told of an address of a party that another has followed.
fn recorded_before(earlier: &[Recorded], event: &Event) -> Vec<u32> {
    let Event::AddressRecorded { party: of, .. } = event else {
        return Vec::new();
    };
    let tells = |(_, one): &(u32, &Recorded)| matches!(&one.event, Event::AddressRecorded { party, .. } if party == of);
    let numbered = (0u32..).zip(earlier);
    numbered.filter(tells).map(|(seq, _)| seq).collect()
}

/// The reminders of a term that an event ended: whoever has not got one is not to be reminded any more.
fn reminded_in_vain(
    calendar: &Calendar,
    earlier: &[Recorded],
    before: &Complaint,
    then: &Complaint,
) -> Vec<u32> {
    let still = running(calendar, then);
    let mut ended = running(calendar, before);
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

/// The alerts on what an event did after all, or ended, and those to whom it released: whoever has not got one is not to be
/// alerted any more.
fn alerted_in_vain(
    policy: &Policy,
    calendar: &Calendar,
    earlier: &[Recorded],
    [before, then]: [&Complaint; 2],
    now: DateTime<Utc>,
) -> Vec<(u32, Which)> {
    let numbered = (0u32..).zip(earlier);
    let alerts = numbered.filter_map(|(seq, one)| match one.event {
        Event::Alerted { deadline, .. } => Some((seq, deadline)),
        _ => None,
    });
    let alerts: Vec<(u32, DeadlineKind)> = alerts.collect();
    if alerts.is_empty() {
        return Vec::new();
    }
    let [mut ended, still] = [before, then].map(|complaint| {
        let is_owed = |one: &Deadline| one.due_at <= now && is_alerted_on(policy, complaint, one);
        let all = deadlines(policy, calendar, complaint).into_iter();
        all.filter(is_owed).map(|one| one.kind).collect::<Vec<_>>()
    });
    ended.retain(|kind| !still.contains(kind));
    let vain = alerts.iter().filter(|(_, kind)| ended.contains(kind));
    let kind = LetterKind::OverdueAlert;
    let mut vain: Vec<_> = vain.map(|(event, _)| (*event, Which::Kind(kind))).collect();
    let stays = &then.round().bench.deciders;
    let mut released = before.round().bench.deciders.clone();
    released.retain(|member| !stays.contains(member));
    for member in released {
        let to = Recipient::Member(member);
        let letters = alerts
            .iter()
            .map(|&(event, _)| LetterKey { event, kind, to });
        vain.extend(letters.map(|letter| (letter.event, Which::Only(letter))));
    }
    vain
}

/// The terms that the complainant is reminded of, each with the event whose letter announced it.
fn running(calendar: &Calendar, complaint: &Complaint) -> Vec<(DeadlineKind, u32)> {
    let round = complaint.round();
    let is_there = |letter: &LetterKey| {
        let delivery = complaint.deliveries.get(letter);
        delivery.is_some_and(|one| one.counts_from().is_some())
    };
    let response = round.response.as_ref().filter(|one| {
        let is_void = complaint.silence_void_since(calendar, round).is_some();
        one.is_unanswered() && is_there(&one.letter) && !is_void
    });
    let silence = response.map(|one| (DeadlineKind::Silence(round.instance), one.letter.event));
    let way = round.way.as_ref().filter(|way| {
        let is_void = complaint.way_void_since(calendar, round).is_some();
        way.announced.is_some() && is_there(&way.letter) && !is_void
    });
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
            Event::LetterRedirected { letter }
            | Event::LetterReprinted { letter }
            | Event::LetterSentAgain { letter, .. } => is_one(letter.event),
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

/// To both sides, and to whoever decides: one letter of all that is undone at once.
pub(super) fn told(moment: &Moment<'_>, what: ClockAct) -> Told {
    let content = Content::Reversal {
        what,
        undone: undone(moment, moment.before, what),
        more: more(moment),
        is_open: moment.after.is_open(),
        counts_earlier: counts_earlier(moment),
        holds: holds(moment),
    };
    let mut readers = moment.parties();
    readers.extend(moment.staff());
    to_all(readers, &content)
}

/// What else is undone right after, each with its term.
fn more(moment: &Moment<'_>) -> Vec<(ClockAct, Option<DueDay>)> {
    let mut before = moment.then.clone();
    let mut more = Vec::new();
    for recorded in moment.after_this() {
        if let Event::ClockReversed { what } = recorded.event {
            more.push((what, undone(moment, &before, what)));
        }
        before.evolve(recorded);
    }
    more
}

/// The term that had ended, with the last day as it was before it was undone.
fn undone(moment: &Moment<'_>, before: &Complaint, what: ClockAct) -> Option<DueDay> {
    let index = before.round().instance;
    let kind = match what {
        ClockAct::Lapse(term) => of(term, before),
        ClockAct::SilentWay => DeadlineKind::Silence(index),
        ClockAct::Closing => match before.closure?.outcome {
            Outcome::TacitlyAccepted => DeadlineKind::Silence(index),
            _ => DeadlineKind::Way(index),
        },
    };
    // What the post undid with it takes the delivery from which the term ran.
    let first = Complaint::fold(moment.dossier.iter().take(moment.first_new));
    let stands = [Some(before), first.as_ref()].into_iter().flatten();
    let derived = |complaint| deadlines(moment.policy, &moment.facts.calendar, complaint);
    let mut found = stands.flat_map(derived);
    found.find(|one| one.kind == kind).map(|one| due(&one))
}

/// Whether the last day counts that an earlier letter gives: for a reaction, or for the way that is given back. It is not said
/// again, since who has a later letter without one may go by that.
fn counts_earlier(moment: &Moment<'_>) -> bool {
    let all = deadlines(moment.policy, &moment.facts.calendar, moment.after);
    let mut open = all.iter().filter(|one| one.is_open);
    let counts = |kind| match kind {
        DeadlineKind::Silence(_) => true,
        DeadlineKind::Way(_) => is_way_back(moment),
        _ => false,
    };
    open.any(|one| counts(one.kind))
}

/// Whether the way is one of before what is undone.
fn is_way_back(moment: &Moment<'_>) -> bool {
    let way = moment.after.round().way.as_ref();
    let is_closing = is_reopened(&moment.recorded.event);
    !is_closing && way.is_some_and(|way| way.letter.event < moment.seq)
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
            DeadlineKind::Reaction(index),
            DeadlineKind::Way(index),
        ]
        .contains(&one.kind);
        is_theirs && one.is_open && one.due_on >= today
    };
    let all = deadlines(moment.policy, &moment.facts.calendar, after);
    let mut holds: Vec<_> = all.iter().filter(|one| counts(one)).map(due).collect();
    if is_way_back(moment) {
        holds.retain(|one| !matches!(one.kind, DeadlineKind::Way(_)));
        return holds;
    }
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
