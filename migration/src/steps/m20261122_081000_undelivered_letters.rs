//! Letters that did not reach their reader say since when and why, for as long as nobody has made that good.

use sea_orm_migration::prelude::*;

use crate::schema::{run, typed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for column in ["undelivered_at {at}", "failure {text}"] {
            let add = format!("ALTER TABLE outbox ADD COLUMN {column}");
            run(manager, &typed(backend, &add)).await?;
        }
        let index = "CREATE INDEX outbox_undelivered ON outbox (tenant_id, id) WHERE undelivered_at IS NOT NULL";
        run(manager, index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP INDEX outbox_undelivered").await?;
        for column in ["failure", "undelivered_at"] {
            run(manager, &format!("ALTER TABLE outbox DROP COLUMN {column}")).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
