//! Access links say whether they were asked for, by which those are counted, and no more to which address they went.

use sea_orm_migration::prelude::*;

use crate::schema::{run, typed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = "ALTER TABLE access_link ADD COLUMN is_asked_for {bool} NOT NULL DEFAULT FALSE";
        run(manager, &typed(manager.get_database_backend(), add)).await?;
        run(manager, "ALTER TABLE access_link DROP COLUMN address").await
    }

    /// The addresses are gone for good.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = "ALTER TABLE access_link ADD COLUMN address {text} NOT NULL DEFAULT ''";
        run(manager, &typed(manager.get_database_backend(), add)).await?;
        run(manager, "ALTER TABLE access_link DROP COLUMN is_asked_for").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
