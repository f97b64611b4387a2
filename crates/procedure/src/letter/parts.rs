//! The parts of what a letter tells: a last day, an instance, and what happened and why.

use chrono::NaiveDate;

use crate::{
    Confidential, Text,
    complaint::Departure,
    deadline::DeadlineKind,
    policy::{Basis, Conflicted, DeciderKind, DecisionEffect, SilenceMeans},
};

type Words = Confidential<String>;

/// A last day that a letter states, with its source.
#[derive(Clone, PartialEq, Debug)]
pub struct DueDay {
    /// Of which deadline.
    pub kind: DeadlineKind,
    /// The last day, in the tenant's zone.
    pub on: NaiveDate,
    /// Where it is written.
    pub basis: Basis,
}

/// An instance of the procedure, and who sits there.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// What people call it.
    pub name: Text,
    /// Who decides there.
    pub decider: DeciderKind,
    /// Whether it is the first, where the complaint itself came in.
    pub is_first: bool,
    /// What its decision does; `None` where it ends in a response or an agreement.
    pub effect: Option<DecisionEffect>,
}

/// The instance that the complainant may go on to.
#[derive(Clone, PartialEq, Debug)]
pub struct NextStage {
    /// Which.
    pub stage: Stage,
    /// Whether an appeal must be in writing.
    pub is_written: bool,
    /// Where the right is written.
    pub basis: Basis,
}

/// What silence after a response will mean, as the response announces it.
#[derive(Clone, PartialEq, Debug)]
pub struct AnnouncedSilence {
    /// The last day for a reaction.
    pub on: NaiveDate,
    /// What silence will mean then.
    pub means: SilenceMeans,
    /// Where that is written.
    pub basis: Basis,
}

/// Why an act that came in has no effect any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WithoutEffect {
    /// People have taken the complaint further.
    MovedOn,
    /// It answers a text that another has taken the place of, which can still be answered.
    EarlierText,
    /// Whose it is has said something else since.
    LaterWord,
    /// It is an appeal that came before there was anything to appeal against; it can be made now.
    TooEarly,
    /// So it is, and there is nothing to appeal against yet.
    StillTooEarly,
    /// So it is, and the complaint was closed since; a late appeal can be made.
    TooEarlyAndClosed,
}

/// Why a case has nobody who decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vacancy {
    /// A complaint has come in.
    Filed,
    /// An appeal has come in.
    Appealed,
    /// A late appeal has come in, or is admitted.
    LateAppeal,
    /// Who decided stepped back, or has a conflict of interest.
    SteppedBack,
    /// Who spoke for the organisation has a conflict of interest.
    Unrepresented,
}

/// Why a case left a decider.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Release {
    /// Someone else was appointed.
    Replaced,
    /// A conflict of interest.
    Conflict(Conflicted),
    /// A conflict of interest, of who spoke for the organisation.
    NoLongerSpeaks(Conflicted),
    /// They are there no more.
    Departed(Departure),
}

/// More time for the outcome.
#[derive(Clone, PartialEq, Debug)]
pub enum MoreTime {
    /// By notice.
    Announced {
        /// The reasons.
        reasons: Words,
        /// The rule that allows it.
        basis: Option<Basis>,
    },
    /// Asked of the complainant.
    Requested {
        /// The reasons.
        reasons: Words,
        /// The rule that asks consent.
        basis: Option<Basis>,
    },
    /// The complainant consented.
    Agreed,
}

/// Which term of the complainant ends soon.
#[derive(Clone, PartialEq, Debug)]
pub enum EndingSoon {
    /// To react to a response, and what silence will mean.
    Reaction(SilenceMeans),
    /// To go to the next instance.
    Appeal(Option<NextStage>),
}
