//! Access links say to which mailbox of their party they were mailed, by which their use proves it.

use sea_orm_migration::prelude::*;

use crate::schema::{run, typed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Those that are there count as mailed to the mailbox of the filing; of each new one it is said.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = "ALTER TABLE access_link ADD COLUMN mailed_to {int} DEFAULT 0";
        run(manager, &typed(manager.get_database_backend(), add)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "ALTER TABLE access_link DROP COLUMN mailed_to").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
