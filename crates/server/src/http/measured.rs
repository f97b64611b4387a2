//! What is noted of each answer, whatever it answers: numbers and names that stand in the program, and nothing of who asked.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::Method,
    middleware::{Next, from_fn},
    response::Response,
};
use tokio::time::Instant;
use tracing::{Instrument, Span, field::Empty, info_span};
use wederhoor_graphql::ErrorCode;
use wederhoor_store::TRACED;

/// What is asked again and again.
const PROBES: [&str; 2] = ["/livez", "/readyz"];

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

/// The span of a request; of a probe none, as nobody looks for that.
fn span_of(method: &Method, route: &str) -> Span {
    if PROBES.contains(&route) {
        return Span::none();
    }
    let known = [Method::GET, Method::POST, Method::HEAD, Method::OPTIONS];
    let known = known.iter().find(|one| *one == method);
    let method = known.map_or("_OTHER", |known| known.as_str());
    info_span!(
        target: TRACED,
        "http",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
    )
}

/// The routes, each of whose answers is noted.
pub(crate) fn measured(routes: Router, observe: Observe) -> Router {
    routes.layer(from_fn(move |request: Request, next: Next| {
        let (observe, begun) = (observe.clone(), Instant::now());
        let route = request.extensions().get::<MatchedPath>().cloned();
        async move {
            let route = route.as_ref().map_or(NOWHERE, MatchedPath::as_str);
            let span = span_of(request.method(), route);
            let answer = next.run(request).instrument(span.clone()).await;
            let status = i64::from(answer.status().as_u16());
            span.record("http.response.status_code", status);
            if answer.status().is_server_error() {
                span.record("otel.status_code", "ERROR");
            }
            observe(&Answered {
                route,
                status: answer.status().as_u16(),
                took: begun.elapsed(),
                refused: answer.extensions().get::<ErrorCode>().copied(),
            });
            answer
        }
    }))
}
