//! How an organisation begins, and all that it consists of.

use std::sync::Arc;

use uuid::Uuid;
use wederhoor_procedure::{TenantId, policy::Policy};
use wederhoor_store::{CourseRecord, MemberRecord};

use super::{Invited, MemberInput, members::faults_of_invited};
use crate::{
    Caller, InputFault, LetterRecord, NewTenant, PolicySource, Service, ServiceError, facts::known,
    tenant::slug_is_taken,
};

/// Everyone and every course of a tenant.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The members, by name.
    pub members: Vec<MemberRecord>,
    /// The courses, newest first.
    pub courses: Vec<CourseRecord>,
}

impl Service {
    /// Founds an organisation: its tenant, its regulation in force from now on, if it has one already, and its first
    /// administrator invited. A regulation that could not even be read is a fault beside the others, and so is what is
    /// `known` already to be wrong.
    ///
    /// # Errors
    /// `Invalid` with everything that is not fit: nothing is made then. After another error, parts may have been.
    pub async fn found(
        &self,
        new: NewTenant,
        regulation: Option<Result<&PolicySource, InputFault>>,
        administrator: &MemberInput,
        known: Vec<InputFault>,
    ) -> Result<Invited, ServiceError> {
        let mut faults = known;
        faults.extend(new.faults());
        let platform = self.store().platform();
        if platform.tenant_by_slug(&new.slug).await?.is_some() {
            faults.push(slug_is_taken());
        }
        faults.extend(faults_of_invited(administrator));
        let policy = match regulation {
            Some(Ok(source)) => self.fit(source).await.map(|(policy, _)| Some(policy)),
            Some(Err(fault)) => Err(ServiceError::Invalid(vec![fault])),
            None => Ok(None),
        };
        let policy = policy.map_err(|error| error.beside(faults.clone()))?;
        ServiceError::unless_faultless(&faults, &[])?;
        let tenant = self.create_tenant(new).await?;
        if let Some(policy) = policy {
            let from = self.procedure_now();
            self.publish_fit(tenant, &policy, None, from).await?;
        }
        let locale = administrator.locale;
        self.request(Caller::Service(tenant), locale, None)
            .invite(administrator)
            .await
    }

    /// Everyone and every course of a tenant: for the demo's own pages.
    pub async fn roster(&self, tenant: TenantId) -> Result<Roster, ServiceError> {
        let tx = self.store().tenant(tenant).read().await?;
        Ok(Roster {
            members: tx.members().await?,
            courses: tx.courses(false, None, 1000).await?,
        })
    }

    /// The newest regulation of a tenant: for the demo's own pages.
    pub async fn newest_regulation(
        &self,
        tenant: TenantId,
    ) -> Result<Option<Arc<Policy>>, ServiceError> {
        let tx = self.store().tenant(tenant).read().await?;
        let newest = tx.latest_policy().await?;
        newest.map(|record| known(self, &tx, record)).transpose()
    }

    /// The newest letters of a tenant: for the demo's own pages.
    pub async fn newest_letters(
        &self,
        tenant: TenantId,
        limit: u64,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let tx = self.store().tenant(tenant).read().await?;
        Ok(tx.letters(limit).await?)
    }

    /// One letter of a tenant: for the demo's own pages.
    pub async fn letter(
        &self,
        tenant: TenantId,
        id: Uuid,
    ) -> Result<Option<LetterRecord>, ServiceError> {
        let tx = self.store().tenant(tenant).read().await?;
        Ok(tx.letter(id).await?)
    }
}
