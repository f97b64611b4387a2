//! Days that decrees equate with a holiday, for every tenant.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, EntityTrait, Insert, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;
use wederhoor_procedure::AccountId;

use super::PlatformStore;
use super::activity::{AccountEvent, Happened};
use super::due::{ROWS, WorkKind};
use crate::StoreError;
use crate::connection::Connection;
use crate::entity::{due_work, equated_day, tenant};

/// A day that a decree equates with a holiday, as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquatedDay {
    /// The day.
    pub equated_on: NaiveDate,
    /// Since when it counts, on the procedure's clock.
    pub known_since: DateTime<Utc>,
    /// Where it is written.
    pub source: String,
    /// Who entered it; `None`: who runs the server.
    pub entered_by: Option<AccountId>,
}

impl PlatformStore {
    /// The equated days that were entered, in order.
    pub async fn equated_days(&self) -> Result<Vec<EquatedDay>, StoreError> {
        let connection = self.read().await?;
        let rows = equated_day::Entity::find().order_by_asc(equated_day::Column::EquatedOn);
        let record = |row: equated_day::Model| EquatedDay {
            equated_on: row.equated_on,
            known_since: row.known_since,
            source: row.source,
            entered_by: row.entered_by.map(AccountId),
        };
        Ok(rows
            .all(&connection)
            .await?
            .into_iter()
            .map(record)
            .collect())
    }

    /// Adds equated days, and has every tenant's complaints looked at anew from `due_at` on; it is noted for the sign-in of who
    /// entered them (`at` real time).
    ///
    /// # Errors
    /// `Conflict` when one of them is known by now. Nothing was done then.
    pub async fn insert_equated_days(
        &self,
        days: Vec<EquatedDay>,
        due_at: DateTime<Utc>,
        by: Option<(AccountId, Uuid, DateTime<Utc>)>,
    ) -> Result<(), StoreError> {
        let connection = self.write().await?;
        let expected = days.len() as u64;
        let rows = days.into_iter().map(|day| equated_day::ActiveModel {
            equated_on: Set(day.equated_on),
            known_since: Set(day.known_since),
            source: Set(day.source),
            entered_by: Set(day.entered_by.map(|id| id.0)),
        });
        let new = Insert::many(rows).on_conflict(OnConflict::new().do_nothing().to_owned());
        let inserted = connection.execute(&new.into_query()).await?;
        if inserted.rows_affected() != expected {
            return Err(StoreError::Conflict);
        }
        look_at_all(&connection, due_at).await?;
        if let Some((account, sign_in, at)) = by {
            let event = AccountEvent::EquatedDaysDecreed;
            let happened = Happened::new(account, event, Some(sign_in), at);
            happened.note(&connection).await?;
        }
        connection.commit().await
    }
}

/// Every tenant's complaints are due to be looked at; what is due earlier stays.
async fn look_at_all(connection: &Connection, due_at: DateTime<Utc>) -> Result<(), StoreError> {
    use due_work::Column as C;
    let tenants: Vec<Uuid> = tenant::Entity::find()
        .select_only()
        .column(tenant::Column::Id)
        .order_by_asc(tenant::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    for some in tenants.chunks(ROWS) {
        let rows = some.iter().map(|tenant| due_work::ActiveModel {
            tenant_id: Set(*tenant),
            ..super::due::free(WorkKind::People, *tenant, due_at)
        });
        let mut conflict = OnConflict::columns([C::TenantId, C::Kind, C::SubjectId]);
        conflict.update_columns([C::DueAt, C::LeasedUntil, C::Failures]);
        let planned = Expr::col((due_work::Entity, C::DueAt));
        conflict.action_and_where(planned.gt(Expr::col((Alias::new("excluded"), C::DueAt))));
        let insert = Insert::many(rows).on_conflict(conflict);
        connection.execute(&insert.into_query()).await?;
    }
    Ok(())
}
