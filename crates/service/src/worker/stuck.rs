//! Due work that fails again and again, as who operates the platform sees it.

use uuid::Uuid;
pub use wederhoor_store::StuckWork;
use wederhoor_store::WorkKind;

use super::ALARMING;
use crate::{Request, Service, ServiceError};

/// How much of it is shown.
const MOST: u64 = 100;

impl Service {
    /// What was set aside, what is due longest first.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn stuck_work(&self) -> Result<Vec<StuckWork>, ServiceError> {
        Ok(self.store().platform().stuck_work(ALARMING, MOST).await?)
    }

    /// Lets a piece of it be tried at once.
    ///
    /// # Errors
    /// `NotFound` where there is none, also when it has succeeded since.
    pub async fn retry_work(
        &self,
        slug: &str,
        kind: WorkKind,
        subject: Uuid,
    ) -> Result<(), ServiceError> {
        let platform = self.store().platform();
        let is_freed = platform.retry_work(slug, kind, subject).await?;
        is_freed.then_some(()).ok_or(ServiceError::NotFound)
    }
}

impl Request {
    /// As [`Service::stuck_work`], for an operator.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an operator; `SecondFactorRequired`.
    pub async fn stuck_work(&self) -> Result<Vec<StuckWork>, ServiceError> {
        self.operator()?;
        self.service().stuck_work().await
    }

    /// As [`Service::retry_work`], for an operator.
    ///
    /// # Errors
    /// `NotAllowed`, `SecondFactorRequired`; `NotFound`.
    pub async fn retry_work(
        &self,
        slug: &str,
        kind: WorkKind,
        subject: Uuid,
    ) -> Result<(), ServiceError> {
        self.operator()?;
        self.service().retry_work(slug, kind, subject).await
    }
}
