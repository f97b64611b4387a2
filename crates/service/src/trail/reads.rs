//! What was seen, and what API keys were used for, and is not written yet: bounded, and written many at a time.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;
use wederhoor_procedure::TenantId;
use wederhoor_store::{AccessRecord, ApiKeyUse, StoreError, WriteTx};

use crate::{Service, ServiceError};

/// So many of a kind wait to be written at most: what comes then is not noted, which [`Service::write_reads`] tells.
const MOST_WAITING: usize = 20_000;
/// So many are known to be noted in this hour; the database knows the others.
const MOST_KNOWN: usize = 100_000;
/// Rows of one statement: SQLite and PostgreSQL each bind a limited number of values.
const ROWS: usize = 500;

/// What became of what was noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenReads {
    /// So much was written.
    pub written: usize,
    /// So much was not noted, because too much waited.
    pub missed: usize,
}

/// What was noted and is not written yet.
#[derive(Default)]
pub(crate) struct Reads {
    known: Mutex<Known>,
    pub(super) seen: Waiting<AccessRecord>,
    pub(super) uses: Waiting<ApiKeyUse>,
}

/// What was noted in this hour of what is noted once an hour.
#[derive(Default)]
struct Known {
    hour: i64,
    ids: HashSet<Uuid>,
}

impl Reads {
    /// Keeps what was seen in an hour, unless it is known.
    pub(crate) fn note(&self, tenant: TenantId, hour: i64, record: AccessRecord) {
        let mut known = held(&self.known);
        if known.hour != hour || known.ids.len() >= MOST_KNOWN {
            known.hour = hour;
            known.ids.clear();
        }
        let id = record.id;
        if !known.ids.contains(&id) && self.seen.keep(tenant, record) {
            known.ids.insert(id);
        }
    }
}

/// What is noted many at a time.
pub(super) trait Noted: Clone + Send + Sync {
    /// The place at which it is written among others of its organisation: processes that write the same at once do so in one
    /// order, and none waits for another that waits for it.
    fn place(&self) -> (Uuid, Uuid);

    /// Writes some of them.
    fn write(some: Vec<Self>, tx: &WriteTx) -> impl Future<Output = Result<(), StoreError>> + Send;
}

impl Noted for AccessRecord {
    fn place(&self) -> (Uuid, Uuid) {
        (self.id, self.id)
    }

    async fn write(some: Vec<Self>, tx: &WriteTx) -> Result<(), StoreError> {
        tx.note_access(some).await
    }
}

impl Noted for ApiKeyUse {
    fn place(&self) -> (Uuid, Uuid) {
        (self.key_id, self.id)
    }

    async fn write(some: Vec<Self>, tx: &WriteTx) -> Result<(), StoreError> {
        tx.note_api_key_uses(some).await
    }
}

/// What waits to be written.
pub(super) struct Waiting<T>(Mutex<Pile<T>>);

struct Pile<T> {
    records: BTreeMap<TenantId, Vec<T>>,
    count: usize,
    missed: usize,
}

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self(Mutex::new(Pile {
            records: BTreeMap::new(),
            count: 0,
            missed: 0,
        }))
    }
}

impl<T: Noted> Waiting<T> {
    /// Keeps it; says whether there was room.
    pub(super) fn keep(&self, tenant: TenantId, record: T) -> bool {
        let mut pile = held(&self.0);
        if pile.count >= MOST_WAITING {
            pile.missed += 1;
            return false;
        }
        pile.count += 1;
        pile.records.entry(tenant).or_default().push(record);
        true
    }

    /// What waits, and how much was missed. It counts as waiting until it is [`Self::finished`], so that what is given back
    /// fits.
    pub(super) fn take(&self) -> (BTreeMap<TenantId, Vec<T>>, usize) {
        let mut pile = held(&self.0);
        let missed = std::mem::take(&mut pile.missed);
        let mut all = std::mem::take(&mut pile.records);
        drop(pile);
        for records in all.values_mut() {
            records.sort_unstable_by_key(T::place);
        }
        (all, missed)
    }

    /// So many of what was taken wait no more.
    pub(super) fn finished(&self, count: usize) {
        let mut pile = held(&self.0);
        pile.count = pile.count.saturating_sub(count);
    }

    /// These of what was taken wait for the next time.
    pub(super) fn give_back(&self, tenant: TenantId, records: Vec<T>) {
        let mut pile = held(&self.0);
        pile.records.entry(tenant).or_default().extend(records);
    }
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service {
    /// Writes what was seen, and what API keys were used for, since the last time.
    ///
    /// # Errors
    /// As every use case; what could not be written waits for the next time.
    pub async fn write_reads(&self) -> Result<WrittenReads, ServiceError> {
        let seen = self.write_waiting(&self.reads().seen).await;
        let uses = self.write_waiting(&self.reads().uses).await;
        let (seen, uses) = (seen?, uses?);
        Ok(WrittenReads {
            written: seen.written + uses.written,
            missed: seen.missed + uses.missed,
        })
    }

    async fn write_waiting<T: Noted>(
        &self,
        waiting: &Waiting<T>,
    ) -> Result<WrittenReads, ServiceError> {
        let (all, missed) = waiting.take();
        let (mut written, mut failed) = (0, None);
        for (tenant, records) in all {
            match self.write_of(tenant, &records).await {
                Ok(()) => {
                    written += records.len();
                    waiting.finished(records.len());
                }
                // What it is about went with its organisation.
                Err(StoreError::Dangling) => waiting.finished(records.len()),
                Err(error) => {
                    waiting.give_back(tenant, records);
                    failed = Some(error);
                }
            }
        }
        if missed > 0 {
            tracing::error!(missed, "too much was done at once: not all of it is noted");
        }
        failed.map_or(Ok(WrittenReads { written, missed }), |error| {
            Err(error.into())
        })
    }

    async fn write_of<T: Noted>(&self, tenant: TenantId, records: &[T]) -> Result<(), StoreError> {
        let tx = self.store().tenant(tenant).write().await?;
        for some in records.chunks(ROWS) {
            T::write(some.to_vec(), &tx).await?;
        }
        tx.commit_unheard().await
    }
}
