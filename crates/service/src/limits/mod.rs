//! What holds up who tries too often, and nobody else: tries of secrets, letters that are asked for, complaints that are
//! filed by nobody in particular. What is counted is shared by all processes, under digests that only the service can make.

mod filings;
mod letters;
mod proof;
mod rates;
mod rules;
mod source;
mod tries;

use aws_lc_rs::hmac;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::atomic::{AtomicI64, Ordering};

pub use proof::{Challenge, Proof};
pub(crate) use proof::{Purpose, Standing, proof_is_asked, proof_is_spent};
pub(crate) use rates::Rates;
pub use rates::RatesConfig;
pub use source::Source;
pub(crate) use tries::Tried;

use crate::{Occasion, Service, ServiceError};

/// How often rows that say nothing any more are taken away.
const TIDYING: TimeDelta = TimeDelta::minutes(10);

/// What holds up whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitsConfig {
    /// Tries of secrets and letters; `None`: nobody is held up.
    pub tries: Option<TriesConfig>,
    /// Requests in a minute; `None`: nobody is held up.
    pub rates: Option<RatesConfig>,
    /// Complaints that one source files with one organisation in an hour, as nobody in particular; 0: however many.
    pub filings_per_source: u32,
    /// How many zero bits the proof of work of a complaint begins with that nobody in particular files; 0: none is asked.
    pub intake_proof_bits: u8,
    /// The same of a sign-in that needs one.
    pub sign_in_proof_bits: u8,
}

/// How often secrets may be tried and letters asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriesConfig {
    /// Wrong tries of one account from one source before each further one waits, longer and longer.
    pub per_account_and_source: u32,
    /// Wrong tries from one source in an hour, of all accounts together; not of those that signed in from there lately.
    pub per_source: u32,
    /// Wrong tries of one account in an hour, from all sources together, before a sign-in from elsewhere than where it
    /// signed in lately shows a proof of work.
    pub per_account: u32,
    /// Letters with a way in that one source asks for one address in an hour.
    pub letters: u32,
    /// The same for all addresses.
    pub letters_per_source: u32,
}

impl LimitsConfig {
    /// Nobody is held up.
    pub const OFF: Self = Self {
        tries: None,
        rates: None,
        filings_per_source: 0,
        intake_proof_bits: 0,
        sign_in_proof_bits: 1,
    };
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            tries: Some(TriesConfig::default()),
            rates: Some(RatesConfig::default()),
            filings_per_source: 20,
            intake_proof_bits: 18,
            sign_in_proof_bits: 20,
        }
    }
}

impl Default for TriesConfig {
    fn default() -> Self {
        Self {
            per_account_and_source: 10,
            per_source: 100,
            per_account: 300,
            letters: 5,
            letters_per_source: 50,
        }
    }
}

/// What the service keeps for it.
pub(crate) struct Limits {
    pub(crate) config: LimitsConfig,
    rates: Rates,
    key: hmac::Key,
    /// When rows were last taken away, in seconds.
    tidied: AtomicI64,
}

impl Limits {
    /// The key follows from the one that seals, so that all processes make the same digests.
    pub(crate) fn new(config: LimitsConfig, sealing_key: &[u8; 32]) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, sealing_key);
        let own = hmac::sign(&root, b"wederhoor limits");
        Self {
            config,
            rates: Rates::default(),
            key: hmac::Key::new(hmac::HMAC_SHA256, own.as_ref()),
            tidied: AtomicI64::new(0),
        }
    }

    /// The digest by which something is counted. Each part is preceded by its length, so that no two subjects are one.
    fn digest(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.key);
        for part in parts {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part);
        }
        context.sign().as_ref().to_vec()
    }

    fn is_tidying_due(&self, now: DateTime<Utc>) -> bool {
        let (last, now) = (self.tidied.load(Ordering::Relaxed), now.timestamp());
        let is_due = now - last >= TIDYING.num_seconds();
        is_due
            && self
                .tidied
                .compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}

impl Service {
    /// Takes away what was counted and says nothing any more, now and then.
    pub(crate) async fn forget_what_was_counted(&self) -> Result<(), ServiceError> {
        let now = self.real_now();
        if self.limits().is_tidying_due(now) {
            self.store().platform().forget_tallies(now).await?;
        }
        Ok(())
    }

    /// Refuses until an instant, by a limit that counts so.
    fn wait_until(&self, until: DateTime<Utc>, limit: Occasion) -> ServiceError {
        self.counts().count(limit);
        let left = (until - self.real_now()).num_milliseconds().max(1);
        let seconds = u32::try_from((left + 999) / 1_000).unwrap_or(u32::MAX);
        ServiceError::RateLimited { seconds }
    }
}
