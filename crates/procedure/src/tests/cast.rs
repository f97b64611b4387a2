//! Fictional people, one course, and the regulations as they are published.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;

use crate::{
    Confidential, Locale,
    actor::{Actor, Role, Roles},
    calendar::Calendar,
    complaint::{Address, Complainant, Contact, Party, Respondent},
    decide::Filing,
    facts::{CourseFacts, Facts, MemberFacts, Repeat},
    ids::{ComplaintId, CourseId, MemberId, PolicyId},
    policy::{
        AppointmentBy, Channel, DeciderKind, Destruction, ExitGround, Policy, Resolution,
        SilenceMeans, parse_toml,
    },
};

/// Who they are is in their first name only; the place in the list is their id.
const CAST: &[(&str, &[Role])] = &[
    ("Ada", &[Role::Administrator]),
    ("Sam", &[]),
    ("Anna", &[Role::Handler]),
    ("Bram", &[Role::Handler]),
    ("Tom", &[Role::Trainer]),
    ("Olga", &[Role::Trainer, Role::Handler]),
    ("Mila", &[Role::Manager]),
    ("Max", &[Role::Manager]),
    ("Arie", &[Role::Arbiter]),
    ("Aisha", &[Role::Arbiter]),
    ("Cora", &[Role::CommitteeMember]),
    ("Carl", &[Role::CommitteeMember]),
    ("Xena", &[Role::ExternalHandler]),
    ("Rita", &[Role::Representative]),
    ("Stan", &[Role::Analyst]),
    ("Kim", &[]),
];

/// Blijf Groep's regulation.
pub(super) fn blijf() -> Policy {
    parse(include_str!("../../../../policies/blijf-groep.toml"))
}

/// LIVP's procedure.
pub(super) fn livp() -> Policy {
    parse(include_str!("../../../../policies/livp.toml"))
}

/// A public body's, after Awb chapter 9.
pub(super) fn awb() -> Policy {
    parse(include_str!("../../../../policies/awb.toml"))
}

/// What other organisations ask of the language, in one.
const OTHER: &str = include_str!("../policy/check/tests/other.toml");

/// The policy of that name.
pub(super) fn policy(name: &str) -> Policy {
    match name {
        "blijf" => blijf(),
        "livp" => livp(),
        "awb" => awb(),
        "other" => parse(OTHER),
        "other-at-once" => parse(&OTHER.replace("term = \"3 days\"", "term = \"at once\"")),
        other => variant(other),
    }
}

/// Regulations of other organisations, made from the published ones by changing what is named.
fn variant(name: &str) -> Policy {
    let mut policy = blijf();
    match name {
        "three-instances" => {
            let mut last = awb().instances.remove(0);
            last.appointment.by = AppointmentBy::Standing;
            if let Resolution::Decision {
                compensation_cap, ..
            } = &mut last.resolution
            {
                *compensation_cap = Some(500);
            }
            let mut way = policy.instances[0].way.clone().expect("a way");
            way.opens_on = vec![ExitGround::Decision];
            policy.instances[1].way = Some(way);
            policy.instances.push(last);
        }
        "silence-is-no-agreement" => {
            if let Resolution::Response { silence, .. } = &mut policy.instances[0].resolution {
                silence.means = SilenceMeans::NoAgreement;
            }
            let way = policy.instances[0].way.as_mut().expect("a way");
            way.opens_on.push(ExitGround::NoAgreement);
        }
        "destroyed-by-itself" => {
            let retention = policy.retention.as_mut().expect("a retention");
            retention.destruction = Destruction::Automatic;
        }
        "committee-on-appeal" => policy.instances[1].decider = DeciderKind::Committee,
        "standing-committee" => {
            policy = awb();
            let appointment = &mut policy.instances[0].appointment;
            (appointment.by, appointment.term) = (AppointmentBy::Standing, None);
        }
        "named-committee" => {
            policy = variant("standing-committee");
            let rule = policy.acknowledgement.as_mut().expect("a confirmation");
            rule.names_handler = true;
        }
        "manager-first" => {
            policy.instances.remove(0);
        }
        other => panic!("no such policy: {other}"),
    }
    policy
}

fn parse(text: &str) -> Policy {
    parse_toml(text).expect("a published policy parses")
}

/// A member by first name.
pub(crate) fn member(name: &str) -> MemberId {
    let place = CAST.iter().position(|(one, _)| *one == name);
    let place = place.unwrap_or_else(|| panic!("nobody here is called {name}"));
    MemberId(Uuid::from_u128(place as u128 + 1))
}

/// The only other complaint.
pub(super) const REPEAT: ComplaintId = ComplaintId(Uuid::from_u128(701));

/// What is known of it, unless somebody may not know.
pub(super) fn repeat(received_at: DateTime<Utc>) -> Repeat {
    Repeat {
        reference: "LIVP-2026-0002".to_owned(),
        received_at,
        cause: "content".to_owned(),
        kept_from: BTreeSet::new(),
    }
}

/// The first name of a member.
pub(super) fn name_of(member: MemberId) -> &'static str {
    let place = usize::try_from(member.0.as_u128() - 1).unwrap();
    CAST[place].0
}

/// Everybody who is a member.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    CAST.iter().map(|(name, _)| *name)
}

/// Who acts, by the name a script gives them.
pub(super) fn actor(name: &str, facts: &Facts) -> Actor {
    match name {
        "Karin" => Actor::Link(Party::Complainant),
        "Robin" => Actor::Link(Party::Respondent(1)),
        "Somebody" => Actor::Anyone,
        "Time" => Actor::Clock,
        "Post" => Actor::Post,
        "System" => Actor::System,
        _ => {
            let id = member(name);
            let roles = facts.members[&id].roles.clone();
            Actor::Member { id, roles }
        }
    }
}

/// The facts before anything happens: Tom trains the course, Olga, who may handle complaints, organised it, Sam stands
/// in for Ada. At LIVP trainers handle complaints, Tom too.
pub(crate) fn facts(policy_name: &str, course_ended: Option<NaiveDate>) -> Facts {
    let trainers_handle = policy_name == "livp";
    let members = CAST.iter().map(|(name, roles)| {
        let mut roles: Roles = roles.iter().copied().collect();
        if trainers_handle && roles.contains(&Role::Trainer) {
            roles.insert(Role::Handler);
        }
        let facts = MemberFacts {
            roles,
            ..MemberFacts::default()
        };
        (member(name), facts)
    });
    Facts {
        calendar: Calendar::new(chrono_tz::Europe::Amsterdam)
            .with_good_friday_closed(policy(policy_name).closed_on_good_friday),
        members: members.collect::<BTreeMap<_, _>>(),
        course: Some(CourseFacts {
            id: CourseId(Uuid::from_u128(700)),
            ends_on: course_ended,
            trainers: BTreeSet::from([member("Tom")]),
            organiser: Some(member("Olga")),
        }),
        stand_in: Some(member("Sam")),
        repeats: BTreeMap::new(),
    }
}

/// Karin's complaint, by the web form, from an address that is known to be hers.
pub(super) fn filing(on: NaiveDate) -> Filing {
    Filing {
        id: ComplaintId(Uuid::from_u128(800)),
        policy: PolicyId(Uuid::from_u128(900)),
        channel: Channel::WebForm,
        filed_on: Some(on),
        incident_on: None,
        complainant: Complainant {
            member: None,
            contact: Contact {
                telephone: Some(text("+31200000000")),
                ..contact("Karin", Address::Email(text("karin@klager.example")))
            },
            is_verified: true,
        },
        respondents: Vec::new(),
        description: text("De trainer kwam niet opdagen."),
    }
}

/// A respondent whom the complainant names: a member, or a stranger with nothing but a name.
pub(super) fn respondent(name: &str) -> Respondent {
    let is_member = names().any(|one| one == name);
    let address = if name == "Robin" {
        Address::Email(text("robin@beklaagde.example"))
    } else {
        Address::Unknown
    };
    Respondent {
        member: is_member.then(|| member(name)),
        contact: contact(name, address),
        is_notified: false,
    }
}

/// Karin's mailbox and her house.
pub(super) fn both_addresses() -> Address {
    Address::Both {
        email: text("karin@klager.example"),
        postal: text("Straat 1, Ergens"),
    }
}

/// How someone can be reached.
pub(super) fn contact(name: &str, address: Address) -> Contact {
    Contact {
        name: text(name),
        address,
        telephone: None,
        locale: Locale::Nl,
    }
}

/// Words that somebody confided.
pub(super) fn text(words: &str) -> Confidential<String> {
    Confidential::new(words.to_owned())
}

/// A local day and time in Amsterdam: `2026-03-02 10:00`, with seconds or without.
pub(super) fn local(day: &str, time: &str) -> DateTime<Utc> {
    let seconds = if time.len() == 5 { ":00" } else { "" };
    let civil = format!("{day} {time}{seconds}");
    let civil = NaiveDateTime::parse_from_str(&civil, "%Y-%m-%d %H:%M:%S")
        .unwrap_or_else(|error| panic!("{civil}: {error}"));
    let zone = chrono_tz::Europe::Amsterdam;
    let instant = civil.and_local_timezone(zone).earliest();
    instant.expect("a time that exists").to_utc()
}

/// A day.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}
