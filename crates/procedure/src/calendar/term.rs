//! A length of time as a regulation writes it: `4 weeks`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Locale, Text};

/// What a term is counted in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// Days on which people work.
    WorkingDay,
    /// Days of the calendar.
    Day,
    /// Seven days.
    Week,
    /// To the same day number, or the last of a shorter month.
    Month,
    /// Twelve months.
    Year,
}

impl TermUnit {
    /// Every unit, from short to long.
    pub const ALL: [Self; 5] = [
        Self::WorkingDay,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Year,
    ];

    /// The largest amount a term may have in this unit: about a century, or four years of work.
    pub const fn most(self) -> u16 {
        match self {
            Self::WorkingDay => 1_000,
            Self::Day => 36_500,
            Self::Week => 5_200,
            Self::Month => 1_200,
            Self::Year => 100,
        }
    }

    fn name(self, locale: Locale, amount: u16) -> &'static str {
        let (one_nl, many_nl, one_en, many_en) = match self {
            Self::WorkingDay => ("werkdag", "werkdagen", "working day", "working days"),
            Self::Day => ("dag", "dagen", "day", "days"),
            Self::Week => ("week", "weken", "week", "weeks"),
            Self::Month => ("maand", "maanden", "month", "months"),
            Self::Year => ("jaar", "jaar", "year", "years"),
        };
        match (locale, amount) {
            (Locale::Nl, 1) => one_nl,
            (Locale::Nl, _) => many_nl,
            (Locale::En, 1) => one_en,
            (Locale::En, _) => many_en,
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|unit| [unit.name(Locale::En, 1), unit.name(Locale::En, 2)].contains(&name))
    }

    /// The unit somebody means who writes it in another way: in Dutch, in capitals, by a synonym.
    fn meant_by(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let is_dutch =
            |unit: &Self| [unit.name(Locale::Nl, 1), unit.name(Locale::Nl, 2)].contains(&&*name);
        match name.as_str() {
            "business day" | "business days" | "workday" | "workdays" => Some(Self::WorkingDay),
            "calendar day" | "calendar days" => Some(Self::Day),
            _ => Self::from_name(&name).or_else(|| Self::ALL.into_iter().find(is_dutch)),
        }
    }
}

/// A length of time: an amount from 1 to [`TermUnit::most`], and its unit; or [`Term::AT_ONCE`].
///
/// As text, in policies and in JSON, it is `1 month`, `4 weeks` or `5 working days`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Term {
    amount: u16,
    unit: TermUnit,
}

impl Term {
    /// No days at all: it ends with the day it starts on. No text is read as this, except where a promise can be kept on
    /// the spot.
    pub const AT_ONCE: Self = Self {
        amount: 0,
        unit: TermUnit::Day,
    };

    /// A term of `amount` units; an error for zero and for more than [`TermUnit::most`].
    pub fn new(amount: u16, unit: TermUnit) -> Result<Self, TermError> {
        match amount {
            0 => Err(TermError::Zero { unit }),
            amount if amount > unit.most() => Err(TermError::TooLong { unit }),
            amount => Ok(Self { amount, unit }),
        }
    }

    /// How many units, at least 1; 0 for [`Term::AT_ONCE`].
    pub fn amount(self) -> u16 {
        self.amount
    }

    /// What it is counted in.
    pub fn unit(self) -> TermUnit {
        self.unit
    }

    /// The term as it stands in a sentence: `4 weken`, `4 weeks`.
    pub fn in_words(self, locale: Locale) -> String {
        match (self.amount, locale) {
            (0, Locale::Nl) => "meteen".to_owned(),
            (0, Locale::En) => "at once".to_owned(),
            (amount, _) => format!("{amount} {}", self.unit.name(locale, amount)),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(Locale::En))
    }
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.to_string()
    }
}

impl TryFrom<String> for Term {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let term = text.parse::<Self>();
        term.map_err(|error| error.in_words().as_one())
    }
}

impl FromStr for Term {
    type Err = TermError;

    fn from_str(text: &str) -> Result<Self, TermError> {
        let mut words = text.split_whitespace();
        let amount = words.next().unwrap_or_default();
        let name = words.collect::<Vec<_>>().join(" ");
        if name.is_empty() || !amount.contains(|c: char| c.is_ascii_digit()) {
            return Err(TermError::NotATerm { found: shown(text) });
        }
        let unit = TermUnit::from_name(&name).ok_or_else(|| TermError::UnknownUnit {
            found: shown(&name),
            meant: TermUnit::meant_by(&name),
        })?;
        if amount.starts_with('-') {
            return Err(TermError::Negative { unit });
        }
        if !amount.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(TermError::NotWhole {
                found: shown(amount),
            });
        }
        let amount = amount.parse().map_err(|_| TermError::TooLong { unit })?;
        Self::new(amount, unit)
    }
}

/// What was found, short enough to repeat in a message.
fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

/// Why a text or an amount is no term.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum TermError {
    /// Not an amount followed by a unit.
    NotATerm {
        /// The text.
        found: String,
    },
    /// The amount is no whole number.
    NotWhole {
        /// The amount as written.
        found: String,
    },
    /// The amount is below zero.
    Negative {
        /// The unit as written.
        unit: TermUnit,
    },
    /// The amount is zero.
    Zero {
        /// The unit as written.
        unit: TermUnit,
    },
    /// The amount is above [`TermUnit::most`].
    TooLong {
        /// The unit as written.
        unit: TermUnit,
    },
    /// The unit is none of ours.
    UnknownUnit {
        /// The unit as written.
        found: String,
        /// The unit it looks like.
        meant: Option<TermUnit>,
    },
}

impl TermError {
    /// What is wrong, and what to write instead: a term is written in English in any language.
    pub fn in_words(&self) -> Text {
        let name = |unit: TermUnit, amount| unit.name(Locale::En, amount);
        match self {
            Self::NotATerm { found } => Text::new(
                format!(
                    "\"{found}\" is geen termijn: schrijf een aantal en een eenheid, zoals \"4 weeks\""
                ),
                format!(
                    "\"{found}\" is not a term: write an amount and a unit, such as \"4 weeks\""
                ),
            ),
            Self::NotWhole { found } => Text::new(
                format!(
                    "\"{found}\" is geen heel getal: schrijf een heel getal van een kleinere eenheid, zoals \"6 weeks\""
                ),
                format!(
                    "\"{found}\" is not a whole number: write a whole number of a smaller unit, such as \"6 weeks\""
                ),
            ),
            Self::Negative { unit } => {
                let one = name(*unit, 1);
                Text::new(
                    format!("een termijn is niet minder dan niets: schrijf minstens \"1 {one}\""),
                    format!("a term cannot be negative: write at least \"1 {one}\""),
                )
            }
            Self::Zero { unit } => {
                let (none, one) = (name(*unit, 0), name(*unit, 1));
                Text::new(
                    format!(
                        "een termijn van 0 {none} eindigt voordat hij begint: schrijf minstens \"1 {one}\""
                    ),
                    format!(
                        "a term of 0 {none} would end before it began: write at least \"1 {one}\""
                    ),
                )
            }
            Self::TooLong { unit } => {
                let (most, many) = (unit.most(), name(*unit, 2));
                Text::new(
                    format!(
                        "een termijn in {many} is hoogstens {most}: schrijf \"{most} {many}\" of minder"
                    ),
                    format!("a term in {many} is at most {most}: write \"{most} {many}\" or less"),
                )
            }
            Self::UnknownUnit { found, meant } => {
                let instead = instead(*meant);
                Text::new(
                    format!(
                        "\"{found}\" is geen eenheid van een termijn: schrijf {}",
                        instead.nl
                    ),
                    format!("\"{found}\" is not a unit of a term: write {}", instead.en),
                )
            }
        }
    }
}

impl fmt::Display for TermError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words().en)
    }
}

fn instead(meant: Option<TermUnit>) -> Text {
    match meant {
        Some(unit) => {
            let name = format!("\"{}\"", unit.name(Locale::En, 2));
            Text::new(name.clone(), name)
        }
        None => Text::new(
            "working days, days, weeks, months of years, zoals \"4 weeks\"",
            "working days, days, weeks, months or years, such as \"4 weeks\"",
        ),
    }
}
