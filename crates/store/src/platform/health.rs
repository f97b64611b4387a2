//! What can be told of the platform to anybody: no row of a tenant says more here than that it is due.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::json;

use super::due::on_hold;
use super::{PlatformStore, WorkKind};
use crate::StoreError;
use crate::entity::{due_work, platform_setting};

/// Under which key it is kept when a worker last worked.
const WORKED_AT: &str = "worked_at";

/// Under which key it is tried whether the database takes writing again.
const WRITTEN: &str = "written";
/// With so many characters: what fits where something was before tells nothing of a disk.
const ROOM: u32 = 32_768;

/// Whether every transaction of this session of PostgreSQL is read-only: nothing can be written before it is promoted, or set
/// otherwise.
const READ_ONLY: &str =
    "pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean";

/// How the platform is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The steps of the schema that the database has been through.
    pub steps: Vec<String>,
    /// When a worker last worked, in real time; `None` where none ever did.
    pub worked_at: Option<DateTime<Utc>>,
    /// Since when the letter has been due that waits longest, of an organisation that is not on hold.
    pub letter_due_at: Option<DateTime<Utc>>,
    /// How many pieces of due work have failed at least as often as was asked.
    pub failing: u64,
    /// Whether the database takes what is written.
    pub is_writable: bool,
}

impl PlatformStore {
    /// How the platform is doing at `now` of the procedure, with what has failed at least so often: one cheap statement for
    /// each part. Where writing was refused it is tried anew.
    pub async fn health(&self, now: DateTime<Utc>, failures: u32) -> Result<Health, StoreError> {
        let connection = self.read().await?;
        let mut list = Query::select();
        list.column(Alias::new("version"))
            .from(Alias::new("seaql_migrations"));
        let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
        if is_postgres {
            list.expr_as(Expr::cust(READ_ONLY), Alias::new("is_read_only"));
        }
        let (mut steps, mut is_read_only) = (Vec::new(), false);
        for row in connection.query_all(&list).await? {
            steps.push(row.try_get::<String>("", "version")?);
            is_read_only |= is_postgres && row.try_get("", "is_read_only")?;
        }
        let worked = platform_setting::Entity::find_by_id(WORKED_AT.to_owned());
        let worked = worked.one(&connection).await?;
        let letter = due_work::Entity::find()
            .filter(due_work::Column::Kind.eq(WorkKind::Letters.word()))
            .filter(due_work::Column::DueAt.lte(now))
            .filter(due_work::Column::TenantId.not_in_subquery(on_hold()))
            .order_by_asc(due_work::Column::DueAt)
            .one(&connection)
            .await?;
        let failing = due_work::Entity::find()
            .filter(due_work::Column::Failures.gte(failures))
            .count(&connection)
            .await?;
        drop(connection);
        if is_read_only {
            self.store.refuses();
        }
        Ok(Health {
            steps,
            worked_at: worked.and_then(|row| row.value.as_str()?.parse().ok()),
            letter_due_at: letter.map(|row| row.due_at),
            failing,
            is_writable: !is_read_only && self.takes_writing().await,
        })
    }

    /// Whether what is written is taken, as far as that is known; after a refusal it is tried.
    async fn takes_writing(&self) -> bool {
        !self.store.is_refused() || self.keep_setting(WRITTEN, json!(filling())).await.is_ok()
    }

    /// Keeps that a worker worked at `at` (real time).
    pub async fn note_worked(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.keep_setting(WORKED_AT, json!(at)).await
    }
}

/// A text that takes as much room as it is long: numbers in no order cannot be made shorter.
fn filling() -> String {
    let mut number = 1_u32;
    let mut next = |_| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + u8::try_from((number >> 24) % 90).unwrap_or_default())
    };
    (0..ROOM).map(&mut next).collect()
}
