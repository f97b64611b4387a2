//! An organisation can be told to be deleted, why it is on hold, and what is left when it is gone: a certificate, which
//! names no person.
//!
//! SQLite keeps events from being deleted by a trigger, save those of an organisation that is being deleted.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{self, Rows, Table, run, typed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const ADDED: [&str; 4] = [
    "status_reason {text}",
    "deletion_asked_at {at}",
    "deletion_asked_by {uuid}",
    "deletion_due_at {at}",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for column in ADDED {
            let add = format!("ALTER TABLE tenant ADD COLUMN {column}");
            run(manager, &typed(backend, &add)).await?;
        }
        if backend == DbBackend::Sqlite {
            keep_events(
                manager,
                "WHEN NOT EXISTS (SELECT 1 FROM tenant WHERE id = OLD.tenant_id AND status = 'deleting')",
            )
            .await?;
        }
        schema::create(manager, TABLES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::discard(manager, TABLES).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            keep_events(manager, "").await?;
        }
        for column in ADDED {
            let name = column.split(' ').next().unwrap_or(column);
            run(manager, &format!("ALTER TABLE tenant DROP COLUMN {name}")).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn keep_events(manager: &SchemaManager<'_>, when: &str) -> Result<(), DbErr> {
    run(manager, "DROP TRIGGER complaint_event_no_DELETE").await?;
    let trigger = format!(
        "CREATE TRIGGER complaint_event_no_DELETE BEFORE DELETE ON complaint_event {when}
         BEGIN SELECT RAISE(ABORT, 'complaint_event is append-only'); END"
    );
    run(manager, &trigger).await
}

pub(super) const TABLES: &[Table] = &[Table {
    name: "deletion_certificate",
    rows: Rows::Platform,
    rights: "SELECT",
    columns: "
        organisation_id {uuid} NOT NULL PRIMARY KEY,
        slug {text} NOT NULL,
        asked_at {at} NOT NULL,
        asked_by {uuid},
        begun_at {at} NOT NULL,
        done_at {at},
        complaints {int} NOT NULL,
        heads {bytes} NOT NULL,
        rows_deleted {json} NOT NULL,
        accounts {json}",
    indexes: &[],
}];
