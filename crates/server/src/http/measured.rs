//! What is noted of each answer, whatever it answers: numbers and names that stand in the program, and nothing of who asked.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::{Next, from_fn},
    response::Response,
};
use tokio::time::Instant;
use wederhoor_graphql::ErrorCode;

/// Where no route is.
const NOWHERE: &str = "other";

/// An answer of which the head is made; a stream may go on.
pub(crate) struct Answered<'a> {
    /// The route, as the program names it.
    pub(crate) route: &'a str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// How long it took.
    pub(crate) took: Duration,
    /// Why what was asked was not even begun, where it was not.
    pub(crate) refused: Option<ErrorCode>,
}

/// Notes an answer.
pub(crate) type Observe = Arc<dyn Fn(&Answered<'_>) + Send + Sync>;

/// Marks an answer as one to a request that was refused before anything was done.
pub(super) fn mark(answer: &mut Response, code: ErrorCode) {
    answer.extensions_mut().insert(code);
}

/// The routes, each of whose answers is noted.
pub(crate) fn measured(routes: Router, observe: Observe) -> Router {
    routes.layer(from_fn(move |request: Request, next: Next| {
        let (observe, begun) = (observe.clone(), Instant::now());
        let route = request.extensions().get::<MatchedPath>().cloned();
        async move {
            let answer = next.run(request).await;
            observe(&Answered {
                route: route.as_ref().map_or(NOWHERE, MatchedPath::as_str),
                status: answer.status().as_u16(),
                took: begun.elapsed(),
                refused: answer.extensions().get::<ErrorCode>().copied(),
            });
            answer
        }
    }))
}
