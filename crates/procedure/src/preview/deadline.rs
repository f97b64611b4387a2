//! A deadline on a timeline.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    calendar::Derivation,
    deadline::{Deadline, DeadlineKind, Owner},
    locale::{Locale, Text},
    policy::{Basis, play::deadline_in_words},
};

/// A deadline with everything that explains it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviewedDeadline {
    /// Which; `None` for the last day on which the complaint could be filed.
    pub kind: Option<DeadlineKind>,
    /// What it is for.
    pub name: Text,
    /// Whose term it is.
    pub owner: Owner,
    /// The local day of the event that it counts from, which does not count.
    pub starts_on: NaiveDate,
    /// The last local day that holds.
    pub last_day: NaiveDate,
    /// The first instant that is too late.
    pub ends_at: DateTime<Utc>,
    /// How the last day came about, as a sentence without a full stop.
    pub derivation: Text,
    /// The article; `None` for a house rule.
    pub article: Option<String>,
    /// The article as people cite it, or that it is a house rule.
    pub cited: Text,
    /// What the rule says.
    pub rule: Text,
    /// When it was met.
    pub met_at: Option<DateTime<Utc>>,
    /// Whether it still counts at the end of the timeline.
    pub is_open: bool,
}

impl From<&Deadline> for PreviewedDeadline {
    fn from(deadline: &Deadline) -> Self {
        Self {
            kind: Some(deadline.kind),
            name: Text {
                nl: deadline_in_words(deadline.kind, Locale::Nl),
                en: deadline_in_words(deadline.kind, Locale::En),
            },
            owner: deadline.owner,
            starts_on: deadline.derivation.start,
            last_day: deadline.due_on,
            ends_at: deadline.due_at,
            derivation: Text {
                nl: deadline.in_words(Locale::Nl),
                en: deadline.in_words(Locale::En),
            },
            met_at: deadline.met_at,
            is_open: deadline.is_open,
            ..Self::by(&deadline.derivation, &deadline.basis)
        }
    }
}

impl PreviewedDeadline {
    /// The last day on which a complaint may be filed.
    pub(super) fn filing(window: &Derivation, basis: &Basis, filed_at: DateTime<Utc>) -> Self {
        Self {
            met_at: Some(filed_at).filter(|at| *at < window.ends),
            ..Self::by(window, basis)
        }
    }

    fn by(derivation: &Derivation, basis: &Basis) -> Self {
        let both = |say: &dyn Fn(Locale) -> String| Text {
            nl: say(Locale::Nl),
            en: say(Locale::En),
        };
        Self {
            kind: None,
            name: Text {
                nl: "de klacht indienen".to_owned(),
                en: "filing the complaint".to_owned(),
            },
            owner: Owner::Complainant,
            starts_on: derivation.start,
            last_day: derivation.last_day,
            ends_at: derivation.ends,
            derivation: sentence(derivation),
            article: basis.article().map(str::to_owned),
            cited: both(&|locale| basis.cite(locale)),
            rule: both(&|locale| basis.text(locale).to_owned()),
            met_at: None,
            is_open: false,
        }
    }
}

fn sentence(derivation: &Derivation) -> Text {
    Text {
        nl: derivation.in_words(Locale::Nl),
        en: derivation.in_words(Locale::En),
    }
}
