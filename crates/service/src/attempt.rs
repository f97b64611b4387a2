//! One try at a piece of work, and the next when somebody else was first.

use tracing::{Instrument, Span, field::Empty, info_span};
use wederhoor_store::{StoreError, TRACED, WriteTx};

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
pub(crate) async fn until_first<T, F, A>(mut attempt: A) -> Result<T, ServiceError>
where
    A: FnMut() -> F,
    F: Future<Output = Result<T, Attempt>>,
{
    let span = span_of(use_case(std::any::type_name::<A>()));
    for _ in 0..TRIES {
        match Box::pin(attempt()).instrument(span.clone()).await {
            Err(Attempt::Overtaken) => {}
            Err(Attempt::Failed(error)) => {
                if let ServiceError::Internal(_) | ServiceError::Unavailable(_) = error {
                    span.record("otel.status_code", "ERROR");
                }
                return Err(error);
            }
            Ok(done) => return Ok(done),
        }
    }
    Err(ServiceError::Conflict)
}

fn span_of(use_case: &str) -> Span {
    info_span!(target: TRACED, "use case", otel.name = use_case, otel.status_code = Empty)
}

/// The function in whose body an attempt is written, by the name that the compiler gives the attempt.
fn use_case(attempt: &str) -> &str {
    let mut parts = attempt.rsplit("::");
    let function = parts.find(|part| part.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    function.unwrap_or("use case")
}

pub(crate) async fn commit(tx: WriteTx) -> Result<(), Attempt> {
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests;
