//! Who is asking: one value, made in one place.

use std::collections::BTreeSet;

use uuid::Uuid;
use wederhoor_procedure::{
    AccountId, ComplaintId, Locale, MemberId, TenantId,
    actor::{Actor, Role, Roles},
    complaint::{Complaint, Party},
};

use crate::{ApiScope, ServiceError, dossier::member_key};

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody we know.
    Anonymous,
    /// Someone who signed in, in one tenant.
    Person(Person),
    /// A party who used an access link to one complaint.
    Link(LinkHolder),
    /// A program of one tenant, by an API key: nobody, who reads statistics.
    Key(KeyHolder),
    /// An operator of the platform, who signed in: nobody of any tenant.
    Operator(Operator),
    /// The service itself, at due work of one tenant.
    Service(TenantId),
}

/// Someone who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each holds or not, whatever the others do"
)]
pub struct Person {
    /// Their login.
    pub account: AccountId,
    /// Their session.
    pub session: Uuid,
    /// The sign-in from which it comes.
    pub sign_in: Uuid,
    /// The tenant they act in.
    pub tenant: TenantId,
    /// Who they are there.
    pub member: MemberId,
    /// Their roles there, as they hold now.
    pub roles: Roles,
    /// What people call them.
    pub name: String,
    /// Their language.
    pub locale: Locale,
    /// Whether their membership does not hold now: nothing is left of an office, and what they are a party to.
    pub is_out: bool,
    /// Whether the tenant is on hold, in which its administrators read and do nothing else.
    pub only_reads: bool,
    /// Whether the tenant asks a second factor of them, and they have none: they do nothing there but set one up.
    pub lacks_factor: bool,
    /// Whether they showed a moment ago who they are, by password and what else they sign in with.
    pub is_recent: bool,
}

/// An operator of the platform: they keep tenants, and see nothing of what is in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Their sign-in.
    pub login: Login,
    /// What people call them.
    pub name: String,
    /// Their language.
    pub locale: Locale,
    /// Whether they have no second factor: they do nothing but set one up.
    pub lacks_factor: bool,
    /// Whether they showed a moment ago who they are.
    pub is_recent: bool,
}

/// A sign-in, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Login {
    /// The account.
    pub account: AccountId,
    /// Its session.
    pub session: Uuid,
    /// The sign-in from which that comes; an operator's is the session itself.
    pub sign_in: Uuid,
}

/// A party who used an access link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkHolder {
    /// The tenant.
    pub tenant: TenantId,
    /// The one complaint they may see.
    pub complaint: ComplaintId,
    /// What they are in it.
    pub party: Party,
    /// Sequence number of the event by which, when they came in, an address of theirs had last been left.
    pub left: Option<u32>,
}

/// A program that has an API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHolder {
    /// The tenant.
    pub tenant: TenantId,
    /// The key.
    pub key: Uuid,
    /// What it may read.
    pub scopes: BTreeSet<ApiScope>,
    /// How many requests it may make in a minute, as far as the operator allows as many.
    pub per_minute: u32,
}

impl Caller {
    /// The tenant the caller acts in; `None` for someone unknown, and for an operator.
    pub const fn tenant(&self) -> Option<TenantId> {
        match self {
            Self::Anonymous | Self::Operator(_) => None,
            Self::Person(person) => Some(person.tenant),
            Self::Link(link) => Some(link.tenant),
            Self::Key(holder) => Some(holder.tenant),
            Self::Service(tenant) => Some(*tenant),
        }
    }

    /// The actor the heart decides on; a link acts only in its own complaint.
    pub fn actor_in(&self, complaint: ComplaintId) -> Actor {
        match self {
            Self::Person(person) => Actor::Member {
                id: person.member,
                roles: person.roles.clone(),
            },
            Self::Link(link) if link.complaint == complaint => Actor::Link(link.party),
            Self::Service(_) => Actor::System,
            Self::Anonymous | Self::Link(_) | Self::Key(_) | Self::Operator(_) => Actor::Anyone,
        }
    }

    /// Refuses who came by a link to this complaint before the party left an address: it may be whoever has that address
    /// now. Of anyone else nothing is asked here.
    pub(crate) fn require_still_in(&self, complaint: &Complaint) -> Result<(), ServiceError> {
        match self {
            Self::Link(link)
                if link.complaint == complaint.id
                    && link.left < complaint.reach(link.party).left =>
            {
                Err(ServiceError::NoLongerIn)
            }
            _ => Ok(()),
        }
    }

    /// Whether somebody asks whom we know, be it by an access link or an API key.
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::Anonymous)
    }

    /// The sign-in, if someone signed in, to a tenant or as an operator.
    pub fn login(&self) -> Option<Login> {
        match self {
            Self::Person(person) => Some(Login {
                account: person.account,
                session: person.session,
                sign_in: person.sign_in,
            }),
            Self::Operator(operator) => Some(operator.login),
            Self::Anonymous | Self::Link(_) | Self::Key(_) | Self::Service(_) => None,
        }
    }

    /// The person, if someone signed in to a tenant.
    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            _ => None,
        }
    }

    /// Whether the caller has a role in their tenant: then they may know its regulations and the days on which it is closed.
    pub fn has_office(&self) -> bool {
        self.person().is_some_and(|person| !person.roles.is_empty())
    }

    /// Whether the caller works for the tenant on complaints: then they may know its people and courses. An arbiter, who
    /// comes from outside, an analyst, a trainer and a representative know those of the complaints they are in, if any.
    pub fn treats_complaints(&self) -> bool {
        const ROLES: [Role; 5] = [
            Role::Handler,
            Role::ExternalHandler,
            Role::Manager,
            Role::CommitteeMember,
            Role::Administrator,
        ];
        ROLES.into_iter().any(|role| self.has(role))
    }

    /// Whether the caller holds a role in their tenant.
    pub fn has(&self, role: Role) -> bool {
        self.person()
            .is_some_and(|person| person.roles.contains(&role))
    }

    /// Whether a program asks, by an API key.
    pub const fn is_key(&self) -> bool {
        matches!(self, Self::Key(_))
    }

    /// Who the caller is, for idempotency keys: stable, and never shared by two people.
    pub fn principal(&self) -> String {
        match self {
            Self::Anonymous => "anyone".to_owned(),
            Self::Person(person) => member_key(person.member),
            Self::Link(link) => format!("link:{}:{}", link.complaint, link.party),
            Self::Key(holder) => format!("key:{}", holder.key),
            Self::Operator(operator) => format!("operator:{}", operator.login.account.0),
            Self::Service(_) => "service".to_owned(),
        }
    }
}
