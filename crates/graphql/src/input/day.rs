//! Days and instants of an input: their years lie within bounds, so that no term can run off the calendar.

use chrono::{DateTime, NaiveDate, Utc};
use wederhoor_procedure::Text;
use wederhoor_service::InputCode;

use super::Check;
use crate::{
    error::text,
    scalar::{GivenDate, GivenInstant},
};

impl Check {
    /// A day.
    pub(crate) fn day(&mut self, field: &str, day: GivenDate) -> NaiveDate {
        if !day.is_possible() {
            self.fault(InputCode::ImpossibleDate, field, out_of_bounds());
        }
        day.of_any_year()
    }

    /// A day that may be left out.
    pub(crate) fn optional_day(
        &mut self,
        field: &str,
        day: Option<GivenDate>,
    ) -> Option<NaiveDate> {
        day.map(|day| self.day(field, day))
    }

    /// Days, at most so many, each with its place in the list.
    pub(crate) fn days(&mut self, field: &str, most: usize, days: &[GivenDate]) -> Vec<NaiveDate> {
        self.at_most(field, days.len(), most);
        let one = |(place, day): (usize, &GivenDate)| {
            self.within(field, |check| check.day(&place.to_string(), *day))
        };
        days.iter().take(most).enumerate().map(one).collect()
    }

    /// An instant.
    pub(crate) fn instant(&mut self, field: &str, instant: GivenInstant) -> DateTime<Utc> {
        if !instant.is_possible() {
            self.fault(InputCode::ImpossibleTime, field, out_of_bounds());
        }
        instant.of_any_year()
    }
}

fn out_of_bounds() -> Text {
    text(
        "Dit jaar kan hier niet. Kies een jaar van 1900 tot en met 2199.",
        "This year cannot be here. Choose a year from 1900 to 2199.",
    )
}
