//! Endings, lapses, and what is undone.

use wederhoor_procedure::{
    command::CommandKind,
    complaint::{ClockAct, LapsedTerm, Outcome, Party},
    deadline::DeadlineKind,
    letter::{Content, WithoutEffect},
};

use super::{COMPLAINANT, Fill, Sample, all, day, one};

pub(super) fn samples(fill: &Fill) -> Vec<Sample> {
    let mut all = closings(fill);
    all.extend(lapses(fill));
    all.extend(undone(fill));
    all.extend(without_effect());
    all
}

fn closings(fill: &Fill) -> Vec<Sample> {
    let closing = |outcome, asks_rating, late_way| Content::Closing {
        outcome,
        is_appeal_withdrawn: false,
        asks_rating,
        late_way,
    };
    let tacit = closing(Outcome::TacitlyAccepted, true, Some(fill.to_manager()));
    let taken_back = Content::Closing {
        outcome: Outcome::TacitlyAccepted,
        is_appeal_withdrawn: true,
        asks_rating: false,
        late_way: None,
    };
    let mut closings = vec![(all(), tacit), (all(), taken_back)];
    let outcomes = [
        Outcome::Accepted,
        Outcome::Agreed,
        Outcome::Decided,
        Outcome::NotPursued,
        Outcome::Withdrawn,
        Outcome::Inadmissible,
    ];
    closings.extend(outcomes.map(|outcome| (one(COMPLAINANT), closing(outcome, false, None))));
    closings
}

fn lapses(fill: &Fill) -> Vec<Sample> {
    vec![
        (
            one(COMPLAINANT),
            Content::LapseNotice {
                term: fill.due(DeadlineKind::Resolution(0), day(4, 6)),
                was_proposed: false,
                next: Some(fill.to_manager()),
            },
        ),
        (
            one(COMPLAINANT),
            Content::LapseNotice {
                term: fill.due(DeadlineKind::Resolution(0), day(4, 6)),
                was_proposed: true,
                next: Some(fill.to_arbiter()),
            },
        ),
        (
            one(COMPLAINANT),
            Content::LapseNotice {
                term: fill.due(DeadlineKind::Reaction(0), day(4, 6)),
                was_proposed: false,
                next: None,
            },
        ),
        (
            one(COMPLAINANT),
            Content::LapseNotice {
                term: fill.due(DeadlineKind::Appointment(1), day(4, 6)),
                was_proposed: false,
                next: None,
            },
        ),
        (
            one(COMPLAINANT),
            Content::LapseNotice {
                term: fill.due(DeadlineKind::Resolution(1), day(4, 6)),
                was_proposed: false,
                next: None,
            },
        ),
    ]
}

fn undone(fill: &Fill) -> Vec<Sample> {
    vec![
        (
            all(),
            Content::Reversal {
                what: ClockAct::Closing,
                undone: Some(fill.due(DeadlineKind::Silence(0), day(4, 7))),
                more: vec![(
                    ClockAct::Lapse(LapsedTerm::Resolution),
                    Some(fill.due(DeadlineKind::Resolution(0), day(3, 30))),
                )],
                is_open: true,
                counts_earlier: false,
                holds: vec![fill.due(DeadlineKind::Way(0), day(5, 6))],
            },
        ),
        (
            all(),
            Content::Reversal {
                what: ClockAct::Lapse(LapsedTerm::Reaction),
                undone: Some(fill.due(DeadlineKind::Reaction(0), day(4, 7))),
                more: Vec::new(),
                is_open: true,
                counts_earlier: false,
                holds: Vec::new(),
            },
        ),
        (
            all(),
            Content::Reversal {
                what: ClockAct::Lapse(LapsedTerm::Resolution),
                undone: Some(fill.due(DeadlineKind::Resolution(0), day(3, 30))),
                more: Vec::new(),
                is_open: true,
                counts_earlier: true,
                holds: Vec::new(),
            },
        ),
        (
            all(),
            Content::Reversal {
                what: ClockAct::SilentWay,
                undone: None,
                more: Vec::new(),
                is_open: false,
                counts_earlier: false,
                holds: Vec::new(),
            },
        ),
    ]
}

fn without_effect() -> Vec<Sample> {
    vec![
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                arrived_on: day(4, 2),
                act: CommandKind::AcceptResponse,
                why: WithoutEffect::MovedOn,
            },
        ),
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                arrived_on: day(4, 2),
                act: CommandKind::AcceptResponse,
                why: WithoutEffect::EarlierText,
            },
        ),
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                arrived_on: day(4, 2),
                act: CommandKind::AcceptResponse,
                why: WithoutEffect::LaterWord,
            },
        ),
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                arrived_on: day(4, 2),
                act: CommandKind::Appeal,
                why: WithoutEffect::TooEarly,
            },
        ),
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                arrived_on: day(4, 2),
                act: CommandKind::Appeal,
                why: WithoutEffect::StillTooEarly,
            },
        ),
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                arrived_on: day(4, 2),
                act: CommandKind::Appeal,
                why: WithoutEffect::TooEarlyAndClosed,
            },
        ),
    ]
}
