//! Whether this process can do its work: looked at when it is asked, by one at a time and once a second at most, whoever asks
//! and however often.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
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
const ABSENT: TimeDelta = TimeDelta::minutes(2);
/// After how long a letter is late: a mail server that is away for a moment is no news.
const LATE: TimeDelta = TimeDelta::hours(1);

type Looked = Result<Health, ServiceError>;

/// The last look, and one that goes on though nobody waits for it any more.
#[derive(Default)]
struct Last {
    seen: Option<(Readiness, Instant)>,
    looking: Option<JoinHandle<Looked>>,
}

/// Whether a process over this service can do its work.
pub(super) fn ready(service: Service) -> Ready {
    by(move || {
        let service = service.clone();
        async move { service.health().await }
    })
}

/// As such a look finds it.
fn by<F>(look: impl Fn() -> F + Send + Sync + 'static) -> Ready
where
    F: Future<Output = Looked> + Send + 'static,
{
    let (look, last) = (Arc::new(look), Arc::<Mutex<Last>>::default());
    Arc::new(move |request_id| {
        let (look, last) = (look.clone(), last.clone());
        async move { last.lock().await.told(look.as_ref(), request_id).await }.boxed()
    })
}

impl Last {
    async fn told<F>(&mut self, look: &(impl Fn() -> F + Sync), request_id: Uuid) -> Readiness
    where
        F: Future<Output = Looked> + Send + 'static,
    {
        if let Some((seen, at)) = self.seen
            && at.elapsed() < FRESH
        {
            return seen;
        }
        // In a task of its own: who asks and leaves leaves no transaction behind.
        let looking = self.looking.take();
        let mut looking = looking.unwrap_or_else(|| tokio::spawn(look()));
        let seen = match timeout(PATIENCE, &mut looking).await {
            Ok(Ok(Ok(health))) => readiness(&health),
            Ok(Ok(Err(error))) => {
                tracing::error!(%request_id, %error, "not ready");
                Readiness::AWAY
            }
            Ok(Err(broken)) => {
                tracing::error!(%request_id, error = %broken, "not ready");
                Readiness::AWAY
            }
            Err(_) => {
                tracing::error!(%request_id, "not ready: the database does not answer in time");
                self.looking = Some(looking);
                Readiness::AWAY
            }
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
        database: DatabaseState::Ok,
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
