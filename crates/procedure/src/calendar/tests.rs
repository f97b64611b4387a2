#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::*;

mod days;
mod holidays;
mod hours;
mod midnights;
mod properties;
mod terms;
mod words;
mod worked;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn term(text: &str) -> Term {
    text.parse().unwrap()
}

fn amsterdam() -> Calendar {
    Calendar::new(Tz::Europe__Amsterdam)
}

fn derive(text: &str, start: &str, rolls: bool) -> Derivation {
    amsterdam().derive(term(text), date(start), rolls)
}
