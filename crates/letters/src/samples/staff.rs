//! To whoever handles, decides or administers.

use wederhoor_procedure::{
    command::CommandKind,
    complaint::{Departure, LetterKey, LetterKind, Outcome, Party},
    deadline::DeadlineKind,
    letter::{Content, DueDay, Release, Rested, Retry, Vacancy},
    policy::Conflicted,
};

use super::{ADMINISTRATION, DECIDER, Fill, Sample, day, one};

pub(super) fn samples(fill: &Fill) -> Vec<Sample> {
    let mut all = appointments(fill);
    all.extend(alerts(fill));
    all.extend(undelivered());
    all.extend(messages(fill));
    all.extend(measures(fill));
    all
}

fn appointments(fill: &Fill) -> Vec<Sample> {
    let waits = |why, is_pool| Content::Unassigned {
        stage: fill.handler(),
        why,
        is_pool,
        until: Some(fill.due(DeadlineKind::Appointment(0), day(3, 23))),
    };
    vec![
        (
            one(DECIDER),
            Content::Assignment {
                stage: fill.handler(),
                terms: vec![
                    fill.due(DeadlineKind::Contact(0), day(3, 16)),
                    fill.due(DeadlineKind::Resolution(0), day(4, 6)),
                ],
            },
        ),
        (
            one(DECIDER),
            Content::Assignment {
                stage: fill.manager(),
                terms: vec![fill.due(DeadlineKind::Resolution(1), day(5, 1))],
            },
        ),
        (vec![ADMINISTRATION, DECIDER], waits(Vacancy::Filed, true)),
        (one(ADMINISTRATION), waits(Vacancy::SteppedBack, false)),
        (one(ADMINISTRATION), waits(Vacancy::Unrepresented, false)),
        (one(ADMINISTRATION), waits(Vacancy::Appealed, false)),
        (one(ADMINISTRATION), waits(Vacancy::LateAppeal, false)),
        (
            one(DECIDER),
            Content::LateAppeal {
                received_on: day(3, 20),
                follows_refusal: false,
                until: Some(DueDay {
                    kind: DeadlineKind::LateAppeal(1),
                    on: day(4, 3),
                    basis: fill.house_rule(),
                }),
            },
        ),
        (
            one(DECIDER),
            Content::LateAppeal {
                received_on: day(3, 20),
                follows_refusal: true,
                until: Some(DueDay {
                    kind: DeadlineKind::LateAppeal(1),
                    on: day(4, 3),
                    basis: fill.house_rule(),
                }),
            },
        ),
    ]
}

fn alerts(fill: &Fill) -> Vec<Sample> {
    let overdue = |kind, nth, repeats| Content::OverdueAlert {
        term: fill.due(kind, day(3, 16)),
        nth,
        repeats,
        stage: Some(fill.handler()),
        letters: Vec::new(),
    };
    vec![
        (
            one(ADMINISTRATION),
            Content::OverdueAlert {
                term: fill.due(DeadlineKind::Posting, day(3, 16)),
                nth: 1,
                repeats: true,
                stage: None,
                letters: vec![
                    LetterKey::to_complainant(6, LetterKind::Response),
                    LetterKey::to_complainant(0, LetterKind::Confirmation),
                ],
            },
        ),
        (
            vec![ADMINISTRATION, DECIDER],
            overdue(DeadlineKind::Contact(0), 1, true),
        ),
        (
            one(ADMINISTRATION),
            overdue(DeadlineKind::Resolution(0), 3, true),
        ),
        (one(DECIDER), overdue(DeadlineKind::Resolution(0), 1, false)),
        (
            one(DECIDER),
            overdue(DeadlineKind::Announcement(0), 1, true),
        ),
    ]
}

/// Letters about letters: by what rested on them, and whether they go once more.
fn undelivered() -> Vec<Sample> {
    let response = LetterKey::to_complainant(6, LetterKind::Response);
    let decision = LetterKey::to_complainant(9, LetterKind::Decision);
    let solution = LetterKey::to_complainant(5, LetterKind::SolutionForSignOff);
    let confirmation = LetterKey::to_complainant(0, LetterKind::Confirmation);
    let assignment = LetterKey {
        event: 1,
        kind: LetterKind::Assignment,
        to: DECIDER,
    };
    [
        (response, Some(Rested::Terms), Retry::ByMail),
        (response, Some(Rested::Terms), Retry::OnPaper),
        (response, Some(Rested::Terms), Retry::Never),
        (decision, Some(Rested::Knowledge), Retry::ElsewhereOnPaper),
        (
            confirmation,
            Some(Rested::Confirmation),
            Retry::ElsewhereByMail,
        ),
        (solution, Some(Rested::Proposal), Retry::ByMail),
        (assignment, None, Retry::Never),
    ]
    .map(|(letter, rested, retry)| {
        let content = Content::Undelivered {
            letter,
            rested,
            retry,
        };
        (one(ADMINISTRATION), content)
    })
    .to_vec()
}

fn messages(fill: &Fill) -> Vec<Sample> {
    vec![
        (
            one(DECIDER),
            Content::PartyActed {
                party: Party::Complainant,
                act: CommandKind::ReactToResponse,
                until: Some(fill.due(DeadlineKind::Reaction(0), day(4, 3))),
            },
        ),
        (
            one(DECIDER),
            Content::MeasuresAsked {
                outcome: Outcome::Agreed,
                until: fill.due(DeadlineKind::Measures, day(4, 3)),
            },
        ),
        (
            one(DECIDER),
            Content::Released {
                why: Release::Replaced,
            },
        ),
        (
            one(DECIDER),
            Content::Released {
                why: Release::Conflict(Conflicted::CourseTrainer),
            },
        ),
        (
            one(DECIDER),
            Content::Released {
                why: Release::NoLongerSpeaks(Conflicted::CourseTrainer),
            },
        ),
        (
            one(DECIDER),
            Content::Released {
                why: Release::Departed(Departure::Ended),
            },
        ),
        (
            one(DECIDER),
            Content::Released {
                why: Release::Departed(Departure::Absent),
            },
        ),
        (
            one(DECIDER),
            Content::MeasureAssigned {
                text: fill.words(),
                due_on: Some(day(5, 1)),
            },
        ),
        (one(DECIDER), Content::Recurrence { text: fill.words() }),
    ]
}

fn measures(fill: &Fill) -> Vec<Sample> {
    let due = |nth| Content::MeasureDue {
        text: fill.words(),
        due_on: Some(day(5, 1)),
        nth,
    };
    let effect = |recurrences, is_unanswered| Content::MeasureEffect {
        text: fill.words(),
        done_on: day(5, 1),
        recurrences,
        is_unanswered,
    };
    let all = [
        due(None),
        due(Some(1)),
        due(Some(2)),
        Content::MeasureDue {
            text: fill.words(),
            due_on: None,
            nth: None,
        },
        effect(0, false),
        effect(1, false),
        effect(2, true),
    ];
    all.map(|content| (one(DECIDER), content)).to_vec()
}
