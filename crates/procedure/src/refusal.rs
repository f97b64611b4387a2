//! Why a command is refused: one closed list, each with its code, its rule and words in both languages.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::date_in_words,
    complaint::Party,
    locale::Locale,
    policy::{Basis, IntakeField},
};

/// A refusal with the rule it rests on.
#[derive(Clone, PartialEq, Debug)]
pub struct Refusal {
    /// Which.
    pub reason: Reason,
    /// The article or house rule; `None` for what is refused by the nature of things.
    pub basis: Option<Basis>,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $(($type:ty))? = $code:literal,)*) => {
        /// Why not.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum Reason { $($(#[$doc])* $name $(($type))?,)* }

        /// The stable code of a refusal.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum RefusalCode { $($(#[$doc])* $name,)* }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As clients see it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }

        impl Reason {
            /// The stable code.
            pub const fn code(&self) -> RefusalCode {
                match self { $(Self::$name { .. } => RefusalCode::$name,)* }
            }
        }
    };
}

reasons! {
    /// There is no such complaint for this person.
    NotFound = "NOT_FOUND",
    /// This person may not do this here.
    NotAllowed = "NOT_ALLOWED",
    /// Not in the state the complaint is in.
    WrongState = "WRONG_STATE",
    /// The complaint is closed.
    AlreadyClosed = "ALREADY_CLOSED",
    /// The regulation has no such step.
    NotInThisProcedure = "NOT_IN_THIS_PROCEDURE",
    /// The person has a conflict of interest.
    ConflictOfInterest = "CONFLICT_OF_INTEREST",
    /// The person does not hold the role that decides here, or is away.
    NotEligible = "NOT_ELIGIBLE",
    /// The person is on the case already.
    AlreadyAssigned = "ALREADY_ASSIGNED",
    /// An external handler is for when nobody else is left.
    HandlerAvailable = "HANDLER_AVAILABLE",
    /// A reason is needed.
    ReasonRequired = "REASON_REQUIRED",
    /// A side was not heard yet.
    NotHeard(Vec<Party>) = "NOT_HEARD",
    /// At least two documented attempts make a side unreachable; so many the dossier knows of.
    TooFewAttempts(u8) = "TOO_FEW_ATTEMPTS",
    /// Nobody decides at this instance yet.
    NobodyAssigned = "NOBODY_ASSIGNED",
    /// It must be decided first whether the late complaint is treated.
    AdmissionUndecided = "ADMISSION_UNDECIDED",
    /// The earlier instance did not declare the complaint inadmissible.
    NotDeclaredInadmissible = "NOT_DECLARED_INADMISSIBLE",
    /// The complaint came in time, or was admitted already.
    LatenessSettled = "LATENESS_SETTLED",
    /// There is no response to answer.
    NoResponse = "NO_RESPONSE",
    /// There is no reaction to answer.
    NoReaction = "NO_REACTION",
    /// There is no text to sign.
    NoSolution = "NO_SOLUTION",
    /// The text has changed since.
    SolutionChanged(u16) = "SOLUTION_CHANGED",
    /// Already signed by this party.
    AlreadySigned = "ALREADY_SIGNED",
    /// The way to the next instance is not open.
    NoWayOpen = "NO_WAY_OPEN",
    /// It must be in writing here.
    MustBeWritten = "MUST_BE_WRITTEN",
    /// A late appeal waits already.
    LateAppealPending = "LATE_APPEAL_PENDING",
    /// No late appeal waits.
    NoLateAppeal = "NO_LATE_APPEAL",
    /// No extension was asked.
    NoExtensionRequested = "NO_EXTENSION_REQUESTED",
    /// The new last day is not after the present one.
    NotLater(NaiveDate) = "NOT_LATER",
    /// The extension is longer than the regulation allows.
    TooLong(NaiveDate) = "TOO_LONG",
    /// More than the regulation lets award.
    AboveCompensationCap(u32) = "ABOVE_COMPENSATION_CAP",
    /// The term has lapsed already.
    TermHasLapsed = "TERM_HAS_LAPSED",
    /// Not a cause of this policy.
    UnknownCause = "UNKNOWN_CAUSE",
    /// The complaint must be classified first.
    CauseRequired = "CAUSE_REQUIRED",
    /// Not a member who can do this.
    UnknownMember = "UNKNOWN_MEMBER",
    /// No such party in this complaint.
    UnknownParty = "UNKNOWN_PARTY",
    /// The respondent has not been told of the complaint yet.
    NotNotified = "NOT_NOTIFIED",
    /// No such letter in this complaint.
    UnknownLetter = "UNKNOWN_LETTER",
    /// The letter has not gone out.
    NotSent = "NOT_SENT",
    /// The letter has not come back, or what it says does not hold any more.
    NotReturned = "NOT_RETURNED",
    /// No such measure in this complaint.
    UnknownMeasure = "UNKNOWN_MEASURE",
    /// Nothing is to be changed.
    NothingToChange = "NOTHING_TO_CHANGE",
    /// It was said already.
    AlreadyDone = "ALREADY_DONE",
    /// The dossier is under a legal hold.
    UnderLegalHold = "UNDER_LEGAL_HOLD",
    /// There is no legal hold.
    NoLegalHold = "NO_LEGAL_HOLD",
    /// The retention term runs until this day.
    RetentionRuns(NaiveDate) = "RETENTION_RUNS",
    /// The content has been destroyed.
    Destroyed = "DESTROYED",
    /// The field is required.
    FieldRequired(IntakeField) = "FIELD_REQUIRED",
    /// A complaint here is about a course.
    CourseRequired = "COURSE_REQUIRED",
    /// Complaints do not come in on this channel.
    ChannelNotOpen = "CHANNEL_NOT_OPEN",
    /// A score is from 1 to 5.
    ScoreOutOfRange = "SCORE_OUT_OF_RANGE",
    /// An act cannot arrive after it is registered, or before the complaint.
    ImpossibleTime = "IMPOSSIBLE_TIME",
    /// The date lies in the future, or longer ago than anybody lives.
    ImpossibleDate(IntakeField) = "IMPOSSIBLE_DATE",
    /// It can only lie ahead, and has passed.
    InThePast = "IN_THE_PAST",
    /// So far ahead nothing is planned; the last day on which something is.
    TooFarAhead(NaiveDate) = "TOO_FAR_AHEAD",
    /// It was longer ago than a dossier is kept.
    TooLongAgo = "TOO_LONG_AGO",
    /// No regulation was in force here then.
    NoRegulationThen = "NO_REGULATION_THEN",
    /// An address is needed to reach the person.
    AddressRequired = "ADDRESS_REQUIRED",
    /// The text is empty.
    EmptyText = "EMPTY_TEXT",
    /// Only an act of a party can be recorded for them.
    NotAPartyAct = "NOT_A_PARTY_ACT",
    /// It contradicts something else that was given.
    Contradictory = "CONTRADICTORY",
    /// Whoever remains dissatisfied must be invited to put it in writing.
    InvitationRequired = "INVITATION_REQUIRED",
}

impl Reason {
    /// The refusal without a rule.
    pub const fn bare(self) -> Refusal {
        Refusal {
            reason: self,
            basis: None,
        }
    }

    /// The refusal with its rule.
    pub fn by(self, basis: &Basis) -> Refusal {
        Refusal {
            reason: self,
            basis: Some(basis.clone()),
        }
    }

    /// What it says to a person: what is wrong, and how to mend it.
    pub fn in_words(&self, locale: Locale) -> String {
        match words::fixed(self, locale) {
            Some(text) => text.to_owned(),
            None => words::particular(self, locale),
        }
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        reason.bare()
    }
}

mod words;

fn day(on: NaiveDate, locale: Locale) -> String {
    date_in_words(on, locale)
}
