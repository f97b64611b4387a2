//! What a preview is of, and what cannot be in it.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use thiserror::Error;

use super::Happening;
use crate::{
    calendar::YEARS,
    locale::Locale::{self, En, Nl},
};

/// What to try: a complaint that arrives, and what happens to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// When the complaint arrives.
    pub received_at: DateTime<Utc>,
    /// The day of the last session of its course; `None`: a complaint without a course.
    pub course_ended_on: Option<NaiveDate>,
    /// What happens, and when; put in the order of time, and otherwise kept as given.
    pub happenings: Vec<Happening>,
}

/// Which time in a scenario.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScenarioPlace {
    /// When the complaint arrives.
    Receipt,
    /// The end of its course.
    Course,
    /// When something happens; its number as it was given, from 0.
    Happening(usize),
    /// Until which day it asks for time; its number as it was given, from 0.
    Until(usize),
}

/// Why a scenario cannot be played.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum ScenarioFault {
    /// No calendar goes so far.
    NoSuchYear(ScenarioPlace),
    /// It happens before there is a complaint, which arrives at this instant.
    BeforeReceipt(ScenarioPlace, DateTime<Utc>),
}

impl Scenario {
    pub(super) fn require_possible(&self) -> Result<(), ScenarioFault> {
        use ScenarioPlace as P;
        let course = self.course_ended_on.map(|day| (P::Course, day.year()));
        let mut years = vec![(P::Receipt, self.received_at.year())];
        years.extend(course);
        for (number, one) in self.happenings.iter().enumerate() {
            years.push((P::Happening(number), one.at.year()));
            years.extend(one.until.map(|day| (P::Until(number), day.year())));
        }
        if let Some((place, _)) = years.iter().find(|(_, year)| !YEARS.contains(year)) {
            return Err(ScenarioFault::NoSuchYear(*place));
        }
        let is_early = |one: &Happening| one.at < self.received_at;
        match self.happenings.iter().position(is_early) {
            Some(number) => Err(ScenarioFault::BeforeReceipt(
                P::Happening(number),
                self.received_at,
            )),
            None => Ok(()),
        }
    }
}

impl ScenarioFault {
    /// Where it is.
    pub const fn place(self) -> ScenarioPlace {
        match self {
            Self::NoSuchYear(place) | Self::BeforeReceipt(place, _) => place,
        }
    }

    /// What is wrong, and what to write instead.
    pub fn in_words(self, locale: Locale) -> String {
        let (first, last) = (YEARS.start(), YEARS.end());
        match (self, locale) {
            (Self::NoSuchYear(_), Nl) => {
                format!(
                    "zo ver loopt de kalender niet. Kies een jaar van {first} tot en met {last}."
                )
            }
            (Self::NoSuchYear(_), En) => {
                format!("the calendar does not go so far. Choose a year from {first} to {last}.")
            }
            (Self::BeforeReceipt(_, at), Nl) => {
                format!(
                    "toen was er nog geen klacht. Kies een moment vanaf {}.",
                    told(at)
                )
            }
            (Self::BeforeReceipt(_, at), En) => {
                format!(
                    "there was no complaint yet. Choose an instant from {} on.",
                    told(at)
                )
            }
        }
    }
}

fn told(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

impl fmt::Display for ScenarioFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(En))
    }
}
