//! The days that the calendar of a tenant is made of: those on which it is closed, and those that decrees equate for all.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, SelectStatement, UnionType};
use sea_orm::{ActiveValue::Set, ColumnTrait, FromQueryResult, Order};

use crate::entity::{closing_day, closing_day_taken_back, equated_day};
use crate::{ReadTx, StoreError, WriteTx};

/// A day on which the tenant is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosingDay {
    /// The day.
    pub closed_on: NaiveDate,
    /// Since when the tenant has said so.
    pub known_since: DateTime<Utc>,
}

/// A day that somebody decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CalendarDay {
    /// The day.
    pub day: NaiveDate,
    /// Since when it counts.
    pub known_since: DateTime<Utc>,
    /// When it was taken back, of a closing day that was.
    pub taken_back_at: Option<DateTime<Utc>>,
    /// Whether a decree equates it with a holiday; the tenant is closed on the others.
    pub is_equated: bool,
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

    /// Closing days, those that were taken back, oldest first, and the equated days that operators entered, in one statement.
    pub async fn calendar_days(&self) -> Result<Vec<CalendarDay>, StoreError> {
        let kept = self.scope.find::<closing_day::Entity>().select_only();
        let kept = kept
            .column(Expr::col(closing_day::Column::ClosedOn), "day")
            .column(Expr::col(closing_day::Column::KnownSince), "known_since")
            .column(Expr::cust("NULL"), "taken_back_at")
            .column(Expr::cust("FALSE"), "is_equated");
        let back = self.scope.find::<closing_day_taken_back::Entity>();
        let taken_back_at = Expr::col(closing_day_taken_back::Column::TakenBackAt);
        let back = back
            .select_only()
            .column(Expr::col(closing_day_taken_back::Column::ClosedOn), "day")
            .column(
                Expr::col(closing_day_taken_back::Column::KnownSince),
                "known_since",
            )
            .column(taken_back_at, "taken_back_at")
            .column(Expr::cust("FALSE"), "is_equated");
        let mut equated = SelectStatement::new();
        equated
            .expr_as(Expr::col(equated_day::Column::EquatedOn), "day")
            .expr_as(Expr::col(equated_day::Column::KnownSince), "known_since")
            .expr_as(Expr::cust("NULL"), "taken_back_at")
            .expr_as(Expr::cust("TRUE"), "is_equated")
            .from(equated_day::Entity);
        // The first says of what type each column is.
        let mut all = back.statement();
        all.union(UnionType::All, kept.statement())
            .union(UnionType::All, equated)
            .order_by("taken_back_at", sea_orm::sea_query::Order::Asc);
        self.scope.all_of(&all).await
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

    /// Takes a closing day back, and keeps from when until when it counted; says whether there was one.
    pub async fn take_back_closing_day(
        &self,
        closed_on: NaiveDate,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let mine = closing_day::Column::ClosedOn.eq(closed_on);
        let known = self.scope.find::<closing_day::Entity>();
        let Some(known) = known.filter(mine.clone()).one().await? else {
            return Ok(false);
        };
        let gone = self.scope.delete::<closing_day::Entity>().filter(mine);
        gone.run().await?;
        let row = closing_day_taken_back::ActiveModel {
            closed_on: Set(closed_on),
            taken_back_at: Set(at),
            known_since: Set(known.known_since),
            ..Default::default()
        };
        self.scope.insert_new(row).await?;
        Ok(true)
    }
}
