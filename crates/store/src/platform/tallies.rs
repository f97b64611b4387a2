//! What is counted of those who ask and try, by digests that only the service can make. Real time.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Insert, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::PlatformStore;
use crate::StoreError;
use crate::connection::Connection;
use crate::entity::tally;

/// What is counted of one subject; what the numbers mean is its owner's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// A digest.
    pub subject: Vec<u8>,
    /// How many.
    pub counted: i32,
    /// Until when something holds.
    pub until: DateTime<Utc>,
    /// When the row says nothing any more.
    pub forget_at: DateTime<Utc>,
}

impl Tally {
    /// Of a subject of which nothing was counted.
    pub fn nothing(subject: Vec<u8>) -> Self {
        Self {
            subject,
            counted: 0,
            until: DateTime::UNIX_EPOCH,
            forget_at: DateTime::UNIX_EPOCH,
        }
    }
}

impl PlatformStore {
    /// What is counted of each of these, in their order.
    pub async fn tallies(&self, subjects: &[Vec<u8>]) -> Result<Vec<Tally>, StoreError> {
        let connection = self.read().await?;
        let rows = tally::Entity::find()
            .filter(tally::Column::Subject.is_in(subjects.iter().cloned()))
            .all(&connection)
            .await?;
        Ok(in_order(subjects, &rows))
    }

    /// Changes what is counted of these, and lets nobody else meanwhile: `change` gets them in the order of `subjects`.
    /// Where it changes nothing, nothing is written.
    pub async fn change_tallies<T: Send>(
        &self,
        subjects: &[Vec<u8>],
        change: impl FnOnce(&mut [Tally]) -> T + Send,
    ) -> Result<T, StoreError> {
        let connection = self.write().await?;
        let rows = held(&connection, subjects).await?;
        let before = in_order(subjects, &rows);
        let mut after = before.clone();
        let answer = change(&mut after);
        let changed = after.iter().zip(&before);
        let changed = changed.filter(|(after, before)| after != before);
        let changed: Vec<_> = changed.map(|(after, _)| row(after.clone())).collect();
        if changed.is_empty() {
            return Ok(answer);
        }
        let mut upsert = OnConflict::column(tally::Column::Subject);
        upsert.update_columns([
            tally::Column::Counted,
            tally::Column::Until,
            tally::Column::ForgetAt,
        ]);
        let insert = Insert::many(changed).on_conflict(upsert);
        connection.execute(&insert.into_query()).await?;
        connection.commit().await?;
        Ok(answer)
    }

    /// Takes rows away that say nothing any more, and tells how many.
    pub async fn forget_tallies(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let connection = self.write().await?;
        let gone = tally::Entity::delete_many()
            .filter(tally::Column::ForgetAt.lte(now))
            .exec(&connection)
            .await?;
        connection.commit().await?;
        Ok(gone.rows_affected)
    }
}

/// The rows of these under a lock, in the same order for everybody, so that two never wait for each other. Rows are made
/// where there are none, so that there is something to hold.
async fn held(
    connection: &Connection,
    subjects: &[Vec<u8>],
) -> Result<Vec<tally::Model>, StoreError> {
    let mut sorted = subjects.to_vec();
    sorted.sort();
    let none = sorted.into_iter().map(|one| row(Tally::nothing(one)));
    let mut there = OnConflict::column(tally::Column::Subject);
    there.do_nothing();
    let insert = Insert::many(none).on_conflict(there);
    connection.execute(&insert.into_query()).await?;
    let rows = tally::Entity::find()
        .filter(tally::Column::Subject.is_in(subjects.iter().cloned()))
        .order_by_asc(tally::Column::Subject)
        .lock_exclusive();
    Ok(rows.all(connection).await?)
}

fn in_order(subjects: &[Vec<u8>], rows: &[tally::Model]) -> Vec<Tally> {
    let one = |subject: &Vec<u8>| {
        let row = rows.iter().find(|row| row.subject == *subject);
        row.map_or_else(
            || Tally::nothing(subject.clone()),
            |row| Tally {
                subject: row.subject.clone(),
                counted: row.counted,
                until: row.until,
                forget_at: row.forget_at,
            },
        )
    };
    subjects.iter().map(one).collect()
}

fn row(tally: Tally) -> tally::ActiveModel {
    tally::ActiveModel {
        subject: Set(tally.subject),
        counted: Set(tally.counted),
        until: Set(tally.until),
        forget_at: Set(tally.forget_at),
    }
}
