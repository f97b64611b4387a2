//! The parties: who complains, who is complained about, and who speaks for the organisation.

use serde::{Deserialize, Serialize};

use super::Complaint;
use crate::{confidential::Confidential, ids::MemberId, locale::Locale};

/// A side of the complaint, each with the right to be heard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The complainant (*klager*).
    Complainant,
    /// A respondent (*beklaagde*), by their number in this complaint, from 1.
    Respondent(u8),
    /// The representative of the organisation, where no person is complained about.
    Representative,
}

impl std::fmt::Display for Party {
    /// A short stable code, e.g. `respondent-1`; [`Party::from_code`] reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Complainant => f.write_str("complainant"),
            Self::Respondent(no) => write!(f, "respondent-{no}"),
            Self::Representative => f.write_str("representative"),
        }
    }
}

impl Complaint {
    /// How a party can be reached; `None` for the representative, whom their account reaches, and for who is no party.
    pub fn contact(&self, party: Party) -> Option<&Contact> {
        match party {
            Party::Complainant => Some(&self.complainant.contact),
            Party::Respondent(no) => self.respondents.get(&no).map(|one| &one.contact),
            Party::Representative => None,
        }
    }

    /// Whether there is such a party and they know of the complaint: the complainant, a respondent who has been told, or the
    /// representative once there is one. A dossier that is destroyed has none.
    pub fn is_told(&self, party: Party) -> bool {
        let is_kept = self.destroyed_at.is_none();
        is_kept
            && match party {
                Party::Complainant => true,
                Party::Respondent(no) => {
                    self.respondents.get(&no).is_some_and(|one| one.is_notified)
                }
                Party::Representative => self.representative.is_some(),
            }
    }

    /// The party a member is: the complainant, a respondent who has been told, or the representative; nobody is one of a dossier
    /// that is destroyed.
    pub fn party_of(&self, member: MemberId) -> Option<Party> {
        if self.destroyed_at.is_some() {
            return None;
        }
        if self.complainant.member == Some(member) {
            return Some(Party::Complainant);
        }
        let mut respondents = self.respondents.iter();
        let told = respondents.find(|(_, one)| one.member == Some(member) && one.is_notified);
        told.map(|(no, _)| Party::Respondent(*no))
            .or_else(|| (self.representative == Some(member)).then_some(Party::Representative))
    }
}

impl Party {
    /// Reads what `Display` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "complainant" => Some(Self::Complainant),
            "representative" => Some(Self::Representative),
            _ => code
                .strip_prefix("respondent-")?
                .parse()
                .ok()
                .map(Self::Respondent),
        }
    }
}

/// How a person can be reached: what they confided, and what the procedure must know of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// The person's name.
    pub name: Confidential<String>,
    /// Where letters go.
    pub address: Address,
    /// Telephone number, E.164.
    pub telephone: Option<Confidential<String>>,
    /// The language they are written in.
    pub locale: Locale,
}

/// Where a person can be reached.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// E-mail.
    Email(Confidential<String>),
    /// Post: letters are printed, and their posting is recorded.
    Postal(Confidential<String>),
    /// E-mail, and post for what comes back by e-mail.
    Both {
        /// The e-mail address.
        email: Confidential<String>,
        /// The postal address.
        postal: Confidential<String>,
    },
    /// None known yet: a respondent whose address is not known is told on paper by the administration.
    Unknown,
}

impl Address {
    /// What is known of both.
    pub fn of(email: Option<Confidential<String>>, postal: Option<Confidential<String>>) -> Self {
        match (email, postal) {
            (Some(email), Some(postal)) => Self::Both { email, postal },
            (Some(email), None) => Self::Email(email),
            (None, Some(postal)) => Self::Postal(postal),
            (None, None) => Self::Unknown,
        }
    }

    /// The e-mail address.
    pub const fn email(&self) -> Option<&Confidential<String>> {
        match self {
            Self::Email(email) | Self::Both { email, .. } => Some(email),
            Self::Postal(_) | Self::Unknown => None,
        }
    }

    /// The postal address.
    pub const fn postal(&self) -> Option<&Confidential<String>> {
        match self {
            Self::Postal(postal) | Self::Both { postal, .. } => Some(postal),
            Self::Email(_) | Self::Unknown => None,
        }
    }

    /// Whether both have one mailbox, however it is written.
    pub fn is_mailbox_of(&self, other: &Self) -> bool {
        let known = |address: &Self| address.email()?.reveal().map(|it| it.trim().to_owned());
        let both = known(self).zip(known(other));
        both.is_some_and(|(one, other)| one.eq_ignore_ascii_case(&other))
    }
}

/// The complainant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Complainant {
    /// Who, when they have a login.
    pub member: Option<MemberId>,
    /// How they can be reached.
    pub contact: Contact,
    /// Whether the address is known to be theirs: a link sent there was used, or the complaint came from it.
    pub is_verified: bool,
}

/// A respondent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Respondent {
    /// Who, when they are a member of the tenant.
    pub member: Option<MemberId>,
    /// How they can be reached.
    pub contact: Contact,
    /// Whether the handler has told them of the complaint; before that they see nothing.
    pub is_notified: bool,
}
