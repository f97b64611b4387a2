//! When what failed is tried again, and how long the mail server is left alone while it takes nothing.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_procedure::TenantId;

use crate::Entropy;

/// What fails once is tried again within this time.
const FIRST: TimeDelta = TimeDelta::seconds(30);
/// What keeps failing is tried at least so often.
const LONGEST: TimeDelta = TimeDelta::hours(6);
/// A mail server that is back is found within this time.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);
/// What does not change is said so often.
const SAID_EVERY: TimeDelta = TimeDelta::hours(1);

/// 30 seconds, doubling, at most 6 hours; somewhere in the second half of that, so that what failed at once is not tried at
/// once again.
pub(crate) fn backoff(failures: u32, entropy: &dyn Entropy) -> TimeDelta {
    within((FIRST * 2_i32.pow(failures.min(10))).min(LONGEST), entropy)
}

/// Until a letter is tried again that the mail server had nothing against.
pub(crate) fn next_turn(entropy: &dyn Entropy) -> TimeDelta {
    within(LONGEST_PAUSE, entropy)
}

/// Somewhere in the second half of a time.
fn within(longest: TimeDelta, entropy: &dyn Entropy) -> TimeDelta {
    let mut random = [0; 2];
    entropy.fill(&mut random);
    let part = i32::from(u16::from_le_bytes(random));
    longest / 2 + longest / 2 * part / i32::from(u16::MAX)
}

/// While the mail server takes nothing from anybody, this process leaves it alone for ever longer.
#[derive(Default)]
pub(crate) struct Pause(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    until: Option<DateTime<Utc>>,
    /// What was said of the mail server last, and of whom it takes nothing from.
    said: HashMap<Option<TenantId>, (String, DateTime<Utc>)>,
}

impl Pause {
    /// Whether the mail server is left alone now.
    pub(crate) fn is_on(&self, now: DateTime<Utc>) -> bool {
        self.with(|state| state.until.is_some_and(|until| now < until))
    }

    /// The mail server takes nothing: it is left alone for a while.
    pub(crate) fn begin(&self, why: &str, now: DateTime<Utc>, entropy: &dyn Entropy) {
        let (until, is_new) = self.with(|state| {
            let until = now + backoff(state.failures, entropy).min(LONGEST_PAUSE);
            state.failures = state.failures.saturating_add(1);
            state.until = Some(until);
            (until, state.is_new(None, why, now))
        });
        if is_new {
            tracing::warn!(why, %until, "the mail server takes no letters: all of them wait");
        }
    }

    /// The mail server has spoken of a letter.
    pub(crate) fn end(&self) {
        let was_on = self.with(|state| {
            state.failures = 0;
            state.until = None;
            state.said.remove(&None).is_some()
        });
        if was_on {
            tracing::info!("the mail server takes letters again");
        }
    }

    /// The mail server takes nothing from an organisation.
    pub(crate) fn bar(&self, tenant: TenantId, why: &str, now: DateTime<Utc>) {
        if self.with(|state| state.is_new(Some(tenant), why, now)) {
            tracing::warn!(%tenant, why, "the mail server takes no letters from this sender: they wait");
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    /// Whether this was not said yet, or long ago; it is said now.
    fn is_new(&mut self, of: Option<TenantId>, why: &str, now: DateTime<Utc>) -> bool {
        let said = self.said.get(&of);
        let is_new = said.is_none_or(|(what, at)| what != why || now - *at >= SAID_EVERY);
        if is_new {
            self.said.insert(of, (why.to_owned(), now));
        }
        is_new
    }
}

#[cfg(test)]
mod tests;
