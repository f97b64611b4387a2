//! Which dossiers were destroyed, kept apart from every backup: a backup that is older brings them back, and then they are
//! destroyed once more.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId, Locale, TenantId,
    actor::By,
    complaint::{Event, Recorded},
};

use crate::{
    Caller, Request, Service, ServiceError,
    act::append,
    attempt::{Attempt, commit, until_first},
};

/// That a dossier was destroyed. It tells nothing of what was in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DestroyedDossier {
    /// Of which organisation.
    pub organisation: Uuid,
    /// Which complaint.
    pub complaint: Uuid,
    /// When.
    pub destroyed_at: DateTime<Utc>,
}

/// What became of a dossier that was to be destroyed once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestroyedAgain {
    /// It was there, and is destroyed.
    Done,
    /// It was destroyed already.
    Before,
    /// It is not there.
    Absent,
    /// The procedure goes on: what ended it was lost.
    Open,
}

impl Service {
    /// Every dossier that was destroyed, of every organisation.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn destroyed_dossiers(&self) -> Result<Vec<DestroyedDossier>, ServiceError> {
        let mut all = Vec::new();
        for tenant in self.store().platform().tenants().await? {
            let tx = self.store().tenant(tenant.id).read().await?;
            let destroyed = tx.destroyed_complaints().await?.into_iter();
            all.extend(destroyed.map(|(complaint, destroyed_at)| DestroyedDossier {
                organisation: tenant.id.0,
                complaint: complaint.0,
                destroyed_at,
            }));
        }
        Ok(all)
    }

    /// Destroys a dossier that was destroyed before, and that an older backup has brought back. Nobody decides on it once more,
    /// and the dossier tells that it was the service.
    ///
    /// # Errors
    /// `TenantSuspended` while its organisation is on hold; when the database cannot be reached.
    pub async fn destroy_again(
        &self,
        dossier: &DestroyedDossier,
    ) -> Result<DestroyedAgain, ServiceError> {
        let (tenant, complaint) = (
            TenantId(dossier.organisation),
            ComplaintId(dossier.complaint),
        );
        let known = self.store().platform().tenant_by_id(tenant).await?;
        if known.is_none() {
            return Ok(DestroyedAgain::Absent);
        }
        let inside = self.request(Caller::Service(tenant), Locale::default(), None);
        until_first(|| inside.destroyed_once_more(complaint)).await
    }
}

impl Request {
    async fn destroyed_once_more(&self, id: ComplaintId) -> Result<DestroyedAgain, Attempt> {
        let (tx, inside) = self.acting().await?;
        tx.lock_complaint(id).await?;
        let loaded = match inside.loaded(&tx, id).await {
            Err(Attempt::Failed(ServiceError::NotFound)) => return Ok(DestroyedAgain::Absent),
            loaded => loaded?,
        };
        if loaded.complaint.destroyed_at.is_some() {
            return Ok(DestroyedAgain::Before);
        }
        if loaded.complaint.is_open() {
            return Ok(DestroyedAgain::Open);
        }
        let now = inside.now();
        let destroyed = Recorded {
            at: now,
            registered_at: now,
            by: By::System,
            event: Event::Destroyed,
        };
        Box::pin(append(&inside, &tx, loaded, vec![destroyed])).await?;
        commit(tx).await?;
        Ok(DestroyedAgain::Done)
    }
}
