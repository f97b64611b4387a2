//! The one connection of a process by which PostgreSQL tells it what others have changed.

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::{sync::broadcast::Sender, task::AbortHandle};

use super::{Hint, Told};
use crate::{StoreError, error::of_driver};

/// Where hints are sent and listened to.
pub(super) const CHANNEL: &str = "wederhoor";
/// How long to wait for the connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to rest before it is tried again.
const REST: Duration = Duration::from_secs(1);

/// Listens until it is dropped.
pub(super) struct Listening {
    task: AbortHandle,
}

impl Listening {
    /// Listens: what is committed from now on is told.
    pub(super) async fn begin(url: &str, told: Sender<Told>) -> Result<Self, StoreError> {
        let first = connect(url).await?;
        let task = tokio::spawn(listen(url.to_owned(), first, told));
        Ok(Self {
            task: task.abort_handle(),
        })
    }

    pub(super) fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn connect(url: &str) -> Result<PgListener, StoreError> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .acquire_timeout(PATIENCE)
        .connect(url)
        .await
        .map_err(|error| of_driver(&error))?;
    let listening = PgListener::connect_with(&pool).await;
    let mut listener = listening.map_err(|error| of_driver(&error))?;
    listener.eager_reconnect(false);
    let began = listener.listen(CHANNEL).await;
    began.map_err(|error| of_driver(&error))?;
    Ok(listener)
}

/// Tells what is heard. Whenever nothing could be heard for a while, everybody is to look.
async fn listen(url: String, first: PgListener, told: Sender<Told>) {
    let mut listener = first;
    loop {
        while let Ok(Some(heard)) = listener.try_recv().await {
            if let Some(hint) = Hint::read(heard.payload()) {
                // Nobody may be watching.
                let _ = told.send(Told::Hint(hint));
            }
        }
        tracing::warn!("the database tells of no changes now");
        listener = loop {
            match connect(&url).await {
                Ok(listener) => break listener,
                Err(error) => tracing::debug!(%error, "the database cannot be listened to"),
            }
            tokio::time::sleep(REST).await;
        };
        let _ = told.send(Told::Anything);
    }
}
