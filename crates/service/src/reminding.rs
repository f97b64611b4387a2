//! At which hour an organisation is reminded and alerted, and told what is due.

use wederhoor_procedure::{actor::Role, calendar::Hour};
use wederhoor_store::AccountEvent;

use crate::{InputCode, Request, ServiceError, TenantSettings};

impl Request {
    /// The hour of the caller's organisation.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator.
    pub async fn reminder_hour(&self) -> Result<Hour, ServiceError> {
        self.require_role(Role::Administrator)?;
        Ok(self.tenant().await?.settings.reminder_hour)
    }

    /// Chooses the hour for the caller's organisation; what waits already goes out when it was to.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `Invalid` for what is no hour.
    pub async fn set_reminder_hour(&self, hour: i32) -> Result<Hour, ServiceError> {
        self.require_role(Role::Administrator)?;
        let number = u8::try_from(hour).ok();
        let Some(hour) = number.and_then(|number| Hour::try_from(number).ok()) else {
            return Err(ServiceError::invalid(
                InputCode::Malformed,
                "hour",
                "Kies een heel uur, van 0 tot en met 23.",
                "Choose a whole hour, from 0 to 23.",
            ));
        };
        let set = |settings: &mut TenantSettings| settings.reminder_hour = hour;
        self.set_settings(AccountEvent::ReminderHourSet, &hour, set)
            .await?;
        Ok(hour)
    }
}
