//! Who saw and did what, without its content: in each complaint, and with each account. Both tables only grow, and go with
//! the organisation or the account that they tell of.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{self, Rows, Table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// While what is true may rows of a table be deleted in SQLite, which has no rights and refuses by trigger.
const GONE: [(&str, &str); 2] = [
    (
        "access_log",
        "EXISTS (SELECT 1 FROM tenant WHERE id = OLD.tenant_id AND status = 'deleting')",
    ),
    (
        "account_activity",
        "EXISTS (SELECT 1 FROM deletion_certificate WHERE done_at IS NULL)",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::create(manager, TABLES).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            for (table, gone) in GONE {
                let refuse = |change: &str, when: &str| {
                    format!(
                        "CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} {when}
                         BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                    )
                };
                schema::run(manager, &refuse("UPDATE", "")).await?;
                schema::run(manager, &refuse("DELETE", &format!("WHEN NOT {gone}"))).await?;
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
        name: "access_log",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT",
        columns: "
            tenant_id {uuid} NOT NULL,
            complaint_id {uuid} NOT NULL,
            id {uuid} NOT NULL,
            at {at} NOT NULL,
            what {text} NOT NULL,
            member_id {uuid},
            party {text},
            session_id {uuid},
            sign_in_id {uuid},
            PRIMARY KEY (tenant_id, complaint_id, id),
            CHECK ((member_id IS NULL) <> (party IS NULL)),
            FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id)
                DEFERRABLE INITIALLY DEFERRED,
            FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)",
        indexes: &[
            "access_log_newest ON access_log (tenant_id, complaint_id, at, id)",
            "access_log_member ON access_log (tenant_id, member_id, at, id)",
        ],
    },
    Table {
        name: "account_activity",
        rows: Rows::Platform,
        rights: "SELECT, INSERT",
        columns: "
            account_id {uuid} NOT NULL REFERENCES account (id),
            at {at} NOT NULL,
            id {uuid} NOT NULL,
            what {text} NOT NULL,
            sign_in_id {uuid},
            organisation_id {uuid},
            PRIMARY KEY (account_id, at, id)",
        indexes: &[],
    },
];
