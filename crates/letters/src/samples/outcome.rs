//! A text to sign, responses, more time, decisions.

use wederhoor_procedure::{
    complaint::Finding,
    deadline::DeadlineKind,
    letter::{AnnouncedSilence, Content, MoreTime},
    policy::SilenceMeans,
};

use super::{ANNA, BRAM, COMPLAINANT, Fill, Sample, all, both, day, one};

pub(super) fn samples(fill: &Fill) -> Vec<Sample> {
    let mut all = responses(fill);
    all.extend(texts(fill));
    all.extend(more_time(fill));
    all.extend(decisions(fill));
    all
}

fn responses(fill: &Fill) -> Vec<Sample> {
    let silence = AnnouncedSilence {
        on: day(4, 7),
        means: SilenceMeans::Acceptance,
        basis: fill.article(),
    };
    let response = |silence, next, is_new, is_answered| Content::Response {
        finding: Finding::PartlyUpheld,
        text: fill.words(),
        handlers: vec![ANNA],
        is_new,
        silence,
        next,
        is_answered,
    };
    vec![
        (
            both(),
            response(Some(silence.clone()), Some(fill.to_manager()), true, false),
        ),
        (
            one(COMPLAINANT),
            response(
                Some(AnnouncedSilence {
                    means: SilenceMeans::NoAgreement,
                    ..silence
                }),
                None,
                false,
                false,
            ),
        ),
        (
            one(COMPLAINANT),
            response(None, Some(fill.to_manager()), false, false),
        ),
        (
            one(COMPLAINANT),
            response(None, Some(fill.to_manager()), false, true),
        ),
    ]
}

fn texts(fill: &Fill) -> Vec<Sample> {
    vec![
        (
            both(),
            Content::SolutionForSignOff {
                version: 2,
                text: fill.words(),
                until: Some(fill.due(DeadlineKind::Resolution(0), day(4, 6))),
            },
        ),
        (
            one(COMPLAINANT),
            Content::ReactionAnswer {
                text: fill.words(),
                next: Some(fill.to_manager()),
            },
        ),
    ]
}

fn more_time(fill: &Fill) -> Vec<Sample> {
    vec![
        (
            both(),
            Content::Extension {
                until: day(4, 20),
                how: MoreTime::Announced {
                    reasons: fill.words(),
                    basis: Some(fill.article()),
                },
            },
        ),
        (
            one(COMPLAINANT),
            Content::Extension {
                until: day(4, 20),
                how: MoreTime::Requested {
                    reasons: fill.words(),
                    basis: Some(fill.article()),
                },
            },
        ),
        (
            both(),
            Content::Extension {
                until: day(4, 20),
                how: MoreTime::Agreed,
            },
        ),
    ]
}

fn decisions(fill: &Fill) -> Vec<Sample> {
    let decision = |stage, next| Content::Decision {
        stage,
        finding: Finding::NotUpheld,
        text: fill.words(),
        deciders: vec![BRAM],
        compensation: Some(250),
        upholds_inadmissibility: true,
        basis: Some(fill.article()),
        next,
    };
    vec![
        (all(), decision(fill.manager(), None)),
        (one(COMPLAINANT), decision(fill.to_arbiter().stage, None)),
    ]
}
