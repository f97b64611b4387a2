//! What can go wrong in a use case, as callers must tell it apart.

use thiserror::Error;
use wederhoor_procedure::{Text, refusal::Refusal};
use wederhoor_store::StoreError;

/// Why a use case did not do what was asked. Nothing has changed then.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The procedure does not allow it.
    #[error("refused: {}", .0.reason.code().as_str())]
    Refused(Refusal),
    /// The input is not right.
    #[error("invalid input: {}", .0.iter().map(InputFault::to_string).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<InputFault>),
    /// Several things are against it, in the input and by the procedure.
    #[error("{} faults of the input, {} refusals", .faults.len(), .refusals.len())]
    Faulty {
        /// What is wrong with the input itself.
        faults: Vec<InputFault>,
        /// What the procedure has against it.
        refusals: Vec<Refusal>,
    },
    /// The procedure does not allow it of some of the complaints that it was asked of, each by its place among them.
    #[error("refused of {}", .0.len())]
    RefusedAt(Vec<(usize, Refusal)>),
    /// The complaint has changed since the version the caller saw.
    #[error("stale version")]
    StaleVersion {
        /// The version it has now.
        current: u32,
    },
    /// The idempotency key was used for another request.
    #[error("idempotency key reused")]
    IdempotencyMismatch,
    /// It does not exist for this caller.
    #[error("not found")]
    NotFound,
    /// The caller may not do this at all, and may know it.
    #[error("not allowed")]
    NotAllowed,
    /// Nobody is signed in, or the token is not valid (any more).
    #[error("unauthenticated")]
    Unauthenticated,
    /// Who came by an access link is in no more: the party has left an address since.
    #[error("in no more")]
    NoLongerIn,
    /// The address or the password is wrong.
    #[error("sign-in failed")]
    SignInFailed,
    /// What was shown is right so far, and a code of the second factor is asked for beside it.
    #[error("a code is required")]
    CodeRequired,
    /// The tenant requires a second factor, and this person has none.
    #[error("a second factor is required")]
    SecondFactorRequired,
    /// This needs a sign-in, or a confirmation of who asks, of the last 15 minutes.
    #[error("a recent sign-in is required")]
    RecentSignInRequired,
    /// It was asked or tried too often; worth another try after so many seconds.
    #[error("too often, for {seconds} seconds more")]
    RateLimited {
        /// At least one.
        seconds: u32,
    },
    /// The tenant is on hold.
    #[error("the organisation is suspended")]
    TenantSuspended,
    /// Somebody else was first, again and again, or the same request is being answered: worth another try.
    #[error("another change came first")]
    Conflict,
    /// It cannot be done now; worth another try. The text says why, for the log.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of the program. The text is for the log.
    #[error("internal: {0}")]
    Internal(String),
}

/// A fault in the input: which, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFault {
    /// Stable code.
    pub code: InputCode,
    /// The path into the input, outermost first, in the names of the schema.
    pub path: Vec<String>,
    /// What is wrong and how to mend it.
    pub message: Text,
}

impl InputFault {
    /// A fault at a path, whose parts are parted by points.
    pub fn at(code: InputCode, path: &str, nl: &str, en: &str) -> Self {
        let path = path.split('.').map(str::to_owned).collect();
        let (nl, en) = (nl.to_owned(), en.to_owned());
        Self {
            code,
            path,
            message: Text { nl, en },
        }
    }
}

impl std::fmt::Display for InputFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.join("."), self.message.en)
    }
}

/// The stable codes of input faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputCode {
    /// It is required.
    Required,
    /// It has the wrong form.
    Malformed,
    /// It is too long.
    TooLong,
    /// It names something that does not exist here.
    Unknown,
    /// It is taken by another.
    Taken,
    /// It contradicts something else in the input.
    Contradictory,
    /// It is a password that is tried among the first.
    Guessable,
    /// A proof of work is asked for.
    ProofRequired,
    /// The proof of work is wrong, or for something else.
    ProofWrong,
    /// The proof of work was used, or its time is over.
    ProofExpired,
    /// The policy has faults and cannot be published.
    PolicyFaulty,
    /// No day of a complaint lies in that year.
    ImpossibleDate,
    /// No moment of a complaint lies in that year.
    ImpossibleTime,
    /// The operator does not allow letters to be from there.
    SenderNotAllowed,
}

impl ServiceError {
    /// One fault in the input.
    pub fn invalid(code: InputCode, path: &str, nl: &str, en: &str) -> Self {
        Self::Invalid(vec![InputFault::at(code, path, nl, en)])
    }

    /// Refuses for everything that is against an input, if anything is.
    ///
    /// # Errors
    /// `Refused` for one refusal and nothing else, `Faulty` for more.
    pub(crate) fn unless_sound(
        faults: Vec<InputFault>,
        mut refusals: Vec<Refusal>,
    ) -> Result<(), Self> {
        match (faults.is_empty(), refusals.len()) {
            (true, 0) => Ok(()),
            (true, 1) => Err(Self::Refused(refusals.remove(0))),
            _ => Err(Self::Faulty { faults, refusals }),
        }
    }

    /// Refuses for all faults of an input, if there are any: those known already, and those found since.
    ///
    /// # Errors
    /// `Invalid`.
    pub(crate) fn unless_faultless(known: &[InputFault], found: &[InputFault]) -> Result<(), Self> {
        if known.is_empty() && found.is_empty() {
            Ok(())
        } else {
            Err(Self::Invalid([known, found].concat()))
        }
    }

    /// The error, with what is known already to be wrong with the input. What is not about the input stays alone.
    #[must_use]
    pub fn beside(self, mut known: Vec<InputFault>) -> Self {
        if known.is_empty() {
            return self;
        }
        match self {
            Self::Invalid(faults) => {
                known.extend(faults);
                Self::Invalid(known)
            }
            Self::Refused(refusal) => Self::Faulty {
                faults: known,
                refusals: vec![refusal],
            },
            other => other,
        }
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable { .. } | StoreError::Unwritable { .. } | StoreError::Busy => {
                Self::Unavailable(error.to_string())
            }
            StoreError::Conflict => Self::Conflict,
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<serde_json::Error> for ServiceError {
    fn from(error: serde_json::Error) -> Self {
        // Its text may quote a value.
        let (kind, line, column) = (error.classify(), error.line(), error.column());
        Self::Internal(format!("JSON, {kind:?} error at {line}:{column}"))
    }
}

#[cfg(test)]
mod tests;
