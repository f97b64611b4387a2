//! The one place where the real clock is read, and the clocks of the procedure.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_service::Clock;

/// The real time, for what is about security: tokens, links, limits, leases.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn real_now() -> DateTime<Utc> {
    Utc::now()
}

/// The real clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> DateTime<Utc> {
        real_now()
    }
}

/// A clock of the procedure that can be moved forward: it runs on with the real one, or stands where it was put.
#[derive(Debug)]
pub struct MovableClock {
    hand: Mutex<Hand>,
}

#[derive(Clone, Copy, Debug)]
enum Hand {
    /// So far ahead of the real clock.
    Running(TimeDelta),
    /// At one instant.
    Standing(DateTime<Utc>),
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
    /// The instant lies more than a hundred years ahead.
    #[error("the clock moves at most 100 years ahead")]
    TooFar,
}

/// One hundred years of 366 days.
const FARTHEST: TimeDelta = TimeDelta::days(36_600);

impl MovableClock {
    /// A clock that runs `ahead` of the real one.
    pub fn running(ahead: TimeDelta) -> Self {
        Self {
            hand: Mutex::new(Hand::Running(ahead)),
        }
    }

    /// A clock that stands still until it is moved.
    pub fn standing(at: DateTime<Utc>) -> Self {
        Self {
            hand: Mutex::new(Hand::Standing(at)),
        }
    }

    /// How far it is ahead of the real clock.
    pub fn ahead(&self, real: DateTime<Utc>) -> TimeDelta {
        self.at(real) - real
    }

    /// Its present, when the real clock says `real`.
    pub fn at(&self, real: DateTime<Utc>) -> DateTime<Utc> {
        let hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        hand.at(real)
    }

    /// Moves it to `target`, and answers with where it then is.
    ///
    /// # Errors
    /// When the target lies in its past, or too far ahead. It has not moved then.
    pub fn move_to(
        &self,
        real: DateTime<Utc>,
        target: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, CannotMove> {
        let mut hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        within_reach(hand.at(real), real, target)?;
        *hand = match *hand {
            Hand::Running(_) => Hand::Running(target - real),
            Hand::Standing(_) => Hand::Standing(target),
        };
        Ok(target)
    }

    /// Whether it can be moved to `target` when the real clock says `real`.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub fn can_move_to(
        &self,
        real: DateTime<Utc>,
        target: DateTime<Utc>,
    ) -> Result<(), CannotMove> {
        within_reach(self.at(real), real, target)
    }
}

impl Hand {
    fn at(self, real: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Running(ahead) => real + ahead,
            Self::Standing(at) => at,
        }
    }
}

fn within_reach(
    now: DateTime<Utc>,
    real: DateTime<Utc>,
    target: DateTime<Utc>,
) -> Result<(), CannotMove> {
    if target < now {
        return Err(CannotMove::Backward { now });
    }
    if target - real > FARTHEST {
        return Err(CannotMove::TooFar);
    }
    Ok(())
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        self.at(real_now())
    }
}

#[cfg(test)]
mod tests;
