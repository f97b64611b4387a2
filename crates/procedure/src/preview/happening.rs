//! Something that happens in a preview.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use thiserror::Error;

use super::HappeningKind;
use crate::locale::Locale::{self, En, Nl};

/// What happens, when, and for more time until which day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Happening {
    pub(super) kind: HappeningKind,
    pub(super) at: DateTime<Utc>,
    pub(super) until: Option<NaiveDate>,
}

/// Why something cannot happen as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum HappeningFault {
    /// The complainant consents to a day, and to nothing else.
    UntilNeeded,
    /// Only more time has a day until which it goes.
    UntilSurplus(HappeningKind),
}

impl Happening {
    /// Something at an instant. `until` is the new last day of the term that is to be extended: a request to the complainant
    /// names one; a notice that names none takes all that the regulation allows; nothing else has one.
    ///
    /// # Errors
    /// When a day is missing, or is there and means nothing.
    pub const fn new(
        kind: HappeningKind,
        at: DateTime<Utc>,
        until: Option<NaiveDate>,
    ) -> Result<Self, HappeningFault> {
        match (kind, until) {
            (HappeningKind::RequestExtension, None) => Err(HappeningFault::UntilNeeded),
            (HappeningKind::RequestExtension | HappeningKind::AnnounceExtension, _) | (_, None) => {
                Ok(Self { kind, at, until })
            }
            (other, Some(_)) => Err(HappeningFault::UntilSurplus(other)),
        }
    }
}

impl fmt::Display for Happening {
    /// As the command line writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        write!(f, "{}@{at}", self.kind)?;
        self.until.map_or(Ok(()), |day| write!(f, ",until={day}"))
    }
}

impl HappeningFault {
    /// What is wrong, and what to write instead.
    pub fn in_words(self, locale: Locale) -> String {
        match (self, locale) {
            (Self::UntilNeeded, Nl) => {
                "De klager stemt in met een dag: zeg tot welke dag om verlenging wordt gevraagd."
                    .to_owned()
            }
            (Self::UntilNeeded, En) => {
                "The complainant consents to a day: say until which day more time is asked for."
                    .to_owned()
            }
            (Self::UntilSurplus(kind), Nl) => {
                format!("Alleen een verlenging gaat tot een dag: laat die weg bij {kind}.")
            }
            (Self::UntilSurplus(kind), En) => {
                format!("Only more time goes until a day: leave it out of {kind}.")
            }
        }
    }
}

impl fmt::Display for HappeningFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(En))
    }
}
