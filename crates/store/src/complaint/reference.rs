//! The numbers that people quote.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};

use crate::entity::reference_counter;
use crate::{StoreError, WriteTx};

impl WriteTx {
    /// The tenant's next number of a year, such as `LIVP-2026-0042`. Until the commit nobody else of this tenant
    /// gets one: take it as late as what quotes it allows.
    pub async fn next_reference(&self, prefix: &str, year: i32) -> Result<String, StoreError> {
        use reference_counter::{Column, Entity};
        let first = reference_counter::ActiveModel {
            year: Set(year),
            last: Set(1),
            ..Default::default()
        };
        let next = Expr::col((Entity, Column::Last)).add(1);
        let number: i32 = self.scope.upsert_one(first, Column::Last, next).await?;
        Ok(format!("{prefix}-{year}-{number:04}"))
    }
}
