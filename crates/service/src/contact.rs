//! How an organisation is reached by who has a complaint: what its letters say, and what anyone may know.

use serde::{Deserialize, Serialize};
use wederhoor_procedure::actor::Role;
use wederhoor_store::AccountEvent;

use crate::{InputFault, Request, ServiceError, TenantSettings};

/// Where an organisation is reached, each left out where it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactDetails {
    /// Its postal address, several lines.
    pub postal_address: Option<String>,
    /// Its telephone number (E.164).
    pub telephone: Option<String>,
    /// Its mailbox.
    pub email: Option<String>,
}

impl ContactDetails {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Request {
    /// Says how the caller's organisation is reached, in place of what was said before.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `RecentSignInRequired`; `Invalid` with the faults.
    pub async fn set_contact_details(
        &self,
        details: &ContactDetails,
        faults: &[InputFault],
    ) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        ServiceError::unless_faultless(faults, &[])?;
        let set = |settings: &mut TenantSettings| settings.contact = details.clone();
        self.set_settings(AccountEvent::ContactDetailsSet, details, set)
            .await
    }
}
