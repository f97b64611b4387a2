//! Complaints about one course with the same cause are found by index; the cause of those that are there stands in their events.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{over_all, run, typed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let add = typed(backend, "ALTER TABLE complaint ADD COLUMN cause {text}");
        run(manager, &add).await?;
        let index = "CREATE INDEX complaint_cause ON complaint (tenant_id, course_id, cause)";
        run(manager, index).await?;
        let cause = if backend == DbBackend::Sqlite {
            "json_extract(payload, '$.cause')"
        } else {
            "payload::jsonb ->> 'cause'"
        };
        over_all(manager, &["complaint", "complaint_event"], &known(cause)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP INDEX complaint_cause").await?;
        run(manager, "ALTER TABLE complaint DROP COLUMN cause").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The last cause of each complaint of which there is still a dossier.
fn known(cause: &str) -> String {
    let own = "event.tenant_id = complaint.tenant_id AND event.complaint_id = complaint.id";
    format!(
        "UPDATE complaint SET cause = (SELECT {cause} FROM complaint_event AS event
            WHERE {own} AND event.kind = 'classified' ORDER BY event.seq DESC LIMIT 1)
        WHERE NOT EXISTS (SELECT 1 FROM complaint_event AS event WHERE {own} AND event.kind = 'destroyed')"
    )
}
