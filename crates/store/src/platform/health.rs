//! What can be told of the platform to anybody: no row of a tenant says more here than that it is due.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::due::on_hold;
use super::{PlatformStore, WorkKind};
use crate::StoreError;
use crate::entity::{due_work, platform_setting};

/// Under which key it is kept when a worker last worked.
const WORKED_AT: &str = "worked_at";

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
}

impl PlatformStore {
    /// How the platform is doing at `now` of the procedure, with what has failed at least so often: one cheap statement for
    /// each part.
    pub async fn health(&self, now: DateTime<Utc>, failures: u32) -> Result<Health, StoreError> {
        let connection = self.read().await?;
        let mut list = Query::select();
        list.column(Alias::new("version"))
            .from(Alias::new("seaql_migrations"));
        let mut steps = Vec::new();
        for row in connection.query_all(&list).await? {
            steps.push(row.try_get::<String>("", "version")?);
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
        Ok(Health {
            steps,
            worked_at: worked.and_then(|row| row.value.as_str()?.parse().ok()),
            letter_due_at: letter.map(|row| row.due_at),
            failing,
        })
    }

    /// Keeps that a worker worked at `at` (real time).
    pub async fn note_worked(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.keep_setting(WORKED_AT, json!(at)).await
    }
}
