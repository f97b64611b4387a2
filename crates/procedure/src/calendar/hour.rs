//! An hour of the day, as clocks on the wall show it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An hour of the day on the wall.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Hour(u8);

/// No clock shows this hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("an hour lies between 0 and 23")]
pub struct HourError;

impl Hour {
    /// When people who work in the day begin.
    pub const MORNING: Self = Self(8);

    /// Its number, from 0 to 23.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for Hour {
    fn default() -> Self {
        Self::MORNING
    }
}

impl TryFrom<u8> for Hour {
    type Error = HourError;

    fn try_from(number: u8) -> Result<Self, HourError> {
        (number < 24).then_some(Self(number)).ok_or(HourError)
    }
}

impl From<Hour> for u8 {
    fn from(hour: Hour) -> Self {
        hour.0
    }
}
