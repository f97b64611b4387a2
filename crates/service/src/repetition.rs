//! The same request twice: the first answer again, by the caller's idempotency key.

use wederhoor_store::{Repetition, WriteTx};

use crate::{InputCode, Request, ServiceError, ambient::digest};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 200;

impl Request {
    /// Whether the same request was answered before, by the caller's idempotency key.
    pub(crate) async fn is_repeated(
        &self,
        tx: &WriteTx,
        what: &str,
        content: &str,
    ) -> Result<bool, ServiceError> {
        Ok(self.repeated(tx, what, content).await?.is_some())
    }

    /// The answer to the same request, if it was answered before.
    pub(crate) async fn repeated(
        &self,
        tx: &WriteTx,
        what: &str,
        content: &str,
    ) -> Result<Option<serde_json::Value>, ServiceError> {
        let Some(key) = self.idempotency_key() else {
            return Ok(None);
        };
        check_key(key)?;
        let hash = digest(format!("{what}\n{content}").as_bytes());
        let principal = self.caller().principal();
        match tx
            .claim(&principal, key, &hash, self.service().real_now())
            .await?
        {
            Repetition::First => Ok(None),
            Repetition::Answered(answer) => Ok(Some(answer)),
            Repetition::Mismatch => Err(ServiceError::IdempotencyMismatch),
        }
    }

    /// Keeps the answer under the caller's idempotency key.
    pub(crate) async fn remember(
        &self,
        tx: &WriteTx,
        answer: &serde_json::Value,
    ) -> Result<(), ServiceError> {
        match self.idempotency_key() {
            Some(key) => Ok(tx.answer(&self.caller().principal(), key, answer).await?),
            None => Ok(()),
        }
    }
}

/// A key is some visible characters, and no more than clients need to make it theirs.
fn check_key(key: &str) -> Result<(), ServiceError> {
    let (code, nl, en) = if key.len() > LONGEST_KEY {
        (
            InputCode::TooLong,
            "Gebruik een sleutel van hoogstens 200 bytes.",
            "Use a key of at most 200 bytes.",
        )
    } else if key.trim().is_empty() || key.chars().any(char::is_control) {
        (
            InputCode::Malformed,
            "Een sleutel bestaat uit zichtbare tekens.",
            "A key consists of visible characters.",
        )
    } else {
        return Ok(());
    };
    Err(ServiceError::invalid(code, "idempotencyKey", nl, en))
}
