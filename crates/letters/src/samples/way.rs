//! The way to the next instance, and appeals.

use wederhoor_procedure::{
    complaint::{LapsedTerm, Party},
    deadline::DeadlineKind,
    letter::{Content, EndingSoon},
    policy::{ExitGround, SilenceMeans},
};

use super::{BRAM, COMPLAINANT, Fill, Sample, all, both, day, one};

pub(super) fn samples(fill: &Fill) -> Vec<Sample> {
    let mut all = notices(fill);
    all.extend(reminders(fill));
    all.extend(appeals(fill));
    all
}

fn notices(fill: &Fill) -> Vec<Sample> {
    let notice = |ground, until, next| Content::WayNotice {
        ground,
        lapsed: (ground == ExitGround::Lapse).then_some(LapsedTerm::Resolution),
        answer_follows: false,
        until,
        next: Some(next),
        unsigned: None,
    };
    let unanswered = Content::WayNotice {
        ground: ExitGround::Lapse,
        lapsed: Some(LapsedTerm::Reaction),
        answer_follows: false,
        until: None,
        next: Some(fill.to_manager()),
        unsigned: None,
    };
    let before_the_answer = Content::WayNotice {
        ground: ExitGround::Notice,
        lapsed: None,
        answer_follows: true,
        until: Some(day(4, 20)),
        next: Some(fill.to_manager()),
        unsigned: None,
    };
    let taken_back = Content::WayNotice {
        ground: ExitGround::NoAgreement,
        lapsed: None,
        answer_follows: false,
        until: Some(day(6, 22)),
        next: Some(fill.to_arbiter()),
        unsigned: Some(Party::Complainant),
    };
    vec![
        (both(), unanswered),
        (both(), before_the_answer),
        (both(), taken_back),
        (
            both(),
            notice(ExitGround::NoAgreement, Some(day(6, 22)), fill.to_arbiter()),
        ),
        (both(), notice(ExitGround::Lapse, None, fill.to_manager())),
        (
            both(),
            notice(ExitGround::Objection, Some(day(4, 20)), fill.to_manager()),
        ),
        (
            both(),
            notice(ExitGround::Notice, Some(day(4, 20)), fill.to_manager()),
        ),
        (
            one(COMPLAINANT),
            notice(
                ExitGround::Inadmissible,
                Some(day(4, 20)),
                fill.to_manager(),
            ),
        ),
        (
            one(COMPLAINANT),
            notice(ExitGround::Decision, Some(day(4, 20)), fill.to_arbiter()),
        ),
    ]
}

fn reminders(fill: &Fill) -> Vec<Sample> {
    vec![
        (
            one(COMPLAINANT),
            Content::Reminder {
                what: EndingSoon::Reaction(SilenceMeans::Acceptance),
                until: fill.due(DeadlineKind::Silence(0), day(4, 7)),
            },
        ),
        (
            one(COMPLAINANT),
            Content::Reminder {
                what: EndingSoon::Appeal(Some(fill.to_arbiter())),
                until: fill.due(DeadlineKind::Way(0), day(4, 7)),
            },
        ),
    ]
}

fn appeals(fill: &Fill) -> Vec<Sample> {
    vec![
        (
            all(),
            Content::AppealReceived {
                received_on: day(3, 20),
                stage: fill.manager(),
                is_late: false,
                follows_refusal: false,
                deciders: vec![BRAM],
                is_heard: true,
                terms: vec![fill.due(DeadlineKind::Resolution(1), day(5, 1))],
                unsigned: None,
            },
        ),
        (
            both(),
            Content::AppealReceived {
                received_on: day(3, 20),
                stage: fill.manager(),
                is_late: false,
                follows_refusal: false,
                deciders: Vec::new(),
                is_heard: false,
                terms: Vec::new(),
                unsigned: Some(Party::Complainant),
            },
        ),
        (
            both(),
            Content::AppealReceived {
                received_on: day(3, 20),
                stage: fill.manager(),
                is_late: true,
                follows_refusal: false,
                deciders: Vec::new(),
                is_heard: true,
                terms: vec![fill.due(DeadlineKind::LateAppeal(1), day(4, 3))],
                unsigned: None,
            },
        ),
        (
            all(),
            Content::LateAppealOutcome {
                is_admitted: true,
                reasons: None,
                is_timely: false,
                follows_refusal: false,
                stage: Some(fill.manager()),
                terms: vec![fill.due(DeadlineKind::Resolution(1), day(5, 1))],
            },
        ),
        (
            both(),
            Content::LateAppealOutcome {
                is_admitted: true,
                reasons: None,
                is_timely: true,
                follows_refusal: false,
                stage: Some(fill.manager()),
                terms: Vec::new(),
            },
        ),
        (
            both(),
            Content::LateAppealOutcome {
                is_admitted: false,
                reasons: Some(fill.words()),
                is_timely: false,
                follows_refusal: false,
                stage: None,
                terms: Vec::new(),
            },
        ),
        (
            both(),
            Content::LateAppealOutcome {
                is_admitted: false,
                reasons: Some(fill.words()),
                is_timely: false,
                follows_refusal: true,
                stage: None,
                terms: Vec::new(),
            },
        ),
    ]
}
