//! What comes before a tenant is known, or belongs to none: accounts, sessions, operators, due work. Each is one narrow method
//! with a transaction of its own; a test holds the list of them.

mod accounts;
mod activity;
mod api_keys;
mod bounce_keys;
mod decrees;
mod deletion;
mod due;
mod factors;
mod feeds;
mod health;
mod links;
mod operators;
mod planned;
mod resets;
pub(crate) mod sessions;
mod settings;
mod stuck;
mod tallies;
mod tenants;

#[cfg(test)]
mod tests;

pub use accounts::{AccountRecord, Membership};
pub(crate) use activity::Happened;
pub use activity::{AccountEvent, ActivityRecord};
pub use api_keys::{ApiKeyRecord, ApiKeyUse, FoundSecret, Rotated};
pub use decrees::EquatedDay;
pub use deletion::{Deletion, DeletionCertificate};
pub use due::{DueWork, WorkKind};
pub use factors::{Bar, ConfirmFactor, FactorProof, SecondFactorRecord};
pub use feeds::CalendarFeedRecord;
pub use health::Health;
pub use links::AccessLinkRecord;
pub use operators::{NewOperator, OperatorInvitation, OperatorSession};
pub(crate) use planned::has_fallen_due;
pub use resets::{NewPassword, PasswordResetRecord};
pub use sessions::{Ending, RotateSession, Rotation, SessionRecord, Shown};
pub use stuck::StuckWork;
pub use tallies::Tally;
pub use tenants::{PlannedDeletion, TenantRecord, TenantStatus};

use crate::connection::Connection;
use crate::store::{Access, Principal};
use crate::{Store, StoreError};

/// Rows that are nobody's yet: tenants, accounts, sessions, links, due work.
#[derive(Clone)]
pub struct PlatformStore {
    store: Store,
}

impl PlatformStore {
    pub(crate) fn new(store: Store) -> Self {
        Self { store }
    }

    async fn read(&self) -> Result<Connection, StoreError> {
        self.store.begin(Access::Read, Principal::Platform).await
    }

    async fn write(&self) -> Result<Connection, StoreError> {
        self.store.begin(Access::Write, Principal::Platform).await
    }
}
