//! Who gets in: passwords, second factors, sessions, access tokens, access links, calendar feeds, bounce keys and API keys.

mod api_keys;
mod bounce_keys;
mod calendar_feeds;
mod codes;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod key_text;
mod links;
mod memberships;
mod new_link;
mod operators;
mod passwords;
mod recent_sign_in;
mod resealing;
mod resets;
mod sealing;
mod second_factor;
mod sessions;
mod signed_in;
mod tokens;
mod who;

use chrono::{DateTime, Utc};
use secrecy::SecretString;

pub use api_keys::{API_KEY, ApiKey, ApiScope, NewApiKey, ShownApiKey};
pub use bounce_keys::BOUNCE_KEY;
pub use calendar_feeds::{CALENDAR, CALENDAR_ENDING, CalendarDay, MemberCalendar};
pub(crate) use memberships::bounds;
pub use memberships::{Membership, MembershipNow};
pub(crate) use new_link::{NewLink, PAGES, Purpose};
pub use passwords::PasswordConfig;
pub(crate) use passwords::Passwords;
pub use resealing::{Resealed, Sealed};
pub(crate) use sealing::Sealer;
pub use sealing::SealingKeys;
pub use second_factor::Enrolment;
pub use signed_in::{SignOut, SignedIn};
pub(crate) use tokens::TokenKeys;
pub use tokens::TokenSeeds;

/// What lets a caller in.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// A short-lived token for the `Authorization` header.
    pub access: SecretString,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// What fetches the next one, once; `None` for an access link, which is renewed by letter.
    pub refresh: Option<SecretString>,
}
