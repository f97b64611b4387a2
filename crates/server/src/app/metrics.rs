//! What is read of a running program: what it counted, how the platform is doing, and, where it works, what waits in all
//! organisations.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::Router;
use futures_util::FutureExt;
use tokio::time::Instant;
use wederhoor_service::{Census, Service};

use super::{health::Looking, request_ids};
use crate::{
    http::{self, Answered, WorkersState, measured},
    metrics::{Metrics, Sample},
};

/// How long a census counts as true: it asks something of every organisation.
const KEPT: Duration = Duration::from_mins(5);

/// What a program counts, and where it looks for the rest.
#[derive(Clone)]
pub struct Numbers {
    pub(super) metrics: Arc<Metrics>,
    pub(super) service: Service,
    pub(super) looking: Looking,
    /// When the process was ready to work.
    pub(super) began_at: Instant,
}

/// The last census, which is taken when somebody reads and the one before is old.
#[derive(Default)]
struct Censuses {
    taken: Option<Census>,
    begun_at: Option<Instant>,
}

impl Numbers {
    /// The routes, each of whose answers is counted.
    pub(super) fn count(&self, routes: Router) -> Router {
        let metrics = self.metrics.clone();
        let observe = Arc::new(move |answered: &Answered<'_>| metrics.answered(answered));
        measured(routes, observe)
    }

    /// The route at which they are read. Of several processes one that works counts what waits everywhere: the others need
    /// not.
    pub fn routes(&self, works: bool) -> Router {
        let (numbers, censuses) = (self.clone(), Arc::<Mutex<Censuses>>::default());
        let read = move |request_id| {
            let (numbers, censuses) = (numbers.clone(), censuses.clone());
            async move {
                let seen = numbers.looking.seen(request_id).await;
                if works {
                    take_census(&numbers.service, &censuses);
                }
                let census = held(&censuses).taken;
                let idle = match seen.readiness.workers {
                    (WorkersState::Absent, None) => Some(numbers.began_at.elapsed().as_secs()),
                    (_, known) => known,
                };
                numbers.metrics.text(&Sample {
                    service: numbers.service.clone(),
                    readiness: seen.readiness,
                    idle,
                    stuck: seen.stuck,
                    census,
                })
            }
            .boxed()
        };
        http::metrics(Arc::new(read), request_ids())
    }
}

/// Begins with a census when the last one is old. Nobody waits for it: it is read the next time.
fn take_census(service: &Service, censuses: &Arc<Mutex<Censuses>>) {
    {
        let mut last = held(censuses);
        if last.begun_at.is_some_and(|at| at.elapsed() < KEPT) {
            return;
        }
        last.begun_at = Some(Instant::now());
    }
    let (service, censuses) = (service.clone(), censuses.clone());
    tokio::spawn(async move {
        let taken = service.census().await;
        if let Err(error) = &taken {
            tracing::warn!(%error, "what waits in all organisations cannot be counted");
        }
        let mut last = held(&censuses);
        last.taken = taken.ok();
        if last.taken.is_none() {
            // Whoever reads next tries again.
            last.begun_at = None;
        }
    });
}

fn held(censuses: &Mutex<Censuses>) -> MutexGuard<'_, Censuses> {
    censuses.lock().unwrap_or_else(PoisonError::into_inner)
}
