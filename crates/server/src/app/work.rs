//! The worker: two tasks that never wait for each other, one for time and one for letters. Each wakes when something
//! may have fallen due, and works until nothing is. A third tells every process that time passes here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Context;
use tokio::{
    sync::{Mutex, Notify, watch},
    task::JoinHandle,
};
use wederhoor_service::{Carried, Carrier, OutgoingLetter, Service, ServiceError, Swept};

use super::{Post, Stopping};

/// How long the worker sleeps at most.
const NAP: Duration = Duration::from_secs(5);

/// How often it is told that the worker works.
const PULSE: Duration = Duration::from_secs(30);

/// How long a letter that is being handed over is still waited for when the program is to end.
const LAST_LETTER: Duration = Duration::from_secs(5);

/// Does all due work of this process, of each kind one sweep at a time: when a sweep returns, nothing it saw is under
/// way.
#[derive(Clone)]
pub struct Sweeper {
    service: Service,
    post: Arc<Post>,
    time: Arc<Mutex<()>>,
    letters: Arc<Mutex<()>>,
}

impl Sweeper {
    /// A sweeper over these use cases and this post.
    pub fn new(service: Service, post: Arc<Post>) -> Self {
        Self {
            service,
            post,
            time: Arc::default(),
            letters: Arc::default(),
        }
    }

    /// Lets all due time pass and sends all due letters.
    ///
    /// # Errors
    /// As [`Service::sweep`].
    pub async fn sweep(&self) -> Result<Swept, ServiceError> {
        let (_time, _letters) = (self.time.lock().await, self.letters.lock().await);
        self.service.sweep(self.post.as_ref()).await
    }

    /// Notifies `worked` at its end, and while it goes on.
    async fn pass_time(&self, stopping: &Stopping, worked: &Notify) -> Result<Swept, ServiceError> {
        let _turn = self.time.lock().await;
        let has_begun = AtomicBool::new(false);
        let is_closing = || {
            // Whoever asks again has done something since.
            if has_begun.swap(true, Ordering::Relaxed) {
                worked.notify_one();
            }
            *stopping.borrow()
        };
        let swept = self.service.pass_time(&is_closing).await?;
        worked.notify_one();
        Ok(swept)
    }

    async fn send_letters(&self, stopping: &Stopping) -> Result<Swept, ServiceError> {
        let _turn = self.letters.lock().await;
        let post = Closing {
            post: &self.post,
            stopping,
        };
        self.service.send_letters(&post).await
    }
}

/// The post while the program may be asked to end.
struct Closing<'a> {
    post: &'a Post,
    stopping: &'a Stopping,
}

impl Carrier for Closing<'_> {
    fn is_open(&self) -> bool {
        self.post.is_open()
    }

    fn is_closing(&self) -> bool {
        *self.stopping.borrow()
    }

    async fn carry(&self, letter: OutgoingLetter) -> Carried {
        let mut stopping = self.stopping.clone();
        let ends = async move {
            let _ = stopping.wait_for(|stop| *stop).await;
            tokio::time::sleep(LAST_LETTER).await;
        };
        tokio::select! {
            carried = self.post.carry(letter) => carried,
            () = ends => Carried::Unknown,
        }
    }
}

/// Wakes the worker's two tasks.
#[derive(Debug, Default)]
pub struct Wake {
    time: Notify,
    letters: Notify,
}

impl Wake {
    /// Something has happened: terms may be due, and letters may have been written.
    pub fn all(&self) {
        self.time.notify_one();
        self.letters.notify_one();
    }
}

/// A worker, until it is stopped.
pub struct Worker {
    stop: watch::Sender<bool>,
    tasks: [JoinHandle<()>; 3],
}

impl Worker {
    /// Starts working.
    pub fn start(sweeper: &Sweeper, wake: &Arc<Wake>) -> Self {
        let (stop, stopping) = watch::channel(false);
        let worked = Arc::<Notify>::default();
        let pulse = pulse(sweeper.service.clone(), worked.clone(), stopping.clone());
        let time = {
            let (sweeper, wake, stopping) = (sweeper.clone(), wake.clone(), stopping.clone());
            tokio::spawn(async move {
                let sweep = || {
                    let (sweeper, stopping) = (sweeper.clone(), stopping.clone());
                    let (wake, worked) = (wake.clone(), worked.clone());
                    async move {
                        let swept = sweeper.pass_time(&stopping, &worked).await?;
                        if swept.settled > 0 {
                            wake.letters.notify_one();
                        }
                        Ok(swept)
                    }
                };
                work("time", sweep, &wake.time, stopping.clone()).await;
            })
        };
        let letters = {
            let (sweeper, wake) = (sweeper.clone(), wake.clone());
            tokio::spawn(async move {
                let sweep = || {
                    let (sweeper, stopping) = (sweeper.clone(), stopping.clone());
                    async move { sweeper.send_letters(&stopping).await }
                };
                work("letters", sweep, &wake.letters, stopping.clone()).await;
            })
        };
        Self {
            stop,
            tasks: [time, letters, tokio::spawn(pulse)],
        }
    }

    /// Asks it to end.
    pub fn ask_to_stop(&self) {
        self.stop.send_replace(true);
    }

    /// Finishes the work at hand and stops; a letter that nobody takes is waited for a few seconds.
    ///
    /// # Errors
    /// When the worker failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.ask_to_stop();
        for task in self.tasks {
            task.await.context("the worker ended early")?;
        }
        Ok(())
    }
}

/// Sweeps again and again until it is to stop. A sweep that panics ends alone: the next one begins as after an error.
async fn work<F>(what: &'static str, sweep: impl Fn() -> F, wake: &Notify, mut stopping: Stopping)
where
    F: Future<Output = Result<Swept, ServiceError>> + Send + 'static,
{
    while !*stopping.borrow() {
        match tokio::spawn(sweep()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(what, %error, "due work waits"),
            Err(error) => tracing::error!(what, %error, "due work was broken off"),
        }
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(NAP) => {}
            stopped = stopping.wait_for(|stop| *stop) => if stopped.is_err() { return },
        }
    }
}

/// Tells every process from time to time that time passes here, as long as it does.
async fn pulse(service: Service, worked: Arc<Notify>, mut stopping: Stopping) {
    while !*stopping.borrow() {
        tokio::select! {
            () = worked.notified() => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
        if let Err(error) = service.note_worked().await {
            tracing::warn!(%error, "nobody can be told that a worker works");
        }
        tokio::select! {
            () = tokio::time::sleep(PULSE) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}

#[cfg(test)]
mod tests;
