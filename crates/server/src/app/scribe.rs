//! Writes what was seen, a few seconds later and many at a time.

use std::time::Duration;

use anyhow::Context;
use tokio::{sync::watch, task::JoinHandle};
use wederhoor_service::{Service, ServiceError};

/// How long what was seen waits at most.
const PAUSE: Duration = Duration::from_secs(5);

/// Writes what was seen, until it is stopped.
pub(super) struct Scribe {
    service: Service,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Scribe {
    /// Starts writing.
    pub(super) fn start(service: &Service) -> Self {
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(write(service.clone(), stopping));
        Self {
            service: service.clone(),
            stop,
            task,
        }
    }

    /// Writes what is left, when nothing is asked any more, stops, and as the last to use the database closes it: a program
    /// that ends without waiting for that leaves SQLite's write-ahead log beside the file.
    ///
    /// # Errors
    /// When what is left cannot be written, or the database does not let go.
    pub(super) async fn stop(self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        self.task.await.context("what was seen is not written")?;
        let left = self.service.write_reads().await;
        self.service
            .close()
            .await
            .context("the database is not closed")?;
        left.context("what was seen is not written")?;
        Ok(())
    }
}

async fn write(service: Service, mut stopping: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
        match service.write_reads().await {
            Ok(_) => {}
            Err(ServiceError::Unavailable(why)) => {
                tracing::warn!(why, "what was seen waits to be written");
            }
            Err(error) => tracing::error!(%error, "what was seen waits to be written"),
        }
    }
}
