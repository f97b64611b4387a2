//! What was seen and is not written yet: bounded, and written many at a time.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;
use wederhoor_procedure::TenantId;
use wederhoor_store::{AccessRecord, StoreError};

use crate::{Service, ServiceError};

/// So many wait to be written at most: what comes then is not noted, which [`Service::write_reads`] tells.
const MOST_WAITING: usize = 20_000;
/// So many are known to be noted in this hour; the database knows the others.
const MOST_KNOWN: usize = 100_000;
/// Rows of one statement: SQLite and PostgreSQL each bind a limited number of values.
const ROWS: usize = 500;

/// What became of what was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenReads {
    /// So many were written.
    pub written: usize,
    /// So many were not noted, because too many waited.
    pub missed: usize,
}

/// What was seen and is not written yet.
#[derive(Default)]
pub(crate) struct Reads(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    hour: i64,
    known: HashSet<Uuid>,
    records: BTreeMap<TenantId, Vec<AccessRecord>>,
    count: usize,
    missed: usize,
}

impl Reads {
    /// Keeps what was seen in an hour, unless it is known.
    pub(crate) fn note(&self, tenant: TenantId, hour: i64, record: AccessRecord) {
        let mut waiting = self.held();
        if waiting.hour != hour || waiting.known.len() >= MOST_KNOWN {
            waiting.hour = hour;
            waiting.known.clear();
        }
        if waiting.known.contains(&record.id) {
            return;
        }
        if waiting.count >= MOST_WAITING {
            waiting.missed += 1;
            return;
        }
        waiting.known.insert(record.id);
        waiting.count += 1;
        waiting.records.entry(tenant).or_default().push(record);
    }

    /// What waits, and how much was missed. It counts as waiting until it is [`Self::finished`], so that what is given back
    /// fits. Of each organisation it is sorted by id: processes that write the same at once do so in one order, and none
    /// waits for another that waits for it.
    pub(super) fn take(&self) -> (BTreeMap<TenantId, Vec<AccessRecord>>, usize) {
        let mut waiting = self.held();
        let missed = std::mem::take(&mut waiting.missed);
        let mut all = std::mem::take(&mut waiting.records);
        drop(waiting);
        for records in all.values_mut() {
            records.sort_unstable_by_key(|record| record.id);
        }
        (all, missed)
    }

    /// So many of what was taken wait no more.
    pub(super) fn finished(&self, count: usize) {
        let mut waiting = self.held();
        waiting.count = waiting.count.saturating_sub(count);
    }

    /// These of what was taken wait for the next time.
    pub(super) fn give_back(&self, tenant: TenantId, records: Vec<AccessRecord>) {
        let mut waiting = self.held();
        waiting.records.entry(tenant).or_default().extend(records);
    }

    fn held(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Writes what was seen since the last time.
    ///
    /// # Errors
    /// As every use case; what could not be written waits for the next time.
    pub async fn write_reads(&self) -> Result<WrittenReads, ServiceError> {
        let (all, missed) = self.reads().take();
        let (mut written, mut failed) = (0, None);
        for (tenant, records) in all {
            match self.write_reads_of(tenant, &records).await {
                Ok(()) => {
                    written += records.len();
                    self.reads().finished(records.len());
                }
                // The complaint went with its organisation.
                Err(StoreError::Dangling) => self.reads().finished(records.len()),
                Err(error) => {
                    self.reads().give_back(tenant, records);
                    failed = Some(error);
                }
            }
        }
        if missed > 0 {
            tracing::error!(missed, "too much was seen at once: not all of it is noted");
        }
        failed.map_or(Ok(WrittenReads { written, missed }), |error| {
            Err(error.into())
        })
    }

    async fn write_reads_of(
        &self,
        tenant: TenantId,
        records: &[AccessRecord],
    ) -> Result<(), StoreError> {
        let tx = self.store().tenant(tenant).write().await?;
        for some in records.chunks(ROWS) {
            tx.note_access(some.to_vec()).await?;
        }
        tx.commit_unheard().await
    }
}
