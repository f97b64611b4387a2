//! What a transaction adds to the sums of figures, added when it ends.

use std::sync::PoisonError;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, Insert, QueryTrait};
use wederhoor_procedure::figures::CellKey;

use super::Scope;
use crate::StoreError;
use crate::convert::signed;
use crate::entity::{TenantEntity, figure_cell};
use crate::figures::Cells;

/// How many cells one statement writes.
const CELLS_AT_ONCE: usize = 1_000;

impl Scope {
    /// The commit adds this to the sums, so many times.
    pub(crate) fn count(&self, cells: &Cells, times: i64) {
        self.tally(|tally| {
            for (key, count) in cells {
                *tally.entry(key.clone()).or_default() += count * times;
            }
        });
    }

    /// Adds what was counted to the sums: last in the transaction, because everybody of the tenant writes the same cells, and
    /// in the order of their keys, so that of two writers neither holds what the other waits for.
    pub(crate) async fn write_tally(&self) -> Result<(), StoreError> {
        let mut cells = self.tally(std::mem::take);
        cells.retain(|_, count| *count != 0);
        let rows = cells.iter().map(|(key, count)| row(key, *count));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        for some in rows.chunks(CELLS_AT_ONCE) {
            self.insert_or(some.to_vec(), on_conflict()).await?;
        }
        Ok(())
    }

    /// Until the end of the transaction nobody else changes sums. SQLite, with its one writer, needs no such thing.
    pub(crate) async fn hold_cells(&self) -> Result<(), StoreError> {
        if self.connection.get_database_backend() == DbBackend::Postgres {
            let lock = "LOCK TABLE figure_cell IN EXCLUSIVE MODE";
            self.connection.execute_unprepared(lock).await?;
        }
        Ok(())
    }

    /// What the commit adds to the sums.
    fn tally<T>(&self, look: impl FnOnce(&mut Cells) -> T) -> T {
        look(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Inserts, or does what is said with the rows that are there, in one statement; none is fine.
    pub(crate) async fn insert_or<A>(
        &self,
        rows: Vec<A>,
        conflict: OnConflict,
    ) -> Result<(), StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
    {
        if rows.is_empty() {
            return Ok(());
        }
        let statement = Insert::many(rows.into_iter().map(|row| self.own(row)))
            .on_conflict(conflict)
            .into_query();
        self.connection.execute(&statement).await?;
        Ok(())
    }
}

fn row(key: &CellKey, count: i64) -> Result<figure_cell::ActiveModel, StoreError> {
    let too_many = |_| StoreError::Internal("a sum does not fit its column".to_owned());
    Ok(figure_cell::ActiveModel {
        month: Set(key.month),
        figure: Set(key.table.entry().code.to_owned()),
        value: Set(key.value.clone()),
        days: Set(signed(key.days)?),
        complaints: Set(i32::try_from(count).map_err(too_many)?),
        ..Default::default()
    })
}

fn on_conflict() -> OnConflict {
    use figure_cell::Column as C;
    let kept = Expr::col((figure_cell::Entity, C::Complaints));
    let added = Expr::col((Alias::new("excluded"), C::Complaints));
    let keys = [C::TenantId, C::Month, C::Figure, C::Value, C::Days];
    let mut conflict = OnConflict::columns(keys);
    conflict.value(C::Complaints, kept.add(added));
    conflict
}
