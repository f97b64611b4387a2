//! Figures, reckoned anew from all events: what each complaint contributes, and the sums of it.

use wederhoor_procedure::{ComplaintId, Locale, TenantId, figures::figures};
use wederhoor_store::{ComplaintFilter, ComplaintOrder, CursorKey, TenantStatus};

use crate::{
    Caller, Request, Service, ServiceError,
    attempt::{Attempt, commit, until_first},
    dossier::load_all,
    facts::load_people,
};

/// How many complaints are looked at in one transaction.
const AT_ONCE: u64 = 100;

/// What a comparison with the events found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// The complaints that were looked at.
    pub complaints: u64,
    /// Those of which something else was kept than follows from their events, or nothing.
    pub differing: u64,
    /// The sums that are not what the complaints contribute.
    pub sums: u64,
}

/// What some complaints came to, and where the next ones begin.
struct Batch {
    after: CursorKey,
    complaints: u64,
    differing: u64,
}

impl Service {
    /// The organisations that have figures, by their names in addresses: all but those that are being deleted.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn counted_tenants(&self) -> Result<Vec<(TenantId, String)>, ServiceError> {
        let mut all = self.store().platform().tenants().await?;
        all.retain(|tenant| tenant.status != TenantStatus::Deleting);
        let named = all.into_iter().map(|tenant| (tenant.id, tenant.slug));
        Ok(named.collect())
    }

    /// Compares the figures of a tenant with its events, and mends them, where that is asked for. Nobody waits but for the
    /// sums, and then only while these are added up.
    ///
    /// # Errors
    /// The database cannot be reached. What was mended by then stays so.
    pub async fn rebuild_figures(
        &self,
        tenant: TenantId,
        mends: bool,
    ) -> Result<Rebuilt, ServiceError> {
        let inside = self.request(Caller::Service(tenant), Locale::default(), None);
        let (mut rebuilt, mut after) = (Rebuilt::default(), None);
        while let Some(some) = until_first(|| inside.rebuild_some(after, mends)).await? {
            rebuilt.complaints += some.complaints;
            rebuilt.differing += some.differing;
            after = Some(some.after);
        }
        rebuilt.sums = until_first(|| inside.rebuild_sums(tenant, mends)).await?;
        Ok(rebuilt)
    }
}

impl Request {
    async fn rebuild_some(
        &self,
        after: Option<CursorKey>,
        mends: bool,
    ) -> Result<Option<Batch>, Attempt> {
        let tenant = self.tenant().await?;
        let tx = self.service().store().tenant(tenant.id).write().await?;
        let (order, all) = (ComplaintOrder::ReceivedAsc, ComplaintFilter::default());
        let rows = tx.complaints(&all, order, after, AT_ONCE).await?;
        let Some(last) = rows.last() else {
            return Ok(None);
        };
        let mut ids: Vec<ComplaintId> = rows.iter().map(|row| row.id).collect();
        ids.sort();
        for id in &ids {
            tx.lock_complaint(*id).await?;
        }
        let people = load_people(&tx, &tenant, self.now()).await?;
        let kept = tx.facts_of(&ids).await?;
        let mut some = Batch {
            after: order.cursor(last),
            complaints: u64::try_from(rows.len()).unwrap_or(u64::MAX),
            differing: 0,
        };
        for loaded in load_all(self, &tx, &people, &rows).await? {
            let id = loaded.complaint.id;
            let now = figures(&loaded.policy, &loaded.facts.calendar, &loaded.complaint);
            let mut kept = kept.iter();
            if kept.any(|one| one.complaint == id && one.figures == now) {
                continue;
            }
            some.differing += 1;
            if mends {
                let entropy = self.service().entropy();
                tx.write_figures(id, &now, &mut |buffer| entropy.fill(buffer))
                    .await?;
            }
        }
        if some.differing > 0 && mends {
            commit(tx).await?;
        }
        Ok(Some(some))
    }

    async fn rebuild_sums(&self, tenant: TenantId, mends: bool) -> Result<u64, Attempt> {
        let tx = self.service().store().tenant(tenant).write().await?;
        let differing = tx.differing_cells().await?;
        if mends && !differing.is_empty() {
            tx.mend_cells(&differing);
            commit(tx).await?;
        }
        Ok(u64::try_from(differing.len()).unwrap_or(u64::MAX))
    }
}
