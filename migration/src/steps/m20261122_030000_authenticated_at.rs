//! Sessions say when their person last showed who they are.

use sea_orm_migration::prelude::*;

use crate::schema::{run, typed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Of those that are there it is not known: they count as long ago.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = "ALTER TABLE session ADD COLUMN authenticated_at {at} NOT NULL DEFAULT '1970-01-01T00:00:00.000000Z'";
        run(manager, &typed(manager.get_database_backend(), add)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "ALTER TABLE session DROP COLUMN authenticated_at").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
