//! A tenant's transactions.

use std::ops::Deref;

use wederhoor_procedure::TenantId;

use crate::scope::Scope;
use crate::store::{Access, Principal};
use crate::{Store, StoreError};

/// The rows of one tenant. Cheap to make and to clone.
#[derive(Clone)]
pub struct TenantStore {
    store: Store,
    tenant: TenantId,
}

impl TenantStore {
    pub(crate) fn new(store: Store, tenant: TenantId) -> Self {
        Self { store, tenant }
    }

    /// Whose rows these are.
    pub fn id(&self) -> TenantId {
        self.tenant
    }

    /// Opens a transaction that reads. It ends when it is dropped.
    ///
    /// # Errors
    /// `Unavailable` or `Busy`.
    pub async fn read(&self) -> Result<ReadTx, StoreError> {
        Ok(ReadTx {
            scope: self.open(Access::Read).await?,
        })
    }

    /// Opens a transaction that writes. Dropped without a commit it leaves nothing behind.
    ///
    /// On SQLite it is the only one at that time, those of [`PlatformStore`](crate::PlatformStore) included: who
    /// asks for a second one while holding the first waits in vain and is told `Busy`.
    ///
    /// # Errors
    /// `Unavailable` or `Busy`.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        Ok(WriteTx {
            read: ReadTx {
                scope: self.open(Access::Write).await?,
            },
        })
    }

    async fn open(&self, access: Access) -> Result<Scope, StoreError> {
        let connection = self
            .store
            .begin(access, Principal::Tenant(self.tenant))
            .await?;
        Ok(Scope::new(connection, self.tenant.0))
    }
}

/// A transaction in which one tenant's rows can be read. Its methods may be called at the same time; the
/// statements follow one another.
pub struct ReadTx {
    pub(crate) scope: Scope,
}

impl ReadTx {
    /// Whose rows these are.
    pub fn tenant(&self) -> TenantId {
        TenantId(self.scope.tenant())
    }

    /// SQL statements run so far, the one that names the tenant on PostgreSQL included, BEGIN and COMMIT not.
    pub fn statements(&self) -> u32 {
        self.scope.statements()
    }
}

/// A transaction in which one tenant's rows can also be written.
pub struct WriteTx {
    read: ReadTx,
}

impl WriteTx {
    /// Makes all of it last, and tells whoever watches that something has changed.
    ///
    /// # Errors
    /// `Dangling` when a row names another that does not exist; `Conflict`; `Unavailable`, and then it is unknown
    /// whether it lasts.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.read.scope.commit().await
    }

    /// As [`Self::commit`], and nobody is told: for what only says that something was seen.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub async fn commit_unheard(self) -> Result<(), StoreError> {
        self.read.scope.commit_unheard().await
    }
}

impl Deref for WriteTx {
    type Target = ReadTx;

    fn deref(&self) -> &ReadTx {
        &self.read
    }
}
