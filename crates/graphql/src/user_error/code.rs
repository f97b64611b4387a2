//! The stable codes of user errors: those of the procedure, and those of the input.

use async_graphql::Enum;
use wederhoor_procedure::refusal::RefusalCode;

macro_rules! codes {
    (
        procedure { $($(#[$doc:meta])* $name:ident,)* }
        input { $($(#[$input_doc:meta])* $input:ident,)* }
    ) => {
        /// Why a mutation did nothing. Codes are stable: new ones may come, none changes its meaning.
        #[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum UserErrorCode {
            $($(#[$doc])* $name,)*
            $($(#[$input_doc])* $input,)*
        }

        impl From<RefusalCode> for UserErrorCode {
            fn from(code: RefusalCode) -> Self {
                match code { $(RefusalCode::$name => Self::$name,)* }
            }
        }
    };
}

codes! {
    procedure {
        /// There is no such complaint for this person.
        NotFound,
        /// This person may not do this here.
        NotAllowed,
        /// Not in the state the complaint is in.
        WrongState,
        /// The complaint is closed.
        AlreadyClosed,
        /// The regulation has no such step.
        NotInThisProcedure,
        /// The person has a conflict of interest.
        ConflictOfInterest,
        /// The person does not hold the role that decides here, or is away.
        NotEligible,
        /// The person is on the case already.
        AlreadyAssigned,
        /// An external handler is for when nobody else is left.
        HandlerAvailable,
        /// A reason is needed.
        ReasonRequired,
        /// A side was not heard yet.
        NotHeard,
        /// At least two documented attempts make a side unreachable.
        TooFewAttempts,
        /// Nobody decides at this instance yet.
        NobodyAssigned,
        /// It must be decided first whether the late complaint is treated.
        AdmissionUndecided,
        /// The instance before did not declare the complaint inadmissible, so that there is nothing to uphold.
        NotDeclaredInadmissible,
        /// The complaint came in time, or was admitted already.
        LatenessSettled,
        /// There is no response to answer.
        NoResponse,
        /// There is no reaction to answer.
        NoReaction,
        /// There is no text to sign.
        NoSolution,
        /// The text has changed since.
        SolutionChanged,
        /// Already signed by this party.
        AlreadySigned,
        /// The way to the next instance is not open.
        NoWayOpen,
        /// It must be in writing here.
        MustBeWritten,
        /// A late appeal waits already.
        LateAppealPending,
        /// No late appeal waits.
        NoLateAppeal,
        /// No extension was asked.
        NoExtensionRequested,
        /// The new last day is not after the present one.
        NotLater,
        /// The extension is longer than the regulation allows.
        TooLong,
        /// More than the regulation lets award.
        AboveCompensationCap,
        /// The term has lapsed already.
        TermHasLapsed,
        /// Not a cause of this policy.
        UnknownCause,
        /// The complaint must be classified first.
        CauseRequired,
        /// Not a member who can do this.
        UnknownMember,
        /// No such party in this complaint.
        UnknownParty,
        /// The respondent has not been told of the complaint yet: `nameRespondent` tells them.
        NotNotified,
        /// No such letter in this complaint.
        UnknownLetter,
        /// The letter has not gone out.
        NotSent,
        /// The letter has not come back, or what it says does not hold any more.
        NotReturned,
        /// No such measure in this complaint.
        UnknownMeasure,
        /// Nothing is to be changed.
        NothingToChange,
        /// It was said already.
        AlreadyDone,
        /// The dossier is under a legal hold.
        UnderLegalHold,
        /// There is no legal hold.
        NoLegalHold,
        /// The retention term runs until this day.
        RetentionRuns,
        /// The content has been destroyed.
        Destroyed,
        /// The field is required.
        FieldRequired,
        /// A complaint here is about a course.
        CourseRequired,
        /// Complaints do not come in on this channel.
        ChannelNotOpen,
        /// A score is from 1 to 5.
        ScoreOutOfRange,
        /// It cannot lie in the future, or before what it is about.
        ImpossibleTime,
        /// The date lies in the future, or longer ago than anybody lives.
        ImpossibleDate,
        /// It can only lie ahead, and has passed.
        InThePast,
        /// So far ahead nothing is planned.
        TooFarAhead,
        /// It was longer ago than a dossier is kept.
        TooLongAgo,
        /// No regulation was in force here then.
        NoRegulationThen,
        /// An address is needed to reach the person.
        AddressRequired,
        /// The text is empty.
        EmptyText,
        /// Only an act of a party can be recorded for them.
        NotAPartyAct,
        /// It contradicts something else in the input.
        Contradictory,
        /// Whoever remains dissatisfied must be invited to put it in writing.
        InvitationRequired,
    }
    input {
        /// The complaint has changed since the version that was named: read it again.
        StaleVersion,
        /// Somebody else was first, or the same request is being answered: try again.
        Conflict,
        /// The idempotency key was used for another request.
        IdempotencyMismatch,
        /// The address or the password is wrong, or the link has been used or has expired.
        SignInFailed,
        /// The password is right, and a code of the second factor is asked for beside it.
        SecondFactorRequired,
        /// It is done by who showed in the last 15 minutes who they are: `confirmIdentity` does so, and then try again.
        RecentSignInRequired,
        /// The field is required.
        Required,
        /// The field has the wrong form.
        Malformed,
        /// The text is too long.
        TooLongText,
        /// It names something that does not exist here.
        Unknown,
        /// Another one has it already.
        Taken,
        /// A proof of work is asked for.
        ProofRequired,
        /// The proof of work is wrong, or for something else.
        ProofWrong,
        /// The proof of work was used, or its time is over.
        ProofExpired,
        /// The password is among those that are tried first.
        GuessablePassword,
        /// The policy has faults and cannot be published.
        PolicyFaulty,
        /// The operator of the platform does not allow letters to be from there, or answered there.
        SenderNotAllowed,
    }
}
