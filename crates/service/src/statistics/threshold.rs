//! How small a number figures tell.

use wederhoor_procedure::actor::Role;
use wederhoor_store::AccountEvent;

use super::SMALLEST_TOLD;
use crate::{InputCode, Request, ServiceError, TenantSettings};

/// The largest threshold that an organisation can choose.
const LARGEST: u64 = 100;

impl Request {
    /// The smallest number of complaints that the organisation's figures tell.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator.
    pub async fn suppression_threshold(&self) -> Result<u64, ServiceError> {
        self.require_role(Role::Administrator)?;
        Ok(self.tenant().await?.settings.smallest_told)
    }

    /// Chooses that for the caller's organisation, of whatever is told from then on.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `Invalid` for less than 5 and more than 100.
    pub async fn set_suppression_threshold(&self, smallest: i32) -> Result<u64, ServiceError> {
        self.require_role(Role::Administrator)?;
        let number = u64::try_from(smallest).ok();
        let Some(smallest) = number.filter(|number| (SMALLEST_TOLD..=LARGEST).contains(number))
        else {
            return Err(ServiceError::invalid(
                InputCode::Malformed,
                "smallestCount",
                "Kies een heel getal van 5 tot en met 100: van minder dan vijf mensen wordt nooit iets verteld.",
                "Choose a whole number from 5 to 100: of fewer than five people nothing is ever told.",
            ));
        };
        let set = |settings: &mut TenantSettings| settings.smallest_told = smallest;
        self.set_settings(AccountEvent::SuppressionThresholdSet, &smallest, set)
            .await?;
        Ok(smallest)
    }
}
