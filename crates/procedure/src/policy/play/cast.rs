//! The synthetic people: one of each role, a complainant and a respondent.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{
    actor::{Actor, Role},
    calendar::Calendar,
    complaint::{Address, Complainant, Contact, Respondent},
    confidential::Confidential,
    facts::{CourseFacts, Facts, MemberFacts},
    ids::MemberId,
    locale::Locale,
};

/// Who holds no role but gave the course.
pub(super) const TRAINER: MemberId = MemberId(Uuid::from_u128(90));
/// Who holds no role but organised the course.
pub(super) const ORGANISER: MemberId = MemberId(Uuid::from_u128(91));

const ROLES: [Role; 7] = [
    Role::Handler,
    Role::ExternalHandler,
    Role::Manager,
    Role::CommitteeMember,
    Role::Arbiter,
    Role::Administrator,
    Role::Representative,
];

/// How the complainant can be reached.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Reach {
    /// By e-mail, at an address that proved to be theirs.
    Proved,
    /// By e-mail, at an address that nobody proved to be theirs.
    Unproved,
    /// By post.
    Postal,
}

/// The one person who holds a role.
pub(super) fn id_of(role: Role) -> MemberId {
    let place = ROLES
        .iter()
        .position(|one| *one == role)
        .unwrap_or(ROLES.len());
    MemberId(Uuid::from_u128(100 + place as u128))
}

/// A person as an actor.
pub(super) fn member(id: MemberId, facts: &Facts) -> Actor {
    let roles = facts.members.get(&id).map(|one| one.roles.clone());
    Actor::Member {
        id,
        roles: roles.unwrap_or_default(),
    }
}

pub(super) fn facts(calendar: Calendar, course: CourseFacts) -> Facts {
    let holders = ROLES.iter().map(|role| {
        let facts = MemberFacts {
            roles: [*role].into(),
            ..MemberFacts::default()
        };
        (id_of(*role), facts)
    });
    let trainer = MemberFacts {
        roles: [Role::Trainer].into(),
        ..MemberFacts::default()
    };
    let members: BTreeMap<_, _> = holders
        .chain([(TRAINER, trainer.clone()), (ORGANISER, trainer)])
        .collect();
    Facts {
        calendar,
        members,
        course: Some(course),
        stand_in: None,
        repeats: BTreeMap::new(),
    }
}

pub(super) fn complainant(reach: Reach) -> Complainant {
    let mail = Address::Email(Confidential::new(
        "complainant@wederhoor.example".to_owned(),
    ));
    let post = Address::Postal(Confidential::new("1 Example Street".to_owned()));
    Complainant {
        member: None,
        contact: contact(if reach == Reach::Postal { post } else { mail }),
        is_verified: reach == Reach::Proved,
    }
}

pub(super) fn respondent() -> Respondent {
    Respondent {
        member: None,
        contact: contact(Address::Email(Confidential::new(
            "respondent@wederhoor.example".to_owned(),
        ))),
        is_notified: false,
    }
}

fn contact(address: Address) -> Contact {
    Contact {
        name: Confidential::new("Somebody".to_owned()),
        address,
        telephone: Some(Confidential::new("+31100000000".to_owned())),
        locale: Locale::En,
    }
}
