//! Whether this process can do its work: looked at when it is asked, by one at a time and once a second at most, whoever asks
//! and however often.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::{FutureExt, future::BoxFuture};
use tokio::{
    sync::Mutex,
    task::JoinHandle,
    time::{Instant, timeout},
};
use uuid::Uuid;
use wederhoor_migration::Standing;
use wederhoor_service::{Health, Service, ServiceError};

use crate::http::{DatabaseState, OutboxState, Readiness, Ready, SchemaState, WorkersState};

/// How long one look is told to all who ask.
const FRESH: Duration = Duration::from_secs(1);
/// How long a look is waited for: longer than for a connection of a pool that is in full use.
const PATIENCE: Duration = Duration::from_secs(3);
/// After how long without work no worker is there; each says several times in that time that it works.
pub(crate) const ABSENT: TimeDelta = TimeDelta::minutes(2);
/// After how long a letter is late: a mail server that is away for a moment is no news.
pub(crate) const LATE: TimeDelta = TimeDelta::hours(1);

type Looked = Result<Health, ServiceError>;

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) readiness: Readiness,
    /// How many pieces of work fail again and again, where the database says.
    pub(super) stuck: Option<u64>,
}

/// Looks for all who ask.
#[derive(Clone)]
pub(super) struct Looking {
    look: Arc<dyn Fn() -> BoxFuture<'static, Looked> + Send + Sync>,
    last: Arc<Mutex<Last>>,
}

/// The last look, and one that goes on though nobody waits for it any more.
#[derive(Default)]
struct Last {
    seen: Option<(Seen, Instant)>,
    looking: Option<JoinHandle<Looked>>,
}

impl Looking {
    /// Whether a process over this service can do its work.
    pub(super) fn over(service: Service) -> Self {
        Self::by(move || {
            let service = service.clone();
            async move { service.health().await }
        })
    }

    /// As such a look finds it.
    fn by<F>(look: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Looked> + Send + 'static,
    {
        Self {
            look: Arc::new(move || look().boxed()),
            last: Arc::default(),
        }
    }

    /// What is told to probes.
    pub(super) fn ready(&self) -> Ready {
        let looking = self.clone();
        Arc::new(move |request_id| {
            let looking = looking.clone();
            async move { looking.seen(request_id).await.readiness }.boxed()
        })
    }

    /// What is found, for the request of an id.
    pub(super) async fn seen(&self, request_id: Uuid) -> Seen {
        let look = self.look.as_ref();
        self.last.lock().await.told(look, request_id).await
    }
}

impl Last {
    async fn told(
        &mut self,
        look: &(dyn Fn() -> BoxFuture<'static, Looked> + Send + Sync),
        request_id: Uuid,
    ) -> Seen {
        if let Some((seen, at)) = self.seen
            && at.elapsed() < FRESH
        {
            return seen;
        }
        // In a task of its own: who asks and leaves leaves no transaction behind.
        let looking = self.looking.take();
        let mut looking = looking.unwrap_or_else(|| tokio::spawn(look()));
        let health = match timeout(PATIENCE, &mut looking).await {
            Ok(Ok(Ok(health))) => Some(health),
            Ok(Ok(Err(error))) => {
                tracing::error!(%request_id, %error, "not ready");
                None
            }
            Ok(Err(broken)) => {
                tracing::error!(%request_id, error = %broken, "not ready");
                None
            }
            Err(_) => {
                tracing::error!(%request_id, "not ready: the database does not answer in time");
                self.looking = Some(looking);
                None
            }
        };
        let seen = Seen {
            readiness: health.as_ref().map_or(Readiness::AWAY, readiness),
            stuck: health.map(|health| health.stuck),
        };
        self.seen = Some((seen, Instant::now()));
        seen
    }
}

fn readiness(health: &Health) -> Readiness {
    let seconds = |length: TimeDelta| u64::try_from(length.num_seconds()).unwrap_or_default();
    let works = health.since_work.is_some_and(|since| since < ABSENT);
    let is_late = health.oldest_letter.is_some_and(|due| due > LATE);
    Readiness {
        database: if health.is_writable {
            DatabaseState::Ok
        } else {
            DatabaseState::ReadOnly
        },
        schema: match Standing::of(&health.steps) {
            Standing::Complete { .. } => SchemaState::Ok,
            Standing::Older(_) => SchemaState::Older,
            Standing::Newer(_) => SchemaState::Newer,
        },
        workers: (
            if works {
                WorkersState::Ok
            } else {
                WorkersState::Absent
            },
            health.since_work.map(seconds),
        ),
        outbox: (
            if is_late {
                OutboxState::Late
            } else {
                OutboxState::Ok
            },
            health.oldest_letter.map(seconds),
        ),
    }
}

#[cfg(test)]
mod tests;
