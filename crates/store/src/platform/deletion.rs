//! Deleting a tenant with all that is in it, by the maintenance role: table by table as the database itself lists them, so
//! that none is forgotten. What is left is a certificate, which names no person.
//!
//! Each step is a transaction of its own and counts what it deleted; whoever goes on after an interruption counts on.

mod catalogue;
mod certified;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, Insert,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wederhoor_procedure::TenantId;

pub use certified::DeletionCertificate;

use super::{PlatformStore, TenantStatus};
use crate::StoreError;
use crate::connection::Connection;
use crate::convert::signed;
use crate::entity::{
    account, account_activity, account_membership, deletion_certificate, operator,
    operator_session, password_reset, recovery_code, second_factor, tenant,
};
use crate::store::{Access, Principal};

/// How many rows one transaction deletes of a table.
const BATCH: u32 = 5_000;

/// Complaints of a tenant that may not be destroyed: a hold was placed on them, and not lifted since.
const HELD: &str = "SELECT count(DISTINCT p.complaint_id) AS number FROM complaint_event p \
    WHERE p.tenant_id = $1 AND p.kind = 'hold_placed' AND NOT EXISTS (SELECT 1 FROM complaint_event l \
    WHERE l.tenant_id = p.tenant_id AND l.complaint_id = p.complaint_id AND l.seq > p.seq AND l.kind = 'hold_lifted')";
/// The head of each chain of a tenant.
const HEADS: &str = "SELECT e.complaint_id AS id, e.hash AS hash FROM complaint_event e WHERE e.tenant_id = $1 \
    AND e.seq = (SELECT max(l.seq) FROM complaint_event l WHERE l.tenant_id = e.tenant_id \
    AND l.complaint_id = e.complaint_id) ORDER BY e.complaint_id";

/// What became of a deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// Nothing of the tenant is left but this.
    Done(DeletionCertificate),
    /// So many of its complaints are on legal hold: nothing was done.
    Held(u64),
    /// It is not to be deleted now, or not any more.
    NotDue,
}

impl PlatformStore {
    /// The tenants whose deletion is due, and those of which it was interrupted, by slug.
    pub async fn due_deletions(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Vec<(TenantId, String)>, StoreError> {
        let connection = self.read().await?;
        let rows = tenant::Entity::find()
            .filter(due(now))
            .order_by_asc(tenant::Column::Slug)
            .all(&connection)
            .await?;
        let named = |row: tenant::Model| (TenantId(row.id), row.slug);
        Ok(rows.into_iter().map(named).collect())
    }

    /// Deletes a tenant whose deletion is due with every row of it, and the logins of people who are members of no other;
    /// goes on where it was interrupted.
    ///
    /// # Errors
    /// As every statement; what was deleted by then stays so, and counts when it is asked for again.
    pub async fn delete_tenant(
        &self,
        tenant: TenantId,
        now: DateTime<Utc>,
    ) -> Result<Deletion, StoreError> {
        let tables = match self.begin_deletion(tenant, now).await? {
            Ok(tables) => tables,
            Err(refused) => return Ok(refused),
        };
        for table in tables {
            while self.delete_some(tenant, &table).await? > 0 {}
        }
        Ok(Deletion::Done(self.finish_deletion(tenant, now).await?))
    }
}

impl PlatformStore {
    async fn enter(&self, tenant: TenantId) -> Result<Connection, StoreError> {
        let principal = Principal::Tenant(tenant);
        self.store.begin(Access::Write, principal).await
    }

    /// From here on nobody gets in, and nothing brings the tenant back. The tables that hold its rows, in order.
    async fn begin_deletion(
        &self,
        id: TenantId,
        now: DateTime<Utc>,
    ) -> Result<Result<Vec<String>, Deletion>, StoreError> {
        let connection = self.enter(id).await?;
        let row = tenant::Entity::find_by_id(id.0).filter(due(now));
        let row = row.lock(LockType::Update).one(&connection).await?;
        let Some(row) = row else {
            return Ok(Err(Deletion::NotDue));
        };
        let tables = catalogue::tables(&connection).await?;
        if row.status == TenantStatus::Deleting.word() {
            return Ok(Ok(tables));
        }
        let held = held(&connection, id).await?;
        if held > 0 {
            return Ok(Err(Deletion::Held(held)));
        }
        tenant::Entity::update_many()
            .col_expr(
                tenant::Column::Status,
                Expr::value(TenantStatus::Deleting.word()),
            )
            .filter(tenant::Column::Id.eq(id.0))
            .exec(&connection)
            .await?;
        let (complaints, heads) = heads(&connection, id).await?;
        let members: Vec<Uuid> = account_membership::Entity::find()
            .select_only()
            .column(account_membership::Column::AccountId)
            .filter(account_membership::Column::TenantId.eq(id.0))
            .into_tuple()
            .all(&connection)
            .await?;
        let row = deletion_certificate::ActiveModel {
            organisation_id: Set(id.0),
            slug: Set(row.slug),
            asked_at: Set(row.deletion_asked_at.unwrap_or(now)),
            asked_by: Set(row.deletion_asked_by),
            begun_at: Set(now),
            done_at: Set(None),
            complaints: Set(signed(complaints)?),
            heads: Set(heads),
            rows_deleted: Set(json!({})),
            accounts: Set(Some(json!(members))),
        };
        connection.execute(&Insert::one(row).into_query()).await?;
        connection.commit().await?;
        Ok(Ok(tables))
    }

    /// Deletes some rows of a table, and counts them.
    async fn delete_some(&self, id: TenantId, table: &str) -> Result<u64, StoreError> {
        let connection = self.enter(id).await?;
        let backend = connection.get_database_backend();
        let row = match backend {
            DbBackend::Postgres => "ctid",
            _ => "rowid",
        };
        let some = format!("SELECT {row} FROM \"{table}\" WHERE tenant_id = $1 LIMIT {BATCH}");
        let delete = match backend {
            DbBackend::Postgres => {
                format!("DELETE FROM \"{table}\" WHERE {row} = ANY (ARRAY({some}))")
            }
            _ => format!("DELETE FROM \"{table}\" WHERE {row} IN ({some})"),
        };
        let delete = Statement::from_sql_and_values(backend, delete, [id.0.into()]);
        let deleted = connection.execute_raw(delete).await?.rows_affected();
        if deleted > 0 {
            let mut counts = certified::counts(certificate(&connection, id).await?.rows_deleted)?;
            *counts.entry(table.to_owned()).or_default() += deleted;
            write_counts(&connection, id, &counts).await?;
            connection.commit().await?;
        }
        Ok(deleted)
    }

    /// The tenant itself goes, with logins that nobody needs any more. Whatever was left, or came meanwhile, keeps it back.
    async fn finish_deletion(
        &self,
        id: TenantId,
        now: DateTime<Utc>,
    ) -> Result<DeletionCertificate, StoreError> {
        let connection = self.write().await?;
        let known = certificate(&connection, id).await?;
        let mut counts = certified::counts(known.rows_deleted)?;
        let there = account_activity::Entity::delete_many()
            .filter(account_activity::Column::OrganisationId.eq(id.0));
        count(
            &mut counts,
            "account_activity",
            there.exec(&connection).await?.rows_affected,
        );
        for account in certified::accounts(known.accounts)? {
            delete_login(&connection, account, &mut counts).await?;
        }
        let gone = tenant::Entity::delete_by_id(id.0);
        count(
            &mut counts,
            "tenant",
            gone.exec(&connection).await?.rows_affected,
        );
        write_counts(&connection, id, &counts).await?;
        deletion_certificate::Entity::update_many()
            .col_expr(deletion_certificate::Column::DoneAt, Expr::value(now))
            .col_expr(
                deletion_certificate::Column::Accounts,
                Expr::value(Option::<serde_json::Value>::None),
            )
            .filter(deletion_certificate::Column::OrganisationId.eq(id.0))
            .exec(&connection)
            .await?;
        let certificate = certificate(&connection, id).await?.try_into()?;
        connection.commit().await?;
        Ok(certificate)
    }
}

/// Tenants that may be deleted now, and those that are being deleted.
fn due(now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(tenant::Column::Status.eq(TenantStatus::Deleting.word()))
        .add(
            tenant::Column::Status
                .eq(TenantStatus::Suspended.word())
                .and(tenant::Column::DeletionDueAt.lte(now)),
        )
}

async fn held(connection: &Connection, id: TenantId) -> Result<u64, StoreError> {
    let backend = connection.get_database_backend();
    let question = Statement::from_sql_and_values(backend, HELD, [id.0.into()]);
    let row = connection.query_one_raw(question).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("a count has no answer"))?;
    Ok(row.try_get::<i64>("", "number")?.unsigned_abs())
}

/// How many complaints there are, and the digest of their heads.
async fn heads(connection: &Connection, id: TenantId) -> Result<(u32, Vec<u8>), StoreError> {
    let backend = connection.get_database_backend();
    let question = Statement::from_sql_and_values(backend, HEADS, [id.0.into()]);
    let (mut complaints, mut digest) = (0, Sha256::new());
    for row in connection.query_all_raw(question).await? {
        digest.update(row.try_get::<Uuid>("", "id")?.as_bytes());
        digest.update(row.try_get::<Vec<u8>>("", "hash")?);
        complaints += 1;
    }
    Ok((complaints, digest.finalize().to_vec()))
}

async fn certificate(
    connection: &Connection,
    id: TenantId,
) -> Result<deletion_certificate::Model, StoreError> {
    let row = deletion_certificate::Entity::find_by_id(id.0);
    let row = row.one(connection).await?;
    row.ok_or_else(|| StoreError::corrupt("a deletion has no certificate"))
}

type Counts = std::collections::BTreeMap<String, u64>;

fn count(counts: &mut Counts, table: &str, rows: u64) {
    if rows > 0 {
        *counts.entry(table.to_owned()).or_default() += rows;
    }
}

async fn write_counts(
    connection: &Connection,
    id: TenantId,
    counts: &Counts,
) -> Result<(), StoreError> {
    deletion_certificate::Entity::update_many()
        .col_expr(
            deletion_certificate::Column::RowsDeleted,
            Expr::value(json!(counts)),
        )
        .filter(deletion_certificate::Column::OrganisationId.eq(id.0))
        .exec(connection)
        .await?;
    Ok(())
}

/// Deletes a login, unless it is a member of another tenant, or an operator's.
async fn delete_login(
    connection: &Connection,
    id: Uuid,
    counts: &mut Counts,
) -> Result<(), StoreError> {
    let elsewhere = account_membership::Entity::find()
        .filter(account_membership::Column::AccountId.eq(id))
        .one(connection)
        .await?;
    let operates = operator::Entity::find_by_id(id).one(connection).await?;
    if elsewhere.is_some() || operates.is_some() {
        return Ok(());
    }
    macro_rules! delete {
        ($($table:ident by $column:ident),*) => {$(
            let gone = $table::Entity::delete_many().filter($table::Column::$column.eq(id));
            count(counts, stringify!($table), gone.exec(connection).await?.rows_affected);
        )*};
    }
    delete!(
        recovery_code by AccountId,
        second_factor by AccountId,
        password_reset by AccountId,
        operator_session by AccountId,
        account_activity by AccountId,
        account by Id
    );
    Ok(())
}
