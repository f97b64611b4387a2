//! A case played through the real decisions, with a log of the letters that each step made due.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Confidential, Locale, MemberId,
    actor::{Actor, Role},
    calendar::{Calendar, date_in_words},
    command::Command,
    complaint::{
        Address, Complainant, Complaint, Contact, LetterKey, Party, Recipient, Recorded, Respondent,
    },
    decide::{Filing, decide, file},
    facts::{CourseFacts, Facts, MemberFacts},
    ids::{ComplaintId, CourseId, PolicyId},
    letter::{Content, DueDay, Letter, Via, letters},
    policy::{Channel, Policy, parse_toml},
};

pub(super) const ANNA: u128 = 1;
pub(super) const BRAM: u128 = 2;
pub(super) const CHRIS: u128 = 3;
pub(super) const MARIA: u128 = 4;
pub(super) const NOOR: u128 = 5;
pub(super) const OMAR: u128 = 6;
pub(super) const TESS: u128 = 7;

/// A case of one tenant.
pub(super) struct Play {
    pub policy: Policy,
    pub facts: Facts,
    pub dossier: Vec<Recorded>,
    pub now: DateTime<Utc>,
    pub log: String,
    pub latest: Vec<Letter>,
    written: BTreeSet<LetterKey>,
}

pub(super) fn id(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

pub(super) fn words(text: &str) -> Confidential<String> {
    Confidential::new(text.to_owned())
}

pub(super) fn contact(address: Address) -> Contact {
    Contact {
        name: words("Kim de Klager"),
        address,
        telephone: Some(words("+31201234567")),
        locale: Locale::Nl,
    }
}

pub(super) fn mail(address: &str) -> Address {
    Address::Email(words(address))
}

/// Anna and Bram handle, Chris administers, Maria and Noor manage or arbitrate, Omar represents, Tess trained.
fn facts(policy: &Policy) -> Facts {
    let zone = chrono_tz::Europe::Amsterdam;
    let member = |roles: &[Role]| MemberFacts {
        roles: roles.iter().copied().collect(),
        ..MemberFacts::default()
    };
    let people = [
        (ANNA, member(&[Role::Handler, Role::Trainer])),
        (BRAM, member(&[Role::Handler, Role::Trainer])),
        (CHRIS, member(&[Role::Administrator])),
        (MARIA, member(&[Role::Manager, Role::Arbiter])),
        (NOOR, member(&[Role::Arbiter])),
        (OMAR, member(&[Role::Representative])),
        (TESS, member(&[Role::Handler, Role::Trainer])),
    ];
    Facts {
        calendar: Calendar::new(zone).with_good_friday_closed(policy.closed_on_good_friday),
        members: people.into_iter().map(|(no, one)| (id(no), one)).collect(),
        course: Some(CourseFacts {
            id: CourseId(Uuid::from_u128(90)),
            ends_on: chrono::NaiveDate::from_ymd_opt(2026, 3, 2),
            trainers: BTreeSet::from([id(TESS)]),
            organiser: None,
        }),
        stand_in: None,
        repeats: BTreeMap::new(),
    }
}

impl Play {
    pub(super) fn livp() -> Self {
        Self::new(include_str!("../../../../../policies/livp.toml"))
    }

    pub(super) fn blijf() -> Self {
        Self::new(include_str!("../../../../../policies/blijf-groep.toml"))
    }

    fn new(policy: &str) -> Self {
        let policy = parse_toml(policy).unwrap();
        Self {
            facts: facts(&policy),
            policy,
            dossier: Vec::new(),
            now: "2026-03-09T09:00:00Z".parse().unwrap(),
            log: String::new(),
            latest: Vec::new(),
            written: BTreeSet::new(),
        }
    }

    pub(super) fn complaint(&self) -> Complaint {
        Complaint::fold(&self.dossier).unwrap()
    }

    /// Files by the form; `against` names Tess as respondent.
    pub(super) fn file(&mut self, address: Address, against: bool) {
        let tess = Respondent {
            member: Some(id(TESS)),
            contact: contact(Address::Unknown),
            is_notified: false,
        };
        let filing = Filing {
            id: ComplaintId(Uuid::from_u128(80)),
            policy: PolicyId(Uuid::from_u128(81)),
            channel: Channel::WebForm,
            filed_on: Some(self.facts.calendar.local_date(self.now)),
            incident_on: None,
            complainant: Complainant {
                member: None,
                contact: contact(address),
                is_verified: true,
            },
            respondents: if against { vec![tess] } else { Vec::new() },
            description: words("De zaal was te klein."),
        };
        let (policy, facts, now) = (&self.policy, &self.facts, self.now);
        let events = file(policy, facts, &Actor::Anyone, filing, now, now).unwrap();
        self.take("filed", events);
    }

    pub(super) fn member(&mut self, number: u128, command: &Command) {
        let roles = self.facts.members[&id(number)].roles.clone();
        let actor = Actor::Member {
            id: id(number),
            roles,
        };
        self.act(name(id(number)), &actor, command, self.now);
    }

    pub(super) fn party(&mut self, party: Party, command: &Command) {
        self.act("party", &Actor::Link(party), command, self.now);
    }

    /// A paper act of the complainant that arrived earlier, registered now by the administration.
    pub(super) fn late_paper(&mut self, act: Command, arrived: &str) {
        let command = Command::RecordPartyAct {
            party: Party::Complainant,
            act: Box::new(act),
            channel: Channel::Post,
            proof: None,
        };
        self.late_desk(&command, arrived);
    }

    /// What the administration registers now of what was earlier.
    pub(super) fn late_desk(&mut self, command: &Command, arrived: &str) {
        let roles = self.facts.members[&id(CHRIS)].roles.clone();
        let actor = Actor::Member {
            id: id(CHRIS),
            roles,
        };
        self.act("Chris", &actor, command, arrived.parse().unwrap());
    }

    /// The carrier takes every letter that waits.
    pub(super) fn carry(&mut self) {
        let waits: Vec<LetterKey> = self
            .complaint()
            .deliveries
            .iter()
            .filter(|(_, delivery)| delivery.sent_at.is_none())
            .map(|(key, _)| *key)
            .collect();
        for letter in waits {
            let command = Command::LetterHandedOver { letter };
            self.act("post", &Actor::Post, &command, self.now);
        }
    }

    pub(super) fn system(&mut self, command: &Command) {
        self.act("system", &Actor::System, command, self.now);
    }

    pub(super) fn until(&mut self, instant: &str) {
        self.now = instant.parse().unwrap();
        self.act("clock", &Actor::Clock, &Command::LetTimePass, self.now);
    }

    pub(super) fn act(&mut self, who: &str, actor: &Actor, command: &Command, at: DateTime<Utc>) {
        let complaint = self.complaint();
        let events = decide(
            &self.policy,
            &self.facts,
            &complaint,
            actor,
            command,
            at,
            self.now,
        );
        let step = format!("{who}: {:?}", command.kind());
        self.take(&step, events.unwrap_or_else(|no| panic!("{step}: {no:?}")));
    }

    fn take(&mut self, step: &str, events: Vec<Recorded>) {
        let first_new = self.dossier.len();
        self.dossier.extend(events);
        self.latest = letters(&self.policy, &self.facts, &self.dossier, first_new);
        let day = self.facts.calendar.local_date(self.now);
        let _ = writeln!(self.log, "{} · {step}", date_in_words(day, Locale::En));
        for letter in &self.latest {
            assert!(self.written.insert(letter.key), "{} twice", letter.key);
            self.log.push_str(&line(letter));
        }
        self.all_that_is_tracked_was_written();
        self.nobody_excluded_hears();
    }

    fn all_that_is_tracked_was_written(&self) {
        for key in self.complaint().deliveries.keys() {
            assert!(self.written.contains(key), "{key} was never written");
        }
    }

    fn nobody_excluded_hears(&self) {
        let complaint = self.complaint();
        for letter in &self.latest {
            match letter.key.to {
                Recipient::Member(to) => assert!(
                    to != id(TESS) || matches!(letter.content, Content::Released { .. }),
                    "{} reached an excluded trainer",
                    letter.key
                ),
                Recipient::Party(Party::Respondent(no)) => {
                    assert!(complaint.respondents[&no].is_notified, "{}", letter.key);
                }
                _ => {}
            }
        }
    }
}

fn name(member: MemberId) -> &'static str {
    match member.0.as_u128() {
        ANNA => "Anna",
        BRAM => "Bram",
        CHRIS => "Chris",
        MARIA => "Maria",
        NOOR => "Noor",
        OMAR => "Omar",
        _ => "Tess",
    }
}

fn line(letter: &Letter) -> String {
    let to = match letter.key.to {
        Recipient::Party(party) => party.to_string(),
        Recipient::Member(member) => name(member).to_owned(),
        Recipient::Administration => "administration".to_owned(),
    };
    let paper = if letter.via == Via::Print {
        " on paper"
    } else {
        ""
    };
    let (seq, kind) = (letter.key.event, letter.key.kind.code());
    format!("    {seq} {kind} → {to}{paper}{}\n", dates(&letter.content))
}

/// The days that the letter states.
fn dates(content: &Content) -> String {
    let (one, many): (Option<&DueDay>, &[DueDay]) = match content {
        Content::Confirmation { terms, .. }
        | Content::HandlerNamed { terms, .. }
        | Content::Assignment { terms, .. }
        | Content::AppealReceived { terms, .. }
        | Content::LateAppealOutcome { terms, .. }
        | Content::LateComplaintAdmitted { terms, .. } => (None, terms),
        Content::Unassigned { until, .. }
        | Content::RespondentNotice { until, .. }
        | Content::SolutionForSignOff { until, .. }
        | Content::LateAppeal { until, .. }
        | Content::PartyActed { until, .. } => (until.as_ref(), &[]),
        Content::Reminder { until, .. } | Content::MeasuresAsked { until, .. } => {
            (Some(until), &[])
        }
        Content::LapseNotice { term, .. } | Content::OverdueAlert { term, .. } => (Some(term), &[]),
        Content::Response { silence, .. } => {
            return silence
                .as_ref()
                .map_or(" · announces nothing".to_owned(), |said| {
                    format!(" · silence {}", said.on)
                });
        }
        Content::WayNotice {
            until,
            ground,
            lapsed,
            ..
        } => {
            let until = until.map_or("without end".to_owned(), |on| on.to_string());
            let of = lapsed.map_or(String::new(), |term| format!(" of {term:?}"));
            return format!(" · {ground:?}{of} until {until}");
        }
        Content::Closing { outcome, .. } => return format!(" · {outcome:?}"),
        Content::Reversal {
            what,
            undone,
            more,
            holds,
            ..
        } => {
            let undone = undone
                .as_ref()
                .map(|term| format!("{:?} {}", term.kind, term.on));
            let all = std::iter::once(what).chain(more.iter().map(|(what, _)| what));
            let all: Vec<_> = all.map(|what| format!("{what:?}")).collect();
            let holds: Vec<_> = holds
                .iter()
                .map(|term| format!("{:?} {}", term.kind, term.on))
                .collect();
            return format!(
                " · {} · undone {} · holds {}",
                all.join(" + "),
                undone.as_deref().unwrap_or("nothing"),
                holds.join(", ")
            );
        }
        _ => (None, &[]),
    };
    let days = one.into_iter().chain(many);
    let lines: Vec<_> = days
        .map(|term| format!(" · {:?} {}", term.kind, term.on))
        .collect();
    lines.concat()
}
