//! Once a dossier is destroyed, the log of who saw it names its parties no more: their side stands there instead. Nothing else in
//! it changes, ever.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{app_role, schema};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What may become of a row of the log: its member gives way to their side, with the session they came by.
const COLUMNS: &str = "UPDATE (member_id, party, session_id, sign_in_id) ON access_log";
const DESTROYED: &str = "USING (EXISTS (SELECT 1 FROM complaint_event AS event WHERE event.tenant_id = access_log.tenant_id
        AND event.complaint_id = access_log.complaint_id AND event.kind = 'destroyed'))
    WITH CHECK (member_id IS NULL AND session_id IS NULL AND sign_in_id IS NULL)";
const REFUSED: &str = "CREATE TRIGGER access_log_no_UPDATE BEFORE UPDATE ON access_log";
/// SQLite has no rights, and refuses by trigger.
const UNLESS: &str = "WHEN NOT (NEW.tenant_id = OLD.tenant_id AND NEW.complaint_id = OLD.complaint_id AND NEW.id = OLD.id
    AND NEW.at = OLD.at AND NEW.what = OLD.what
    AND NEW.member_id IS NULL AND NEW.session_id IS NULL AND NEW.sign_in_id IS NULL
    AND EXISTS (SELECT 1 FROM complaint_event WHERE tenant_id = OLD.tenant_id AND complaint_id = OLD.complaint_id
        AND kind = 'destroyed'))";
const RAISED: &str = "BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            schema::run(manager, "DROP TRIGGER access_log_no_UPDATE").await?;
            return schema::run(manager, &format!("{REFUSED} {UNLESS} {RAISED}")).await;
        }
        let application = app_role::current(manager).await?;
        schema::run(manager, &format!("GRANT {COLUMNS} TO {application}")).await?;
        let policy = format!(
            "CREATE POLICY forgotten ON access_log AS RESTRICTIVE FOR UPDATE TO {application} {DESTROYED}"
        );
        schema::run(manager, &policy).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            schema::run(manager, "DROP TRIGGER access_log_no_UPDATE").await?;
            return schema::run(manager, &format!("{REFUSED} {RAISED}")).await;
        }
        let application = app_role::current(manager).await?;
        schema::run(manager, "DROP POLICY forgotten ON access_log").await?;
        schema::run(manager, &format!("REVOKE {COLUMNS} FROM {application}")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
