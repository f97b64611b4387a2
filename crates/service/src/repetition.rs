//! The same request twice: the first answer again, by the caller's idempotency key.

use std::fmt::Debug;

use chrono::TimeDelta;
use serde_json::Value;
use wederhoor_store::{AccountEvent, Repetition, StoreError, WriteTx};

use crate::{InputCode, Request, ServiceError, ambient::digest, attempt::Attempt};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 200;
/// How long an answer is kept at least.
const KEPT: TimeDelta = TimeDelta::hours(48);

/// The key of a request that may be sent twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdempotencyKey {
    given: String,
    /// What keeps apart requests that were given one key.
    within: Vec<String>,
}

/// Whether a request is answered for the first time.
pub(crate) enum Begun {
    /// It is: the transaction in which it is done, under its key if it has one.
    First(WriteTx),
    /// It was answered before, with this.
    Repeated(Value),
}

impl IdempotencyKey {
    pub(crate) fn new(given: String) -> Self {
        Self {
            given,
            within: Vec::new(),
        }
    }

    /// The key of a part of the request, or of a request on behalf of somebody.
    pub(crate) fn within(mut self, part: &str) -> Self {
        self.within.push(part.to_owned());
        self
    }

    /// As it is kept. No key has control characters, so that none is another's with a part.
    fn kept(&self) -> Result<String, ServiceError> {
        check(&self.given)?;
        let parts = self.within.iter().map(String::as_str);
        let all: Vec<&str> = parts.chain([self.given.as_str()]).collect();
        Ok(all.join("\u{1f}"))
    }
}

impl Request {
    /// Opens the write transaction of a request in which `what` is administered with `input`, unless it was answered before:
    /// it is noted for who asks.
    pub(crate) async fn begin(
        &self,
        what: AccountEvent,
        input: &(impl Debug + Sync),
    ) -> Result<Begun, Attempt> {
        let tx = self.writing().await?;
        self.begin_noted(tx, what, input).await
    }

    /// As [`begin`](Self::begin), for who takes something away, also while the organisation is on hold.
    pub(crate) async fn begin_taking_away(
        &self,
        what: AccountEvent,
        input: &(impl Debug + Sync),
    ) -> Result<Begun, Attempt> {
        let tx = self.taking_away().await?;
        self.begin_noted(tx, what, input).await
    }

    /// As [`begin`](Self::begin), for who changes what lies around complaints.
    pub(crate) async fn begin_around(
        &self,
        what: AccountEvent,
        input: &(impl Debug + Sync),
    ) -> Result<Begun, Attempt> {
        let tx = self.writing().await?;
        tx.hold_surroundings().await?;
        self.begin_noted(tx, what, input).await
    }

    async fn begin_noted(
        &self,
        tx: WriteTx,
        what: AccountEvent,
        input: &(impl Debug + Sync),
    ) -> Result<Begun, Attempt> {
        let begun = self.begin_in(tx, &format!("{what:?}"), input).await?;
        if let Begun::First(tx) = &begun {
            self.note_administered(tx, what).await?;
        }
        Ok(begun)
    }

    /// As [`begin`](Self::begin), in a transaction that is open already, and of what is noted elsewhere.
    pub(crate) async fn begin_in(
        &self,
        tx: WriteTx,
        what: &str,
        input: &(impl Debug + Sync),
    ) -> Result<Begun, Attempt> {
        let repeated = self.repeated(&tx, what, &format!("{input:?}")).await?;
        Ok(repeated.map_or(Begun::First(tx), Begun::Repeated))
    }

    /// The answer to the same request, if it was answered before. One that is being answered is waited for.
    pub(crate) async fn repeated(
        &self,
        tx: &WriteTx,
        what: &str,
        content: &str,
    ) -> Result<Option<Value>, Attempt> {
        let Some(key) = self.idempotency_key() else {
            return Ok(None);
        };
        let key = key.kept()?;
        let hash = digest(format!("{what}\n{content}").as_bytes());
        let (principal, now) = (self.caller().principal(), self.service().real_now());
        match tx.claim(&principal, &key, &hash, now).await {
            Ok(Repetition::First) => {
                self.forget_answers(tx).await?;
                Ok(None)
            }
            Ok(Repetition::Answered(answer)) => Ok(Some(answer)),
            Ok(Repetition::Mismatch) => Err(ServiceError::IdempotencyMismatch.into()),
            // The first of them is still being answered.
            Err(StoreError::Busy) => Err(ServiceError::Conflict.into()),
            Err(other) => Err(other.into()),
        }
    }

    /// Forgets what was answered so long ago that nobody asks for it again.
    pub(crate) async fn forget_answers(&self, tx: &WriteTx) -> Result<(), StoreError> {
        let before = self.service().real_now() - KEPT;
        tx.forget_answers(before).await.map(drop)
    }

    /// Keeps the answer under the caller's idempotency key.
    pub(crate) async fn remember(&self, tx: &WriteTx, answer: &Value) -> Result<(), Attempt> {
        match self.idempotency_key() {
            Some(key) => Ok(tx
                .answer(&self.caller().principal(), &key.kept()?, answer)
                .await?),
            None => Ok(()),
        }
    }
}

/// A key is some visible characters, and no more than clients need to make it theirs.
fn check(key: &str) -> Result<(), ServiceError> {
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
