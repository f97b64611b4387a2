//! Work that takes a core or much memory: off the async threads, behind them where the cores are scarce, a few at a time, with
//! a bounded number waiting their turn.

use std::{sync::Arc, thread};

use tokio::sync::{Semaphore, oneshot};

use crate::ServiceError;

/// How many may wait for their turn, for each that is done: more would wait longer than anybody does.
pub(crate) const WAITING: usize = 16;

/// How far a thread steps back (`nice`): about a tenth of what others get where all want the same core, so that a flood of
/// reading does not keep who signs in waiting for ever.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

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
        let (tell, done) = oneshot::channel();
        // A thread of its own, because its priority cannot be raised again; beside such work one costs nothing.
        let begun = thread::Builder::new().name("in turn".to_owned());
        let begun = begun.spawn(move || {
            give_way();
            let worked = work();
            drop((turn, place));
            let _nobody_waits_any_more = tell.send(worked);
        });
        begun.map_err(|error| ServiceError::Unavailable(format!("no thread: {error}")))?;
        done.await
            .map_err(|_| ServiceError::Internal("work in turn ended without an answer".to_owned()))
    }
}

/// Lets every other thread go before this one, so that who reads does not wait for who signs in. Linux only: elsewhere a
/// priority is that of the whole program.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "priority stays");
    }
}
