//! Complaints about one course with the same cause are found by index; the cause of those that are there stands in their events.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{run, typed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Whose rows the step reads and writes, though it is no tenant.
const TABLES: [&str; 2] = ["complaint", "complaint_event"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let add = typed(backend, "ALTER TABLE complaint ADD COLUMN cause {text}");
        run(manager, &add).await?;
        let index = "CREATE INDEX complaint_cause ON complaint (tenant_id, course_id, cause)";
        run(manager, index).await?;
        if backend == DbBackend::Sqlite {
            return run(manager, &known("json_extract(payload, '$.cause')")).await;
        }
        for table in TABLES {
            run(
                manager,
                &format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"),
            )
            .await?;
        }
        run(manager, &known("payload::jsonb ->> 'cause'")).await?;
        for table in TABLES {
            run(
                manager,
                &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"),
            )
            .await?;
        }
        Ok(())
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
