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

/// Parts the two languages of a text that is passed on as one.
const PART: char = '\u{1f}';

impl Text {
    /// The same words in both languages.
    pub(crate) fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            nl: nl.into(),
            en: en.into(),
        }
    }

    /// Both languages as one text, for readers that pass on one: [`Text::parted`] makes it two again.
    pub(crate) fn as_one(&self) -> String {
        format!("{}{PART}{}", self.en, self.nl)
    }

    /// Both languages of a text that was made one; `None` for any other text.
    pub(crate) fn parted(one: &str) -> Option<Self> {
        let (en, nl) = one.split_once(PART)?;
        Some(Self::new(nl, en))
    }

    /// The text in one language.
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::Nl => &self.nl,
            Locale::En => &self.en,
        }
    }
}

/// The same words in both languages, fixed in the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words {
    /// Dutch, plain (B1).
    pub nl: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The words in one language.
    pub const fn in_locale(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::Nl => self.nl,
            Locale::En => self.en,
        }
    }
}
