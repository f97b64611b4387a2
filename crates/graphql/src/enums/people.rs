//! Who people are.

use async_graphql::Enum;
use wederhoor_procedure::{actor, audience, complaint::Party};

/// A role of a member in an organisation (*rol*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "actor::Role")]
pub(crate) enum MemberRole {
    /// Handles complaints in first instance (*behandelaar*).
    Handler,
    /// Handles when nobody else is left; appointed with a reason (*externe behandelaar*).
    ExternalHandler,
    /// Decides in a later instance (*leidinggevende*).
    Manager,
    /// Sits in a complaints committee (*lid van de klachtencommissie*).
    CommitteeMember,
    /// Independent arbiter from outside (*onafhankelijke derde*).
    Arbiter,
    /// The administration of the organisation (*administratie*).
    Administrator,
    /// Reads statistics: no person and no text (*analist*).
    Analyst,
    /// Speaks for the organisation where no person is complained about (*vertegenwoordiger*).
    Representative,
    /// Gives or organises courses (*trainer*); sees no complaint by it.
    Trainer,
}

/// A side of a complaint, each with the right to be heard (*partij*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PartyKind {
    /// Who complains (*klager*).
    Complainant,
    /// Who is complained about (*beklaagde*); there may be several, by number.
    Respondent,
    /// Who speaks for the organisation where no person is complained about (*vertegenwoordiger*).
    Representative,
}

impl From<Party> for PartyKind {
    fn from(party: Party) -> Self {
        match party {
            Party::Complainant => Self::Complainant,
            Party::Respondent(_) => Self::Respondent,
            Party::Representative => Self::Representative,
        }
    }
}

/// How much of a complaint someone sees (*inzage*). Who sees nothing cannot tell that it exists.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ViewerLevel {
    /// A complaint against them (*beklaagde*): not the complainant's contact data, no internal notes.
    Respondent,
    /// Their own complaint (*klager*): no internal notes.
    Complainant,
    /// Who handles, decides or administers it: everything.
    Official,
}

impl ViewerLevel {
    /// What someone sees; `None` for nothing.
    pub(crate) const fn of(level: audience::Level) -> Option<Self> {
        match level {
            audience::Level::Excluded => None,
            audience::Level::Respondent => Some(Self::Respondent),
            audience::Level::Complainant => Some(Self::Complainant),
            audience::Level::Official => Some(Self::Official),
        }
    }
}
