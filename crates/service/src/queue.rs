//! Work that takes a core or much memory: off the async threads, a few at a time, with a bounded number waiting their turn.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ServiceError;

/// How many may wait for their turn, for each that is done: more would wait longer than anybody does.
pub(crate) const WAITING: usize = 16;

/// Turns for work of one kind.
pub(crate) struct Queue {
    pub(crate) turn: Arc<Semaphore>,
    place: Arc<Semaphore>,
}

impl Queue {
    /// One where so much is done at a time.
    pub(crate) fn of(at_a_time: usize) -> Self {
        let at_a_time = at_a_time.max(1);
        Self {
            turn: Arc::new(Semaphore::new(at_a_time)),
            place: Arc::new(Semaphore::new(at_a_time.saturating_mul(1 + WAITING))),
        }
    }

    /// Does the work when its turn has come. Who stops waiting for what has begun keeps its turn until it is done.
    ///
    /// # Errors
    /// `Unavailable` when too many wait.
    pub(crate) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        let place = self.place.clone().try_acquire_owned();
        let place = place.map_err(|_| ServiceError::Unavailable("too many wait".to_owned()))?;
        let turn = self.turn.clone().acquire_owned().await;
        let turn = turn.map_err(|_| ServiceError::Internal("turns are over".to_owned()))?;
        let done = tokio::task::spawn_blocking(move || {
            let _held: [OwnedSemaphorePermit; 2] = [turn, place];
            work()
        });
        done.await
            .map_err(|error| ServiceError::Internal(format!("work in turn: {error}")))
    }
}
