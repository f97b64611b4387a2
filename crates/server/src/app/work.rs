//! The worker: wakes when something may have fallen due, and works until nothing is.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};
use wederhoor_service::Service;

use super::{Post, Stopping};

/// How long the worker sleeps at most.
const NAP: Duration = Duration::from_secs(5);

/// A worker, until it is stopped or dropped.
pub struct Worker {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Worker {
    /// Starts working.
    pub fn start(service: Service, post: Arc<Post>, wake: Arc<Notify>) -> Self {
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(work(service, post, wake, stopping));
        Self { stop, task }
    }

    /// Finishes the work at hand and stops.
    ///
    /// # Errors
    /// When the worker failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        self.task.await.context("the worker ended early")
    }
}

async fn work(service: Service, post: Arc<Post>, wake: Arc<Notify>, mut stopping: Stopping) {
    while !*stopping.borrow() {
        if let Err(error) = service.sweep(post.as_ref()).await {
            tracing::error!(%error, "due work waits");
        }
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(NAP) => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }
}
