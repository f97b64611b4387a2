//! The dossier: the chain of events, which only grows, and the content that is kept apart from it.
//!
//! The application may insert into both. It may change no event (SQLite, which has no rights, refuses by trigger), and
//! of the content only empty what is to be destroyed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{self, Rows, Table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::create(manager, TABLES).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            let only_emptied =
                "CREATE POLICY only_emptied ON complaint_content AS RESTRICTIVE FOR UPDATE
                                USING (true) WITH CHECK (salt IS NULL AND content IS NULL)";
            schema::run(manager, only_emptied).await?;
        }
        if manager.get_database_backend() == DbBackend::Sqlite {
            for change in ["UPDATE", "DELETE"] {
                let trigger = format!(
                    "CREATE TRIGGER complaint_event_no_{change} BEFORE {change} ON complaint_event
                     BEGIN SELECT RAISE(ABORT, 'complaint_event is append-only'); END"
                );
                schema::run(manager, &trigger).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::discard(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "complaint_event",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT",
        columns: "
            tenant_id {uuid} NOT NULL,
            complaint_id {uuid} NOT NULL,
            seq {int} NOT NULL,
            at {at} NOT NULL,
            registered_at {at} NOT NULL,
            actor {text} NOT NULL,
            kind {text} NOT NULL,
            event_version {int} NOT NULL,
            payload {text} NOT NULL,
            content_count {int} NOT NULL,
            hash {bytes} NOT NULL,
            previous_hash {bytes} NOT NULL,
            PRIMARY KEY (tenant_id, complaint_id, seq),
            FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id)
                DEFERRABLE INITIALLY DEFERRED",
        indexes: &[],
    },
    Table {
        name: "complaint_content",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE (salt, content)",
        columns: "
            tenant_id {uuid} NOT NULL,
            complaint_id {uuid} NOT NULL,
            seq {int} NOT NULL,
            position {int} NOT NULL,
            key_id {uuid},
            salt {bytes},
            content {text},
            PRIMARY KEY (tenant_id, complaint_id, seq, position),
            FOREIGN KEY (tenant_id, complaint_id, seq) REFERENCES complaint_event (tenant_id, complaint_id, seq)",
        indexes: &[],
    },
];
