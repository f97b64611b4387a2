//! The letters of one complaint that wait are found without looking at those of all others.

use sea_orm_migration::prelude::*;

use crate::schema::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// As many columns as the query names: SQLite takes the index that answers most of them.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index =
            "CREATE INDEX outbox_subject ON outbox (tenant_id, subject_id, status, channel)";
        run(manager, index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP INDEX outbox_subject").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
