//! The service: the store, the two clocks, randomness and keys, shared by all requests.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::{Locale, PolicyId, TenantId, policy::Policy};
use wederhoor_store::{PoolState, Store};

use crate::{
    Caller, Clock, Entropy, Request, ServiceError,
    ambient::new_id,
    counts::Counts,
    identity::{PasswordConfig, Passwords, Sealer, SealingKeys, TokenKeys, TokenSeeds},
    limits::{Limits, LimitsConfig},
    origins::Origins,
    queue::Queue,
    trail::Reads,
    turns::TurnsPlanned,
    worker::Pause,
};

/// What a service is made of.
pub struct ServiceConfig {
    /// The rows.
    pub store: Store,
    /// The procedure's clock; in the demo it can be moved.
    pub procedure_clock: Arc<dyn Clock>,
    /// The real clock, for tokens, links, limits and leases.
    pub real_clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// What access tokens are signed with, and taken by.
    pub token_seeds: TokenSeeds,
    /// What seals what the database may hold but not show.
    pub sealing_keys: SealingKeys,
    /// How passwords are hashed.
    pub passwords: PasswordConfig,
    /// What holds up who asks or tries too often.
    pub limits: LimitsConfig,
    /// What links in letters and addresses of calendar feeds begin with; never taken from a request.
    pub base_url: String,
    /// Whether the outbox keeps the ways in that letters carried also when they have gone out, as the demo's pages show.
    pub keeps_ways_in: bool,
}

/// How many regulations are searched at a time: each takes a core for as long as it lasts.
const SEARCHES: usize = 2;
/// As many versions of regulations, of all organisations, are kept read; beyond that they are read anew.
const KNOWN_POLICIES: usize = 1_000;

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    procedure_clock: Arc<dyn Clock>,
    real_clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    tokens: TokenKeys,
    passwords: Passwords,
    sealer: Sealer,
    limits: Limits,
    origins: Origins,
    base_url: String,
    keeps_ways_in: bool,
    searches: Queue,
    policies: RwLock<HashMap<(TenantId, PolicyId), Arc<Policy>>>,
    turns_planned: TurnsPlanned,
    reads: Reads,
    pause: Pause,
    counts: Counts,
}

impl Service {
    /// A service over a store.
    ///
    /// # Errors
    /// `Internal` when passwords cannot be hashed as configured.
    pub fn new(config: ServiceConfig) -> Result<Self, ServiceError> {
        let passwords = Passwords::new(&config.passwords, config.entropy.as_ref())?;
        Ok(Self {
            inner: Arc::new(Inner {
                tokens: TokenKeys::new(&config.token_seeds),
                passwords,
                sealer: Sealer::new(&config.sealing_keys)?,
                limits: Limits::new(config.limits, &config.sealing_keys.sealing),
                origins: Origins::default(),
                store: config.store,
                procedure_clock: config.procedure_clock,
                real_clock: config.real_clock,
                entropy: config.entropy,
                base_url: config.base_url.trim_end_matches('/').to_owned(),
                keeps_ways_in: config.keeps_ways_in,
                searches: Queue::of(SEARCHES),
                policies: RwLock::default(),
                turns_planned: TurnsPlanned::default(),
                reads: Reads::default(),
                pause: Pause::default(),
                counts: Counts::default(),
            }),
        })
    }

    /// The procedure's present.
    pub fn procedure_now(&self) -> DateTime<Utc> {
        self.inner.procedure_clock.now()
    }

    /// The keys by which access tokens can be checked, as a JWK set (RFC 7517).
    pub fn jwks(&self) -> serde_json::Value {
        self.inner.tokens.jwks()
    }

    /// One request of one caller.
    pub fn request(
        &self,
        caller: Caller,
        locale: Locale,
        idempotency_key: Option<String>,
    ) -> Request {
        Request::new(self.clone(), caller, locale, idempotency_key)
    }

    /// What a search through a regulation finds, off the threads that answer requests, and only so many at a time.
    ///
    /// # Errors
    /// `Unavailable` when too many wait.
    pub(crate) async fn search<T: Send + 'static>(
        &self,
        search: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        self.inner.searches.in_turn(search).await
    }

    /// SQL statements run so far, for everybody; BEGIN and COMMIT not.
    pub fn statements(&self) -> u64 {
        self.inner.store.statements()
    }

    /// How the connections to the database are used.
    pub fn pool(&self) -> PoolState {
        self.inner.store.pool()
    }

    /// Closes the connections to the database, for every clone.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn close(&self) -> Result<(), ServiceError> {
        Ok(self.inner.store.clone().close().await?)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn real_now(&self) -> DateTime<Utc> {
        self.inner.real_clock.now()
    }

    pub(crate) fn turns_planned(&self) -> &TurnsPlanned {
        &self.inner.turns_planned
    }

    pub(crate) fn reads(&self) -> &Reads {
        &self.inner.reads
    }

    pub(crate) fn pause(&self) -> &Pause {
        &self.inner.pause
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.inner.counts
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.inner.entropy.as_ref()
    }

    pub(crate) fn tokens(&self) -> &TokenKeys {
        &self.inner.tokens
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.inner.sealer
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    pub(crate) fn origins(&self) -> &Origins {
        &self.inner.origins
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.inner.base_url
    }

    pub(crate) fn keeps_ways_in(&self) -> bool {
        self.inner.keeps_ways_in
    }

    /// A new id, of the real present.
    pub(crate) fn new_id(&self) -> Uuid {
        new_id(self.entropy(), self.real_now())
    }

    /// A published version never changes, so it is read and parsed once.
    pub(crate) fn known_policy(&self, tenant: TenantId, id: PolicyId) -> Option<Arc<Policy>> {
        self.inner.policies.read().ok()?.get(&(tenant, id)).cloned()
    }

    pub(crate) fn remember_policy(&self, tenant: TenantId, id: PolicyId, policy: Arc<Policy>) {
        if let Ok(mut known) = self.inner.policies.write() {
            if known.len() >= KNOWN_POLICIES {
                known.clear();
            }
            known.insert((tenant, id), policy);
        }
    }
}
