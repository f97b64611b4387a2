//! What the platform keeps of itself, each under a key.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;

use super::PlatformStore;
use crate::StoreError;
use crate::entity::platform_setting;

impl PlatformStore {
    /// What is kept under a key.
    pub async fn setting(&self, key: &str) -> Result<Option<Value>, StoreError> {
        let connection = self.read().await?;
        let row = platform_setting::Entity::find_by_id(key.to_owned())
            .one(&connection)
            .await?;
        Ok(row.map(|row| row.value))
    }

    /// Keeps it under a key, in the place of what was there.
    pub async fn keep_setting(&self, key: &str, value: Value) -> Result<(), StoreError> {
        let connection = self.write().await?;
        let row = platform_setting::ActiveModel {
            key: Set(key.to_owned()),
            value: Set(value),
        };
        let mut replacing = OnConflict::column(platform_setting::Column::Key);
        replacing.update_column(platform_setting::Column::Value);
        platform_setting::Entity::insert(row)
            .on_conflict(replacing)
            .exec_without_returning(&connection)
            .await?;
        connection.commit().await
    }
}
