//! One letter of every kind and more, with fictional people.

use chrono::NaiveDate;
use uuid::Uuid;
use wederhoor_procedure::{
    Confidential, MemberId, Text,
    command::CommandKind,
    complaint::{ClockAct, Finding, LetterKey, LetterKind, Outcome, Party, Recipient},
    deadline::DeadlineKind,
    letter::{
        AnnouncedSilence, Content, DueDay, EndingSoon, Letter, MoreTime, NextStage, Release, Stage,
        Vacancy, Via,
    },
    policy::{Basis, Citation, Conflicted, DeciderKind, DecisionEffect, ExitGround, SilenceMeans},
};

pub(super) const ANNA: MemberId = MemberId(Uuid::from_u128(1));
pub(super) const BRAM: MemberId = MemberId(Uuid::from_u128(2));

pub(super) const COMPLAINANT: Recipient = Recipient::Party(Party::Complainant);
const RESPONDENT: Recipient = Recipient::Party(Party::Respondent(1));
const REPRESENTATIVE: Recipient = Recipient::Party(Party::Representative);
const DECIDER: Recipient = Recipient::Member(ANNA);
const ADMINISTRATION: Recipient = Recipient::Administration;

/// Sets of texts that samples are filled with.
#[derive(Clone, Debug)]
pub(super) struct Fill {
    /// Every confided text.
    pub words: String,
    /// Every name in the policy.
    pub name: String,
}

impl Default for Fill {
    fn default() -> Self {
        Self {
            words: "De zaal was te klein.\nEr waren <geen> stoelen & tafels.".to_owned(),
            name: String::new(),
        }
    }
}

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// Letters by content, each for all who can get it.
pub(super) fn samples(fill: &Fill) -> Vec<Letter> {
    let mut all = to_parties(fill);
    all.extend(onward(fill));
    all.extend(to_staff(fill));
    let letters = all.into_iter();
    letters
        .flat_map(|(readers, content)| {
            let kind = content.kind();
            readers.into_iter().map(move |to| Letter {
                key: LetterKey { event: 7, kind, to },
                via: Via::Mail,
                locale: None,
                regulation: text("Klachtenregeling trainingen", "Complaints regulation", ""),
                received_on: day(3, 9),
                written_on: day(3, 20),
                content: content.clone(),
            })
        })
        .map(|letter| Letter {
            regulation: named(letter.regulation, &fill.name),
            ..letter
        })
        .collect()
}

fn text(nl: &str, en: &str, name: &str) -> Text {
    let or = |word: &str| {
        if name.is_empty() {
            word.to_owned()
        } else {
            name.to_owned()
        }
    };
    Text {
        nl: or(nl),
        en: or(en),
    }
}

fn named(was: Text, name: &str) -> Text {
    text(&was.nl, &was.en, name)
}

fn article(fill: &Fill) -> Basis {
    let article = text("Klachtenprocedure 2", "", &fill.name).nl;
    let text = text("Binnen 4 weken.", "Within 4 weeks.", &fill.name);
    Basis::Article(Citation { article, text })
}

fn house_rule() -> Basis {
    Basis::HouseRule(text("Twee weken.", "Two weeks.", ""))
}

fn due(fill: &Fill, kind: DeadlineKind, on: NaiveDate) -> DueDay {
    let basis = article(fill);
    DueDay { kind, on, basis }
}

fn handler(fill: &Fill) -> Stage {
    Stage {
        name: text("Trainingsadviseur", "Training adviser", &fill.name),
        decider: DeciderKind::Handler,
        is_first: true,
        effect: None,
    }
}

fn manager(fill: &Fill) -> Stage {
    Stage {
        name: text("Leidinggevende", "Manager", &fill.name),
        decider: DeciderKind::Manager,
        is_first: false,
        effect: Some(DecisionEffect::Final),
    }
}

fn to_manager(fill: &Fill) -> NextStage {
    NextStage {
        stage: manager(fill),
        is_written: true,
        basis: article(fill),
    }
}

fn to_arbiter(fill: &Fill) -> NextStage {
    let stage = Stage {
        name: text(
            "Onafhankelijke derde",
            "Independent third party",
            &fill.name,
        ),
        decider: DeciderKind::Arbiter,
        is_first: false,
        effect: Some(DecisionEffect::BindingAdvice),
    };
    NextStage {
        stage,
        is_written: false,
        basis: article(fill),
    }
}

type Sample = (Vec<Recipient>, Content);

fn to_parties(fill: &Fill) -> Vec<Sample> {
    let words = || Confidential::new(fill.words.clone());
    let both = || vec![COMPLAINANT, RESPONDENT];
    let first = [
        due(fill, DeadlineKind::Acknowledgement, day(3, 10)),
        due(fill, DeadlineKind::Appointment(0), day(3, 10)),
        due(fill, DeadlineKind::LateComplaint, day(3, 23)),
        due(fill, DeadlineKind::Contact(0), day(3, 16)),
        due(fill, DeadlineKind::Resolution(0), day(4, 6)),
    ];
    let silence = AnnouncedSilence {
        on: day(4, 7),
        means: SilenceMeans::Acceptance,
        basis: article(fill),
    };
    let response = |silence, next, is_new| Content::Response {
        finding: Finding::PartlyUpheld,
        text: words(),
        handlers: vec![ANNA],
        is_new,
        silence,
        next,
    };
    vec![
        (
            vec![COMPLAINANT],
            Content::Confirmation {
                handlers: Vec::new(),
                terms: first.to_vec(),
                is_late: true,
            },
        ),
        (
            both(),
            Content::HandlerNamed {
                stage: handler(fill),
                members: vec![ANNA],
                confirms_receipt: true,
                is_change: false,
                is_late_appeal: false,
                terms: first[3..].to_vec(),
            },
        ),
        (
            vec![COMPLAINANT],
            Content::HandlerNamed {
                stage: manager(fill),
                members: vec![ANNA, BRAM],
                confirms_receipt: false,
                is_change: true,
                is_late_appeal: false,
                terms: vec![due(fill, DeadlineKind::Resolution(1), day(5, 1))],
            },
        ),
        (
            vec![RESPONDENT, REPRESENTATIVE],
            Content::RespondentNotice {
                description: words(),
                handlers: vec![ANNA],
                until: Some(due(fill, DeadlineKind::Resolution(0), day(4, 6))),
            },
        ),
        (
            both(),
            Content::HearingInvitation {
                on: day(3, 25).and_hms_opt(14, 5, 0).unwrap(),
                place: words(),
                handlers: vec![ANNA, BRAM],
            },
        ),
        (
            both(),
            Content::SolutionForSignOff {
                version: 2,
                text: words(),
                until: Some(due(fill, DeadlineKind::Resolution(0), day(4, 6))),
            },
        ),
        (
            both(),
            response(Some(silence.clone()), Some(to_manager(fill)), true),
        ),
        (
            vec![COMPLAINANT],
            response(
                Some(AnnouncedSilence {
                    means: SilenceMeans::NoAgreement,
                    ..silence
                }),
                None,
                false,
            ),
        ),
        (
            vec![COMPLAINANT],
            response(None, Some(to_manager(fill)), false),
        ),
        (
            vec![COMPLAINANT],
            Content::ReactionAnswer {
                text: words(),
                next: Some(to_manager(fill)),
            },
        ),
        (
            both(),
            Content::Extension {
                until: day(4, 20),
                how: MoreTime::Announced {
                    reasons: words(),
                    basis: Some(article(fill)),
                },
            },
        ),
        (
            vec![COMPLAINANT],
            Content::Extension {
                until: day(4, 20),
                how: MoreTime::Requested {
                    reasons: words(),
                    basis: Some(article(fill)),
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
        (
            both(),
            Content::Inadmissible {
                reasons: words(),
                next: Some(to_manager(fill)),
            },
        ),
        (
            vec![COMPLAINANT, DECIDER],
            Content::LateComplaintAdmitted {
                reasons: None,
                terms: first[3..].to_vec(),
            },
        ),
        (
            vec![COMPLAINANT],
            Content::LateComplaintAdmitted {
                reasons: Some(words()),
                terms: first[3..].to_vec(),
            },
        ),
    ]
}

fn onward(fill: &Fill) -> Vec<Sample> {
    let words = || Confidential::new(fill.words.clone());
    let both = || vec![COMPLAINANT, RESPONDENT];
    let all = || vec![COMPLAINANT, RESPONDENT, DECIDER];
    let notice = |ground, until, next| Content::WayNotice {
        ground,
        until,
        next: Some(next),
    };
    let decision = |stage, next| Content::Decision {
        stage,
        finding: Finding::NotUpheld,
        text: words(),
        deciders: vec![BRAM],
        compensation: Some(250),
        upholds_inadmissibility: true,
        basis: Some(article(fill)),
        next,
    };
    let closing = |outcome, asks_rating, late_way| Content::Closing {
        outcome,
        asks_rating,
        late_way,
    };
    let mut all_samples = vec![
        (
            both(),
            notice(ExitGround::NoAgreement, Some(day(6, 22)), to_arbiter(fill)),
        ),
        (both(), notice(ExitGround::Lapse, None, to_manager(fill))),
        (
            both(),
            notice(ExitGround::Objection, Some(day(4, 20)), to_manager(fill)),
        ),
        (
            both(),
            notice(ExitGround::Notice, Some(day(4, 20)), to_manager(fill)),
        ),
        (
            vec![COMPLAINANT],
            notice(ExitGround::Inadmissible, Some(day(4, 20)), to_manager(fill)),
        ),
        (
            vec![COMPLAINANT],
            notice(ExitGround::Decision, Some(day(4, 20)), to_arbiter(fill)),
        ),
        (
            vec![COMPLAINANT],
            Content::Reminder {
                what: EndingSoon::Reaction(SilenceMeans::Acceptance),
                until: due(fill, DeadlineKind::Silence(0), day(4, 7)),
            },
        ),
        (
            vec![COMPLAINANT],
            Content::Reminder {
                what: EndingSoon::Appeal(Some(to_arbiter(fill))),
                until: due(fill, DeadlineKind::Way(0), day(4, 7)),
            },
        ),
        (
            all(),
            Content::AppealReceived {
                received_on: day(3, 20),
                stage: manager(fill),
                is_late: false,
                deciders: vec![BRAM],
                is_heard: true,
                terms: vec![due(fill, DeadlineKind::Resolution(1), day(5, 1))],
            },
        ),
        (
            both(),
            Content::AppealReceived {
                received_on: day(3, 20),
                stage: manager(fill),
                is_late: true,
                deciders: Vec::new(),
                is_heard: true,
                terms: vec![due(fill, DeadlineKind::LateAppeal(1), day(4, 3))],
            },
        ),
        (
            all(),
            Content::LateAppealOutcome {
                is_admitted: true,
                reasons: None,
                stage: Some(manager(fill)),
                terms: vec![due(fill, DeadlineKind::Resolution(1), day(5, 1))],
            },
        ),
        (
            both(),
            Content::LateAppealOutcome {
                is_admitted: false,
                reasons: Some(words()),
                stage: None,
                terms: Vec::new(),
            },
        ),
        (all(), decision(manager(fill), None)),
        (vec![COMPLAINANT], decision(to_arbiter(fill).stage, None)),
        (
            all(),
            closing(Outcome::TacitlyAccepted, true, Some(to_manager(fill))),
        ),
        (
            vec![COMPLAINANT],
            Content::LapseNotice {
                term: due(fill, DeadlineKind::Resolution(0), day(4, 6)),
                was_proposed: false,
                next: Some(to_manager(fill)),
            },
        ),
        (
            vec![COMPLAINANT],
            Content::LapseNotice {
                term: due(fill, DeadlineKind::Resolution(0), day(4, 6)),
                was_proposed: true,
                next: Some(to_arbiter(fill)),
            },
        ),
        (
            vec![COMPLAINANT],
            Content::LapseNotice {
                term: due(fill, DeadlineKind::Reaction(0), day(4, 6)),
                was_proposed: false,
                next: None,
            },
        ),
        (
            vec![COMPLAINANT],
            Content::LapseNotice {
                term: due(fill, DeadlineKind::Resolution(1), day(4, 6)),
                was_proposed: false,
                next: None,
            },
        ),
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
            },
        ),
    ];
    let outcomes = [
        Outcome::Accepted,
        Outcome::Agreed,
        Outcome::Decided,
        Outcome::NotPursued,
        Outcome::Withdrawn,
        Outcome::Inadmissible,
    ];
    let closings = outcomes.map(|outcome| (vec![COMPLAINANT], closing(outcome, false, None)));
    all_samples.extend(closings);
    all_samples
}

fn to_staff(fill: &Fill) -> Vec<Sample> {
    let waits = |why, is_pool| Content::Unassigned {
        stage: handler(fill),
        why,
        is_pool,
        until: Some(due(fill, DeadlineKind::Appointment(0), day(3, 23))),
    };
    let overdue = |kind, nth, repeats| Content::OverdueAlert {
        term: due(fill, kind, day(3, 16)),
        nth,
        repeats,
        stage: Some(handler(fill)),
    };
    let response = LetterKey::to_complainant(6, LetterKind::Response);
    vec![
        (
            vec![DECIDER],
            Content::Assignment {
                stage: handler(fill),
                terms: vec![
                    due(fill, DeadlineKind::Contact(0), day(3, 16)),
                    due(fill, DeadlineKind::Resolution(0), day(4, 6)),
                ],
            },
        ),
        (
            vec![DECIDER],
            Content::Assignment {
                stage: manager(fill),
                terms: vec![due(fill, DeadlineKind::Resolution(1), day(5, 1))],
            },
        ),
        (vec![ADMINISTRATION, DECIDER], waits(Vacancy::Filed, true)),
        (vec![ADMINISTRATION], waits(Vacancy::SteppedBack, false)),
        (vec![ADMINISTRATION], waits(Vacancy::Appealed, false)),
        (vec![ADMINISTRATION], waits(Vacancy::LateAppeal, false)),
        (
            vec![DECIDER],
            Content::LateAppeal {
                received_on: day(3, 20),
                until: Some(DueDay {
                    kind: DeadlineKind::LateAppeal(1),
                    on: day(4, 3),
                    basis: house_rule(),
                }),
            },
        ),
        (
            vec![ADMINISTRATION, DECIDER],
            overdue(DeadlineKind::Contact(0), 1, true),
        ),
        (
            vec![ADMINISTRATION],
            overdue(DeadlineKind::Resolution(0), 3, true),
        ),
        (
            vec![DECIDER],
            overdue(DeadlineKind::Resolution(0), 1, false),
        ),
        (vec![DECIDER], overdue(DeadlineKind::Silence(0), 1, true)),
        (
            vec![ADMINISTRATION],
            Content::Undelivered {
                letter: response,
                is_retried: true,
            },
        ),
        (
            vec![ADMINISTRATION],
            Content::Undelivered {
                letter: response,
                is_retried: false,
            },
        ),
        (
            vec![DECIDER],
            Content::PartyActed {
                party: Party::Complainant,
                act: CommandKind::ReactToResponse,
                until: Some(due(fill, DeadlineKind::Reaction(0), day(4, 3))),
            },
        ),
        (
            vec![DECIDER],
            Content::MeasuresAsked {
                outcome: Outcome::Agreed,
                until: due(fill, DeadlineKind::Measures, day(4, 3)),
            },
        ),
        (
            vec![DECIDER],
            Content::Released {
                why: Release::Replaced,
            },
        ),
        (
            vec![DECIDER],
            Content::Released {
                why: Release::Conflict(Conflicted::CourseTrainer),
            },
        ),
        (
            vec![DECIDER],
            Content::MeasureAssigned {
                text: Confidential::new(fill.words.clone()),
                due_on: Some(day(5, 1)),
            },
        ),
    ]
}
