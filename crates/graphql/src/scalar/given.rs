//! Dates and instants as a mutation is given them: a year out of bounds is told at its field, beside the other faults of
//! the input. Their value comes out by a check of its year, or where each that cannot be is refused anyway.

use std::borrow::Cow;

use async_graphql::{InputType, InputValueError, InputValueResult, Value, registry::Registry};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use wederhoor_procedure::calendar::YEARS;

use super::{A_DATE, AN_INSTANT, Date, Instant, date_of, instant_of, text_of};

macro_rules! given {
    ($(#[$doc:meta])* $name:ident of $scalar:ident($value:ty), $parse:ident, $form:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name($value);

        impl $name {
            /// As it was given: only for what refuses every value that cannot be by itself.
            pub(crate) const fn of_any_year(self) -> $value {
                self.0
            }

            /// Whether its year is one that the scalar of the answers has too.
            pub(crate) fn is_possible(self) -> bool {
                YEARS.contains(&self.0.year())
            }
        }

        impl InputType for $name {
            type RawValueType = Self;

            fn type_name() -> Cow<'static, str> {
                <$scalar as InputType>::type_name()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <$scalar as InputType>::create_type_info(registry)
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                let found = $parse(text_of(&value.unwrap_or_default())?);
                found.map(Self).ok_or_else(|| InputValueError::custom($form))
            }

            fn to_value(&self) -> Value {
                async_graphql::ScalarType::to_value(&$scalar(self.0))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }
    };
}

given! {
    /// A day on the calendar, of a year that may be out of bounds.
    GivenDate of Date(NaiveDate), date_of, A_DATE
}
given! {
    /// An instant, of a year that may be out of bounds.
    GivenInstant of Instant(DateTime<Utc>), instant_of, AN_INSTANT
}
