//! Who saw and did what, when and from which session: of a complaint for its administration, of an account for its owner.
//! It holds no content, is only added to, and is kept as long as the organisation is: also when a dossier is destroyed.
//!
//! What is done is noted in the transaction in which it is done. What is seen is noted once an hour for each session and
//! complaint, and written a little later, many at a time: no reader waits for a writer. A process that falls over forgets
//! what was seen in its last seconds. A line of a list, which shows of a complaint where it stands, is not seeing it.

mod noting;
mod reads;
mod telling;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, MemberId, command::CommandKind, complaint::Party};
use wederhoor_store::{AccessRecord, Accessor, AccountEvent};

pub(crate) use reads::Reads;
pub use reads::WrittenReads;
pub use telling::Audited;

use crate::{ServiceError, facts::word};

/// What somebody saw or did in a complaint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doing {
    /// They saw its dossier, as far as it is theirs to see.
    SawDossier,
    /// They saw a letter of it that is to be printed.
    SawLetter,
    /// They saw a measure that they see to.
    SawMeasure,
    /// They filed or registered it.
    Filed,
    /// They gave a command.
    Acted(CommandKind),
}

// The words that are no commands.
const SAW_DOSSIER: &str = "saw_dossier";
const SAW_LETTER: &str = "saw_letter";
const SAW_MEASURE: &str = "saw_measure";
const FILED: &str = "filed";

/// That somebody saw a complaint, or did something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Its id.
    pub id: Uuid,
    /// When, on real time; of what was seen, the first time in an hour.
    pub at: DateTime<Utc>,
    /// Who, if they signed in.
    pub member: Option<MemberId>,
    /// Who, if they came by an access link.
    pub party: Option<Party>,
    /// From which session; `None` for an access link.
    pub session: Option<Uuid>,
    /// What.
    pub doing: Doing,
}

/// What happened with an account, or was done by its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its id.
    pub id: Uuid,
    /// When, on real time.
    pub at: DateTime<Utc>,
    /// By which sign-in, or to which; `None` where it was by none.
    pub sign_in: Option<Uuid>,
    /// What.
    pub what: Happening,
}

/// What happened with an account, or was done by its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// With the account; of a session in an organisation that came or whose token came again, and of what was administered,
    /// the name of that organisation.
    Account(AccountEvent, Option<String>),
    /// In a complaint of the organisation that they act in.
    Complaint(ComplaintId, Doing),
}

impl Doing {
    fn word(self) -> Result<String, ServiceError> {
        let known = match self {
            Self::SawDossier => SAW_DOSSIER,
            Self::SawLetter => SAW_LETTER,
            Self::SawMeasure => SAW_MEASURE,
            Self::Filed => FILED,
            Self::Acted(command) => return word(&command),
        };
        Ok(known.to_owned())
    }

    fn of(written: String) -> Result<Self, ServiceError> {
        Ok(match written.as_str() {
            SAW_DOSSIER => Self::SawDossier,
            SAW_LETTER => Self::SawLetter,
            SAW_MEASURE => Self::SawMeasure,
            FILED => Self::Filed,
            _ => Self::Acted(serde_json::from_value(written.into())?),
        })
    }
}

impl TryFrom<AccessRecord> for Access {
    type Error = ServiceError;

    fn try_from(record: AccessRecord) -> Result<Self, ServiceError> {
        let (member, party) = match record.who {
            Accessor::Member(id) => (Some(id), None),
            Accessor::Party(code) => (None, Party::from_code(&code)),
        };
        Ok(Self {
            id: record.id,
            at: record.at,
            member,
            party,
            session: record.session_id,
            doing: Doing::of(record.what)?,
        })
    }
}

#[cfg(test)]
mod tests;
