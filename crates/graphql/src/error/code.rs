//! The codes of errors at the top of an answer. There are no others: what has none of these is a fault of ours.

use async_graphql::{ServerError, Value};
use wederhoor_procedure::Locale;

/// Under which extension of an error its code stands.
const KEY: &str = "code";
/// Under which one stands how long to wait, in seconds.
const RETRY_AFTER: &str = "retryAfter";

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What is wrong with a request as a whole. Clients may act on it: new ones may come, none changes its meaning.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum ErrorCode { $($(#[$doc])* $name,)* }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As clients see it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// The request cannot be read, or does not fit the schema.
    BadRequest = "BAD_REQUEST",
    /// Nothing is at its address.
    NotFound = "NOT_FOUND",
    /// It asks for more than a limit allows; the limit stands beside the code.
    TooComplex = "TOO_COMPLEX",
    /// Its body has too many bytes.
    PayloadTooLarge = "PAYLOAD_TOO_LARGE",
    /// Its body is not JSON.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
    /// It accepts no media type that answers have.
    NotAcceptable = "NOT_ACCEPTABLE",
    /// Its method is not for this.
    MethodNotAllowed = "METHOD_NOT_ALLOWED",
    /// Nobody is signed in, or not any more.
    Unauthenticated = "UNAUTHENTICATED",
    /// The organisation asks a second factor of the viewer, who has none: `startSecondFactor` begins with one.
    SecondFactorRequired = "SECOND_FACTOR_REQUIRED",
    /// It is nothing for who asks: an API key does nothing but what is listed for it.
    NotAllowed = "NOT_ALLOWED",
    /// The organisation cannot use the service now.
    TenantSuspended = "TENANT_SUSPENDED",
    /// It was asked, or a secret tried, too often; `retryAfter` beside the code says in how many seconds to try again.
    RateLimited = "RATE_LIMITED",
    /// Its body, or its answer, took too long.
    Timeout = "TIMEOUT",
    /// The service or its database cannot be reached for a moment.
    Unavailable = "UNAVAILABLE",
    /// A fault of ours.
    Internal = "INTERNAL",
}

impl ErrorCode {
    /// An error of this code.
    pub fn error(self, message: impl Into<String>) -> ServerError {
        let mut error = ServerError::new(message, None);
        self.mark(&mut error);
        error
    }

    /// An error for who asks or tries too often, until so many seconds from now.
    pub fn too_often(seconds: u32, locale: Locale) -> ServerError {
        let words = match locale {
            Locale::Nl => format!("Dit is te vaak gevraagd. Probeer het over {seconds} s opnieuw."),
            Locale::En => format!("This was asked too often. Try again in {seconds} s."),
        };
        let mut error = Self::RateLimited.error(words);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set(RETRY_AFTER, seconds);
        error
    }

    /// In how many seconds who asked too often may try again.
    pub fn retry_after(error: &ServerError) -> Option<u64> {
        match error.extensions.as_ref()?.get(RETRY_AFTER) {
            Some(Value::Number(seconds)) => seconds.as_u64(),
            _ => None,
        }
    }

    /// Gives an error this code.
    pub fn mark(self, error: &mut ServerError) {
        let extensions = error.extensions.get_or_insert_default();
        extensions.set(KEY, self.as_str());
    }

    /// The code that an error has.
    pub fn of(error: &ServerError) -> Option<Self> {
        let Some(Value::String(code)) = error.extensions.as_ref()?.get(KEY) else {
            return None;
        };
        Self::ALL.iter().copied().find(|one| one.as_str() == code)
    }
}
