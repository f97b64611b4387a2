//! How often anybody asks: per source, person and organisation, in a minute, shared by all processes and yet cheap.
//!
//! Each process has a twentieth of a rate to itself in each minute; beyond that it borrows as much at a time from what all
//! share in the database, and gives none back. So whoever asks seldom costs no statement, and whoever asks a lot one
//! for each twentieth of their rate; n processes together let at most n twentieths more through than the rate.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_procedure::TenantId;
use wederhoor_store::Tally;

use super::Source;
use crate::{Caller, KeyHolder, Occasion, Service, ServiceError};

/// As many are remembered at a time.
const MOST_REMEMBERED: usize = 50_000;
/// Which part of a rate a process takes at a time.
const PART: u32 = 20;

/// How many requests in a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatesConfig {
    /// From one source, whoever asks.
    pub per_source: u32,
    /// Of one person in one organisation, or one access link.
    pub per_principal: u32,
    /// Of one organisation.
    pub per_tenant: u32,
}

impl Default for RatesConfig {
    fn default() -> Self {
        Self {
            per_source: 3_000,
            per_principal: 600,
            per_tenant: 12_000,
        }
    }
}

/// What this process has in hand.
#[derive(Default)]
pub(crate) struct Rates(Mutex<HashMap<Vec<u8>, InHand>>);

#[derive(Clone, Copy)]
struct InHand {
    left: u32,
    ends_at: DateTime<Utc>,
    held_until: DateTime<Utc>,
}

/// Whether one more may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    /// It may.
    Yes,
    /// It may, if more can be borrowed.
    Borrow,
    /// Not before then.
    Until(DateTime<Utc>),
}

impl Rates {
    fn take(&self, subject: &[u8], part: u32, now: DateTime<Utc>) -> Taken {
        let mut all = self.all();
        if all.len() >= MOST_REMEMBERED && !all.contains_key(subject) {
            all.retain(|_, one| one.ends_at > now || one.held_until > now);
            // What all share still holds.
            if all.len() >= MOST_REMEMBERED {
                all.clear();
            }
        }
        let own = all.entry(subject.to_vec()).or_insert(InHand {
            left: 0,
            ends_at: now,
            held_until: now,
        });
        if own.held_until <= now && own.ends_at <= now {
            (own.left, own.ends_at) = (part, now + TimeDelta::minutes(1));
        }
        match own.left.checked_sub(1) {
            Some(left) => {
                own.left = left;
                Taken::Yes
            }
            None if own.held_until > now => Taken::Until(own.held_until),
            None => Taken::Borrow,
        }
    }

    fn borrowed(&self, subject: &[u8], count: u32) {
        if let Some(own) = self.all().get_mut(subject) {
            own.left = own.left.saturating_add(count);
        }
    }

    fn hold(&self, subject: &[u8], until: DateTime<Utc>) {
        if let Some(own) = self.all().get_mut(subject) {
            own.held_until = until;
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Vec<u8>, InHand>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Counts a request of where it comes from, before anything is looked at.
    ///
    /// # Errors
    /// `RateLimited`, `Unavailable`.
    pub async fn admit_source(&self, source: Source) -> Result<(), ServiceError> {
        let Some(rates) = self.limits().config.rates else {
            return Ok(());
        };
        let subject = self.limits().digest(&[b"rate", &source.bytes()]);
        self.take(subject, rates.per_source, Occasion::LimitOfSource)
            .await
    }

    /// Counts a request of who asks.
    ///
    /// # Errors
    /// `RateLimited`, `Unavailable`.
    pub async fn admit_caller(&self, caller: &Caller) -> Result<(), ServiceError> {
        match (caller, caller.tenant()) {
            (Caller::Key(holder), _) => self.admit_key(holder, &caller.principal()).await,
            (_, Some(tenant)) => self.admit_principal(tenant, &caller.principal()).await,
            (_, None) => Ok(()),
        }
    }

    /// Counts a request of an API key, which has a rate of its own, also where nobody else is held up.
    async fn admit_key(&self, holder: &KeyHolder, who: &str) -> Result<(), ServiceError> {
        let rates = self.limits().config.rates;
        let own = rates.map_or(holder.per_minute, |rates| {
            holder.per_minute.min(rates.per_principal)
        });
        self.admit(holder.tenant, who, own, rates.map(|rates| rates.per_tenant))
            .await
    }

    /// Counts a request of whoever this is in a tenant.
    ///
    /// # Errors
    /// `RateLimited`, `Unavailable`.
    pub(crate) async fn admit_principal(
        &self,
        tenant: TenantId,
        who: &str,
    ) -> Result<(), ServiceError> {
        let Some(rates) = self.limits().config.rates else {
            return Ok(());
        };
        self.admit(tenant, who, rates.per_principal, Some(rates.per_tenant))
            .await
    }

    async fn admit(
        &self,
        tenant: TenantId,
        who: &str,
        per_principal: u32,
        per_tenant: Option<u32>,
    ) -> Result<(), ServiceError> {
        let (limits, tenant) = (self.limits(), tenant.0.as_bytes().as_slice());
        let principal = limits.digest(&[b"rate", b"principal", tenant, who.as_bytes()]);
        self.take(principal, per_principal, Occasion::LimitOfPrincipal)
            .await?;
        let tenant = limits.digest(&[b"rate", b"tenant", tenant]);
        match per_tenant {
            Some(rate) => self.take(tenant, rate, Occasion::LimitOfTenant).await,
            None => Ok(()),
        }
    }

    async fn take(
        &self,
        subject: Vec<u8>,
        per_minute: u32,
        limit: Occasion,
    ) -> Result<(), ServiceError> {
        let (now, rates) = (self.real_now(), &self.limits().rates);
        let part = (per_minute / PART).max(1);
        match rates.take(&subject, part, now) {
            Taken::Yes => return Ok(()),
            Taken::Until(until) => return Err(self.wait_until(until, limit)),
            Taken::Borrow => {}
        }
        let borrow = move |tallies: &mut [Tally]| {
            let shared = tallies.first_mut();
            shared.map_or(Ok(1), |shared| borrow(shared, per_minute, part, now))
        };
        let subjects = [subject];
        let platform = self.store().platform();
        let borrowed = platform.change_tallies(&subjects, borrow);
        match borrowed.await? {
            Ok(count) => {
                rates.borrowed(&subjects[0], count - 1);
                Ok(())
            }
            Err(until) => {
                rates.hold(&subjects[0], until);
                // What others of this process borrowed at the same moment is there for all of it.
                match rates.take(&subjects[0], part, now) {
                    Taken::Yes => Ok(()),
                    Taken::Borrow | Taken::Until(_) => Err(self.wait_until(until, limit)),
                }
            }
        }
    }
}

/// Takes at most `part` of what all share, at least one; else when there is one again. `until` is when all is there again.
fn borrow(
    shared: &mut Tally,
    per_minute: u32,
    part: u32,
    now: DateTime<Utc>,
) -> Result<u32, DateTime<Utc>> {
    let rate = i32::try_from(per_minute.max(1)).unwrap_or(i32::MAX);
    let share = TimeDelta::microseconds(60_000_000 / i64::from(rate));
    let from = shared.until.max(now);
    let room = (now + share * rate - from).num_microseconds().unwrap_or(0)
        / share.num_microseconds().unwrap_or(1).max(1);
    let count = room.min(i64::from(part));
    let (Ok(count), Ok(times)) = (u32::try_from(count), i32::try_from(count)) else {
        return Err(from - share * (rate - 1));
    };
    if count == 0 {
        return Err(from - share * (rate - 1));
    }
    shared.until = from + share * times;
    shared.forget_at = shared.until;
    Ok(count)
}

#[cfg(test)]
mod tests;
