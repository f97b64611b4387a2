//! The numbers that people quote. They come in no order, so that nobody sees by a gap that there is a complaint which is hidden
//! from them, nor by a number of their own how many there are.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::entity::{complaint, reference_counter};
use crate::{StoreError, WriteTx};

/// How many numbers are drawn at a time, of which at most a quarter is in use.
const DRAWN: usize = 8;
/// The fewest digits of a number.
const DIGITS: u32 = 4;

impl WriteTx {
    /// A number of a year that the tenant has not used, such as `LIVP-2026-0042`, from what `draw` draws at random. Until the
    /// commit nobody else of this tenant gets one: take it as late as what quotes it allows.
    pub async fn next_reference(
        &self,
        prefix: &str,
        year: i32,
        draw: &mut (dyn FnMut() -> u64 + Send),
    ) -> Result<String, StoreError> {
        let below = numbers(self.count_reference(year).await?);
        let width = below.ilog10() as usize;
        loop {
            let drawn: Vec<String> = (0..DRAWN)
                .map(|_| format!("{prefix}-{year}-{:0width$}", draw() % below))
                .collect();
            let asked = complaint::Column::Reference.is_in(drawn.iter().map(String::as_str));
            let taken = self.scope.find::<complaint::Entity>().filter(asked);
            let taken = taken.all().await?.into_iter().map(|row| row.reference);
            let taken: BTreeSet<String> = taken.collect();
            if let Some(free) = drawn.into_iter().find(|one| !taken.contains(one)) {
                return Ok(free);
            }
        }
    }

    /// How many numbers of a year the tenant has used, with this one.
    async fn count_reference(&self, year: i32) -> Result<u64, StoreError> {
        use reference_counter::{Column, Entity};
        let first = reference_counter::ActiveModel {
            year: Set(year),
            last: Set(1),
            ..Default::default()
        };
        let next = Expr::col((Entity, Column::Last)).add(1);
        let count: i32 = self.scope.upsert_one(first, Column::Last, next).await?;
        Ok(u64::from(count.unsigned_abs()))
    }
}

/// From how many numbers one is drawn where so many are used: a power of ten, four times as many at least.
pub(super) fn numbers(used: u64) -> u64 {
    let wanted = used.saturating_mul(4);
    let mut numbers = 10_u64.pow(DIGITS);
    while numbers < wanted {
        numbers = numbers.saturating_mul(10);
    }
    numbers
}
