//! Endings, lapses, and what is undone.

use wederhoor_procedure::{
    command::CommandKind,
    complaint::{ClockAct, Outcome, Party},
    deadline::DeadlineKind,
    letter::Content,
};

use super::{COMPLAINANT, Fill, Sample, all, day, one};

pub(super) fn samples(fill: &Fill) -> Vec<Sample> {
    let mut all = closings(fill);
    all.extend(lapses(fill));
    all.extend(undone());
    all
}

fn closings(fill: &Fill) -> Vec<Sample> {
    let closing = |outcome, asks_rating, late_way| Content::Closing {
        outcome,
        asks_rating,
        late_way,
    };
    let tacit = closing(Outcome::TacitlyAccepted, true, Some(fill.to_manager()));
    let mut closings = vec![(all(), tacit)];
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

fn undone() -> Vec<Sample> {
    vec![
        (
            all(),
            Content::Reversal {
                what: ClockAct::Closing,
            },
        ),
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                act: CommandKind::AcceptResponse,
                is_outdated: false,
            },
        ),
        (
            all(),
            Content::ActWithoutEffect {
                party: Party::Complainant,
                act: CommandKind::AcceptResponse,
                is_outdated: true,
            },
        ),
    ]
}
