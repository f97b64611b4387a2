//! The same request twice: the first answer again.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use serde_json::Value;

use crate::entity::idempotency;
use crate::{ReadTx, StoreError, WriteTx};

/// What is known of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Repetition {
    /// The key was not used: it is claimed now, in this transaction.
    First,
    /// The same request was answered with this.
    Answered(Value),
    /// The key was used for another request.
    Mismatch,
}

impl ReadTx {
    /// What is known of a key, without claiming it.
    ///
    /// # Errors
    /// `Corrupt` when the answer cannot be read.
    pub async fn repetition(
        &self,
        principal: &str,
        key: &str,
        request_hash: &[u8],
    ) -> Result<Repetition, StoreError> {
        let Some(row) = self
            .scope
            .find::<idempotency::Entity>()
            .filter(of(principal, key))
            .one()
            .await?
        else {
            return Ok(Repetition::First);
        };
        if row.request_hash != request_hash {
            return Ok(Repetition::Mismatch);
        }
        let answer = row
            .answer
            .as_deref()
            .map_or(Ok(Value::Null), serde_json::from_str);
        answer
            .map(Repetition::Answered)
            .map_err(|_| StoreError::corrupt("a stored answer is not JSON"))
    }
}

impl WriteTx {
    /// Claims a key for this transaction. Somebody else who claims it at the same time waits for the commit, and
    /// then sees the answer.
    ///
    /// # Errors
    /// `Corrupt` when the answer cannot be read.
    pub async fn claim(
        &self,
        principal: &str,
        key: &str,
        request_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Repetition, StoreError> {
        let row = idempotency::ActiveModel {
            principal: Set(principal.to_owned()),
            key: Set(key.to_owned()),
            request_hash: Set(request_hash.to_vec()),
            created_at: Set(now),
            ..Default::default()
        };
        if self.scope.insert_new(row).await? {
            return Ok(Repetition::First);
        }
        self.repetition(principal, key, request_hash).await
    }

    /// Keeps the answer to a request whose key was claimed here.
    pub async fn answer(
        &self,
        principal: &str,
        key: &str,
        answer: &Value,
    ) -> Result<(), StoreError> {
        self.scope
            .update::<idempotency::Entity>()
            .set(idempotency::Column::Answer, answer.to_string())
            .filter(of(principal, key))
            .run()
            .await?;
        Ok(())
    }

    /// Forgets keys that were claimed before an instant; how many.
    pub async fn forget_answers(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let old = idempotency::Column::CreatedAt.lt(before);
        self.scope
            .delete::<idempotency::Entity>()
            .filter(old)
            .run()
            .await
    }
}

fn of(principal: &str, key: &str) -> Condition {
    Condition::all()
        .add(idempotency::Column::Principal.eq(principal))
        .add(idempotency::Column::Key.eq(key))
}
