//! One try at a piece of work, and the next when somebody else was first.

use wederhoor_store::{StoreError, WriteTx};

use crate::ServiceError;

/// How often a piece of work is tried again when others were first.
const TRIES: u32 = 25;

/// Why one attempt did not succeed.
pub(crate) enum Attempt {
    /// Someone else was first: it is worth another try from the start.
    Overtaken,
    /// It failed.
    Failed(ServiceError),
}

impl From<ServiceError> for Attempt {
    fn from(error: ServiceError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Attempt {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Overtaken,
            other => Self::Failed(other.into()),
        }
    }
}

impl From<serde_json::Error> for Attempt {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Tries until nobody else was first; each attempt is one write transaction.
///
/// # Errors
/// `Conflict` when others were first every time.
pub(crate) async fn until_first<T, F>(mut attempt: impl FnMut() -> F) -> Result<T, ServiceError>
where
    F: Future<Output = Result<T, Attempt>>,
{
    for _ in 0..TRIES {
        match Box::pin(attempt()).await {
            Err(Attempt::Overtaken) => {}
            Err(Attempt::Failed(error)) => return Err(error),
            Ok(done) => return Ok(done),
        }
    }
    Err(ServiceError::Conflict)
}

pub(crate) async fn commit(tx: WriteTx) -> Result<(), Attempt> {
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests;
