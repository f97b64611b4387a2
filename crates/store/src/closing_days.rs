//! The days on which a tenant is closed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};

use crate::entity::closing_day;
use crate::{ReadTx, StoreError, WriteTx};

/// A day on which the tenant is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosingDay {
    /// The day.
    pub closed_on: NaiveDate,
    /// Since when the tenant has said so.
    pub known_since: DateTime<Utc>,
}

impl ReadTx {
    /// All closing days in order.
    pub async fn closing_days(&self) -> Result<Vec<ClosingDay>, StoreError> {
        let days = self
            .scope
            .find::<closing_day::Entity>()
            .order(closing_day::Column::ClosedOn, Order::Asc);
        let record = |row: closing_day::Model| ClosingDay {
            closed_on: row.closed_on,
            known_since: row.known_since,
        };
        Ok(days.all().await?.into_iter().map(record).collect())
    }
}

impl WriteTx {
    /// Adds a closing day; one that is known already stays as it is. Says whether it is new.
    pub async fn insert_closing_day(&self, day: ClosingDay) -> Result<bool, StoreError> {
        self.scope
            .insert_new(closing_day::ActiveModel {
                closed_on: Set(day.closed_on),
                known_since: Set(day.known_since),
                ..Default::default()
            })
            .await
    }

    /// Takes a closing day away; says whether there was one.
    pub async fn delete_closing_day(&self, closed_on: NaiveDate) -> Result<bool, StoreError> {
        let mine = closing_day::Column::ClosedOn.eq(closed_on);
        Ok(self
            .scope
            .delete::<closing_day::Entity>()
            .filter(mine)
            .run()
            .await?
            == 1)
    }
}
