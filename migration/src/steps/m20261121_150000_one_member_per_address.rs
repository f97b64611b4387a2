//! Two members of a tenant never share an address, in whatever letters it is written.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::SqlErr;

use crate::schema::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Members who share an address stop the step: which of them keeps it, people decide.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = "CREATE UNIQUE INDEX member_address ON member (tenant_id, lower(email))";
        let shared = "two members of one organisation have the same e-mail address: give one of them another, and \
            find them by: SELECT tenant_id, lower(email) FROM member GROUP BY tenant_id, lower(email) HAVING \
            count(email) > 1";
        run(manager, index)
            .await
            .map_err(|error| match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => DbErr::Custom(shared.to_owned()),
                _ => error,
            })
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP INDEX member_address").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
