//! Who acts: a person in their roles, or one of the three actors that are no person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{complaint::Party, ids::MemberId};

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Someone with a login in this tenant. What they are to a complaint is derived, never claimed.
    Member {
        /// Who.
        id: MemberId,
        /// Their roles, as they hold now.
        roles: Roles,
    },
    /// A party who came by an access link to exactly this complaint.
    Link(Party),
    /// Anyone, who may only file.
    Anyone,
    /// The passing of time: terms lapse.
    Clock,
    /// The carrier of letters: delivered, or come back.
    Post,
    /// The service itself, after a change of facts.
    System,
}

/// A role of a member in a tenant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Handles complaints in first instance (*behandelaar*).
    Handler,
    /// Handles when nobody else is left; named with a reason (*externe behandelaar*).
    ExternalHandler,
    /// Decides in a later instance (*leidinggevende*).
    Manager,
    /// Member of a complaints committee (*commissielid*).
    CommitteeMember,
    /// Independent external arbiter (*onafhankelijke derde*).
    Arbiter,
    /// The tenant's administration (*administratie*).
    Administrator,
    /// Reads statistics, no person and no text.
    Analyst,
    /// Speaks for the organisation where no person is complained about.
    Representative,
    /// Gives or organises courses; sees nothing by it.
    Trainer,
}

/// The roles one member holds.
pub type Roles = BTreeSet<Role>;

/// Who did something, as the dossier records it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A member of the tenant.
    Member(MemberId),
    /// A party without a login.
    Party(Party),
    /// Someone unknown, filing.
    Anyone,
    /// The passing of time.
    Clock,
    /// The carrier of letters.
    Post,
    /// The service itself.
    System,
}

impl Actor {
    /// As the dossier records it.
    pub const fn by(&self) -> By {
        match self {
            Self::Member { id, .. } => By::Member(*id),
            Self::Link(party) => By::Party(*party),
            Self::Anyone => By::Anyone,
            Self::Clock => By::Clock,
            Self::Post => By::Post,
            Self::System => By::System,
        }
    }

    /// The member who acts, if it is one.
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// Whether the actor holds a role.
    pub fn has(&self, role: Role) -> bool {
        matches!(self, Self::Member { roles, .. } if roles.contains(&role))
    }
}
