//! The worker: wakes when something may have fallen due, and works until nothing is.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use tokio::{
    sync::{Mutex, Notify, watch},
    task::JoinHandle,
};
use wederhoor_service::{Service, ServiceError, Swept};

use super::{Post, Stopping};

/// How long the worker sleeps at most.
const NAP: Duration = Duration::from_secs(5);

/// Does all due work of this process, one sweep at a time: when a sweep returns, nothing it saw is under way.
#[derive(Clone)]
pub struct Sweeper {
    service: Service,
    post: Arc<Post>,
    turn: Arc<Mutex<()>>,
}

impl Sweeper {
    /// A sweeper over these use cases and this post.
    pub fn new(service: Service, post: Arc<Post>) -> Self {
        let turn = Arc::default();
        Self {
            service,
            post,
            turn,
        }
    }

    /// Lets all due time pass and sends all due letters.
    ///
    /// # Errors
    /// As [`Service::sweep`].
    pub async fn sweep(&self) -> Result<Swept, ServiceError> {
        let _turn = self.turn.lock().await;
        self.service.sweep(self.post.as_ref()).await
    }
}

/// A worker, until it is stopped or dropped.
pub struct Worker {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Worker {
    /// Starts working.
    pub fn start(sweeper: Sweeper, wake: Arc<Notify>) -> Self {
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(work(sweeper, wake, stopping));
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

async fn work(sweeper: Sweeper, wake: Arc<Notify>, mut stopping: Stopping) {
    while !*stopping.borrow() {
        if let Err(error) = sweeper.sweep().await {
            tracing::error!(%error, "due work waits");
        }
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(NAP) => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }
}
