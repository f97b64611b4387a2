//! What is counted in this process for who watches over it: sums over everybody, that tell of nobody.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Service, ServiceError};

macro_rules! counted {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What is counted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Occasion { $($(#[$doc])* $name,)* }

        impl Occasion {
            /// Everything that is counted.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

counted! {
    /// Somebody signed in.
    SignedIn,
    /// An address, a password or a code was wrong.
    SignInRefused,
    /// A sign-in was tried too often.
    SignInHeldUp,
    /// Too many requests came from one source.
    LimitOfSource,
    /// One person, access link or key asked too often.
    LimitOfPrincipal,
    /// Too many requests were about one organisation.
    LimitOfTenant,
    /// A secret was tried too often.
    LimitOfTries,
    /// A letter with a way in was asked for too often.
    LimitOfLetters,
    /// One source filed too often.
    LimitOfFilings,
    /// A letter was handed over.
    LetterSent,
    /// A letter was not taken this time.
    LetterPutOff,
    /// A letter will never be taken, or was given up.
    LetterFailed,
    /// A piece of due work was done.
    WorkDone,
    /// A piece of due work failed, and is tried again.
    WorkFailed,
}

/// How often each was.
#[derive(Default)]
pub(crate) struct Counts([AtomicU64; Occasion::ALL.len()]);

impl Counts {
    pub(crate) fn count(&self, what: Occasion) {
        self.0[what as usize].fetch_add(1, Ordering::Relaxed);
    }
}

impl Service {
    /// How often it was in this process, since it began.
    pub fn counted(&self, what: Occasion) -> u64 {
        self.counts().0[what as usize].load(Ordering::Relaxed)
    }

    /// Counts what a sign-in came to. One that is right but for what was left out is none yet.
    pub(crate) fn count_sign_in<T>(&self, done: &Result<T, ServiceError>) {
        let what = match done {
            Ok(_) => Occasion::SignedIn,
            Err(ServiceError::SignInFailed) => Occasion::SignInRefused,
            Err(ServiceError::RateLimited { .. }) => Occasion::SignInHeldUp,
            Err(_) => return,
        };
        self.counts().count(what);
    }
}
