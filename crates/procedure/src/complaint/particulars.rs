//! What events say of an act: how it was done, and how it ended.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    confidential::Confidential,
    ids::{ComplaintId, MeasureId, MemberId},
};

/// How someone came to decide.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appointed {
    /// The administration chose them.
    Assigned,
    /// They took it from the pool.
    Taken,
    /// They hold the office.
    Standing,
}

/// How a decider sought contact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactMeans {
    /// By telephone.
    Telephone,
    /// By video.
    Video,
    /// Face to face.
    InPerson,
    /// By e-mail: never personal contact.
    Email,
    /// By letter: never personal contact.
    Post,
}

impl ContactMeans {
    /// Whether it is personal contact.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Telephone | Self::Video | Self::InPerson)
    }
}

/// How the hearing of one side ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hearing {
    /// They were heard.
    Heard,
    /// They waived it.
    Waived,
    /// They could not be reached, after this many attempts (at least 2) that the dossier knows of.
    Unreachable(u8),
}

/// What a response, decision or advice finds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Upheld (*gegrond*).
    Upheld,
    /// Partly upheld (*deels gegrond*).
    PartlyUpheld,
    /// Not upheld (*ongegrond*).
    NotUpheld,
    /// No judgement (*geen oordeel*).
    NoJudgement,
}

/// How a complaint ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The complainant said yes.
    Accepted,
    /// The complainant was silent where silence accepts.
    TacitlyAccepted,
    /// Both sides signed.
    Agreed,
    /// The last instance decided.
    Decided,
    /// No appeal came in its term.
    NotPursued,
    /// The complainant withdrew.
    Withdrawn,
    /// Inadmissible: not appealed, or upheld.
    Inadmissible,
}

/// Why a complaint is not treated on its merits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InadmissibleGround {
    /// Who complains is none of those who may (*niet klachtgerechtigd*).
    Standing,
    /// It is not about what the regulation covers (*valt buiten de regeling*).
    Subject,
    /// It came after the filing window, and nobody has admitted it (*te laat*).
    Late,
}

/// A term of the organisation whose lapse has legal effect.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LapsedTerm {
    /// The term for the outcome of the instance.
    Resolution,
    /// The term to answer a reaction.
    Reaction,
}

/// What the clock can do, and what can be undone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockAct {
    /// A closing: tacit acceptance, not pursued, or inadmissible without appeal.
    Closing,
    /// The lapse of a term, with the way it opened.
    Lapse(LapsedTerm),
    /// The way that silence opened where silence is no agreement.
    SilentWay,
}

/// A measure as proposed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProposedMeasure {
    /// Which.
    pub id: MeasureId,
    /// What will be done.
    pub text: Confidential<String>,
    /// Who sees to it.
    pub owner: Option<MemberId>,
    /// By when.
    pub due_on: Option<NaiveDate>,
}

/// What is asked about a measure as time passes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUp {
    /// Its day comes.
    DueSoon,
    /// Its day has passed, and nobody said that it was done.
    Overdue,
    /// It was done some time ago: whether it worked.
    Effect,
    /// That was asked in vain.
    Unjudged,
}

/// A complaint about the same course with the same cause as one that a measure was taken after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recurrence {
    /// Which.
    pub complaint: ComplaintId,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// Who may not know of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kept_from: BTreeSet<MemberId>,
}

impl Recurrence {
    /// Whether a member may not know of it.
    pub fn is_kept_from(&self, member: MemberId) -> bool {
        self.kept_from.contains(&member)
    }
}

/// A change to a measure.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MeasureUpdate {
    /// Which.
    pub id: MeasureId,
    /// Who sees to it.
    pub owner: Option<MemberId>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Whether it proved effective.
    pub is_effective: Option<bool>,
}

impl MeasureUpdate {
    /// Whether it says anything of the measure.
    pub const fn changes_anything(&self) -> bool {
        self.owner.is_some()
            || self.due_on.is_some()
            || self.done_on.is_some()
            || self.is_effective.is_some()
    }
}

/// Why someone who decided does so no more, though they did not step back and have no conflict.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Departure {
    /// They hold no role any more that decides here, or stand in for nobody any more.
    Ended,
    /// They hold the office and are away, and nobody stands in for them.
    Absent,
}
