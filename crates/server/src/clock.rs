//! The one place where the real clock is read, and the clock that a demo may move.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};

/// The real time, for what is about security: tokens, links, limits, leases.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn real_now() -> DateTime<Utc> {
    Utc::now()
}

/// A clock that runs with the real one, a fixed stretch ahead of it. Moving it only ever widens the stretch.
#[derive(Debug, Default)]
pub struct MovableClock {
    ahead: Mutex<TimeDelta>,
}

/// The clock cannot go where it was asked to.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CannotMove {
    /// The instant lies before the clock's present.
    #[error("the clock only moves forward, and stands at {now}")]
    Backward {
        /// Where the clock stands.
        now: DateTime<Utc>,
    },
    /// The instant lies more than a hundred years ahead of the real time.
    #[error("the clock moves at most 100 years ahead")]
    TooFar,
}

/// One hundred years of 366 days.
const FARTHEST: TimeDelta = TimeDelta::days(36_600);

impl MovableClock {
    /// A clock that is `ahead` of the real one.
    pub fn ahead_by(ahead: TimeDelta) -> Self {
        Self {
            ahead: Mutex::new(ahead),
        }
    }

    /// How far the clock is ahead of `real`.
    pub fn ahead(&self) -> TimeDelta {
        *self
            .ahead
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The clock's present, when the real one says `real`.
    pub fn at(&self, real: DateTime<Utc>) -> DateTime<Utc> {
        real + self.ahead()
    }

    /// Moves the clock to `target`, and answers with where it then stands.
    pub fn move_to(
        &self,
        real: DateTime<Utc>,
        target: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, CannotMove> {
        let mut ahead = self
            .ahead
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let wanted = target - real;
        if wanted < *ahead {
            return Err(CannotMove::Backward { now: real + *ahead });
        }
        if wanted > FARTHEST {
            return Err(CannotMove::TooFar);
        }
        *ahead = wanted;
        Ok(target)
    }
}

#[cfg(test)]
mod tests;
