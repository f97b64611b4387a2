//! Days that decrees equate with a holiday.

use async_graphql::SimpleObject;
use wederhoor_service::DecreedDay;

use crate::scalar::{Date, Instant};

/// A day that a decree equates with a holiday (*gelijkgestelde dag*): no rolling term ends on it, and it is a working day all the
/// same.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct EquatedDay {
    /// The day.
    on: Date,
    /// Since when it counts.
    known_at: Instant,
    /// Where it is written, as the operator said who entered it; `null` of a day that the program brings along.
    source: Option<String>,
}

impl From<DecreedDay> for EquatedDay {
    fn from(day: DecreedDay) -> Self {
        Self {
            on: Date(day.on),
            known_at: Instant(day.known_since),
            source: day.source,
        }
    }
}
