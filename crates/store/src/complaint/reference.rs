//! The numbers that people quote.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::entity::reference_counter;
use crate::{StoreError, WriteTx};

impl WriteTx {
    /// The tenant's next number of a year, such as `LIVP-2026-0042`. Until the commit nobody else of this tenant
    /// gets one: take it last.
    ///
    /// # Errors
    /// As every statement.
    pub async fn next_reference(&self, prefix: &str, year: i32) -> Result<String, StoreError> {
        let first = reference_counter::ActiveModel {
            year: Set(year),
            last: Set(1),
            ..Default::default()
        };
        let of_year = || reference_counter::Column::Year.eq(year);
        if self.scope.insert_new(first).await? {
            return Ok(format!("{prefix}-{year}-0001"));
        }
        self.scope
            .update::<reference_counter::Entity>()
            .set(
                reference_counter::Column::Last,
                Expr::col(reference_counter::Column::Last).add(1),
            )
            .filter(of_year())
            .run()
            .await?;
        let counter = self
            .scope
            .find::<reference_counter::Entity>()
            .filter(of_year())
            .one()
            .await?;
        let number = counter
            .map(|counter| counter.last)
            .ok_or(StoreError::Conflict)?;
        Ok(format!("{prefix}-{year}-{number:04}"))
    }
}
