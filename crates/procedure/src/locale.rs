//! The two languages people read.

use serde::{Deserialize, Serialize};

/// A language that every text of the service exists in.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// Dutch, the default of every tenant.
    #[default]
    Nl,
    /// English.
    En,
}

/// The same text in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Dutch, plain (B1).
    pub nl: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language.
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::Nl => &self.nl,
            Locale::En => &self.en,
        }
    }
}
