//! What waits in all organisations together, for who watches over the platform: sums, in which no organisation can be told
//! from another.

use wederhoor_store::TenantStatus;

use crate::{Service, ServiceError};

/// What waits in all organisations that are in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Deadlines of open complaints that have passed.
    pub overdue_deadlines: u64,
    /// Letters that did not reach their reader, and that nothing has made good yet.
    pub undelivered_letters: u64,
}

impl Service {
    /// Counts it, in one short transaction for each organisation.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn census(&self) -> Result<Census, ServiceError> {
        let (now, mut census) = (self.procedure_now(), Census::default());
        let tenants = self.store().platform().tenants().await?;
        let active = tenants
            .iter()
            .filter(|one| one.status == TenantStatus::Active);
        for tenant in active {
            let tx = self.store().tenant(tenant.id).read().await?;
            census.overdue_deadlines += tx.count_overdue(now).await?;
            census.undelivered_letters += tx.count_all_undelivered_letters().await?;
        }
        Ok(census)
    }
}
