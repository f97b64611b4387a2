//! Bounce keys: secrets by which a mail system says which letters of an organisation came back.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use wederhoor_procedure::TenantId;

use super::PlatformStore;
use crate::entity::bounce_key::{ActiveModel, Column, Entity};
use crate::{ReadTx, StoreError, WriteTx};

impl PlatformStore {
    /// Whose key this is; `None` when it is nobody's, or nobody's any more.
    pub async fn bounce_key(&self, secret_hash: &[u8]) -> Result<Option<TenantId>, StoreError> {
        let connection = self.read().await?;
        let row = Entity::find()
            .filter(Column::SecretHash.eq(secret_hash.to_vec()))
            .one(&connection)
            .await?;
        Ok(row.map(|row| TenantId(row.tenant_id)))
    }
}

impl ReadTx {
    /// Since when the tenant has a key; `None` while it has none.
    pub async fn bounce_key_made_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let row = self.scope.find::<Entity>().one().await?;
        Ok(row.map(|row| row.made_at))
    }
}

impl WriteTx {
    /// Keeps the key of the tenant, known by SHA-256 of it, in place of the one that it had.
    pub async fn write_bounce_key(
        &self,
        secret_hash: Vec<u8>,
        made_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = ActiveModel {
            secret_hash: Set(secret_hash),
            made_at: Set(made_at),
            ..Default::default()
        };
        let replaced = [Column::SecretHash, Column::MadeAt];
        self.scope.upsert_all(vec![row], replaced).await
    }

    /// Ends the key of the tenant; says whether there was one.
    pub async fn delete_bounce_key(&self) -> Result<bool, StoreError> {
        Ok(self.scope.delete::<Entity>().run().await? > 0)
    }
}
