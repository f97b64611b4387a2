//! Dossiers that were destroyed before all that named a party went with them: the log of who saw them, and the keys of their letters,
//! name no party any more. What is forgotten stays so when the step is taken back.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Whose rows the step reads and writes, though it is no tenant.
const TABLES: [&str; 3] = ["access_log", "complaint_event", "outbox"];
/// What ends the key of a letter to a member: once their id, then their place among the members, and since then the letter's own id.
const LAST: &str = "substr(letter_key, length(letter_key) - 35)";
const ENDS_IN_AN_ID: &str =
    "(substr(letter_key, length(letter_key) - 35) LIKE '________-____-____-____-____________'
    AND substr(letter_key, length(letter_key) - 36, 1) = '/')";
const ENDS_IN_A_NUMBER: &str =
    "(rtrim(letter_key, '0123456789') <> letter_key AND rtrim(letter_key, '0123456789') LIKE '%/')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let force =
            |how: &str| TABLES.map(|one| format!("ALTER TABLE {one} {how} ROW LEVEL SECURITY"));
        let is_walled = backend == DbBackend::Postgres;
        if is_walled {
            for statement in force("NO FORCE") {
                run(manager, &statement).await?;
            }
        }
        run(manager, &unnamed_in_the_log(backend)).await?;
        run(manager, &unnamed_by_keys(backend)).await?;
        if is_walled {
            for statement in force("FORCE") {
                run(manager, &statement).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// An id as it stands in texts.
fn text_of(backend: DbBackend, id: &str) -> String {
    if backend == DbBackend::Postgres {
        return format!("{id}::text");
    }
    let part = |from: u8, length: u8| format!("substr(hex({id}), {from}, {length})");
    let parts = [
        part(1, 8),
        part(9, 4),
        part(13, 4),
        part(17, 4),
        part(21, 12),
    ];
    format!("lower({})", parts.join(" || '-' || "))
}

/// The chain of a dossier tells of its destruction.
fn is_destroyed(table: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM complaint_event AS event WHERE event.tenant_id = {table}.tenant_id
            AND event.complaint_id = {table}.complaint_id AND event.kind = 'destroyed')"
    )
}

/// Of a dossier that was destroyed by an older rule nobody stays named in the log who is not known never to have been a party: whom its
/// chain names as one, and everybody where it does not tell any more whom it named.
fn unnamed_in_the_log(backend: DbBackend) -> String {
    let (member, own) = (
        text_of(backend, "access_log.member_id"),
        text_of(backend, "letter.id"),
    );
    let destroyed = is_destroyed("access_log");
    format!(
        "UPDATE access_log SET member_id = NULL, party = 'somebody', session_id = NULL, sign_in_id = NULL
        WHERE member_id IS NOT NULL AND {destroyed}
        AND EXISTS (SELECT 1 FROM outbox AS letter WHERE letter.tenant_id = access_log.tenant_id
            AND letter.complaint_id = access_log.complaint_id
            AND ({ENDS_IN_A_NUMBER} OR {ENDS_IN_AN_ID} AND {LAST} <> {own}))
        AND EXISTS (SELECT 1 FROM complaint_event AS event WHERE event.tenant_id = access_log.tenant_id
            AND event.complaint_id = access_log.complaint_id
            AND event.kind IN ('filed', 'respondent_notified', 'representative_named')
            AND (event.payload LIKE '%\"someone\"%' OR event.payload LIKE '%' || {member} || '%'))"
    )
}

fn unnamed_by_keys(backend: DbBackend) -> String {
    let (own, destroyed) = (text_of(backend, "id"), is_destroyed("outbox"));
    let rest = format!(
        "CASE WHEN {ENDS_IN_AN_ID} THEN substr(letter_key, 1, length(letter_key) - 36)
            ELSE rtrim(letter_key, '0123456789') END"
    );
    format!(
        "UPDATE outbox SET letter_key = {rest} || {own}, recipient = ''
        WHERE complaint_id IS NOT NULL AND ({ENDS_IN_A_NUMBER} OR {ENDS_IN_AN_ID}) AND {destroyed}"
    )
}
