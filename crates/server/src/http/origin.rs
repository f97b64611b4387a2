//! Pages of other origins (CORS): what a browser asks before it sends for them, and what lets them read. There are no
//! cookies, so nothing is ever sent along with a request that its page does not have.

use std::{fmt, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    response::Response,
};
use futures_util::future::BoxFuture;

/// Whether any organisation lists an origin.
#[derive(Clone)]
pub struct Listed(pub Arc<dyn Fn(String) -> BoxFuture<'static, bool> + Send + Sync>);

impl fmt::Debug for Listed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Listed")
    }
}

/// Ten minutes, in which a browser does not ask again.
const KEPT: &str = "600";

/// The origin of the page that asks, where a browser says so.
pub(super) fn origin(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::ORIGIN)?;
    value.to_str().ok().map(str::to_owned)
}

/// Lets a page of this origin read an answer with these headers.
pub(crate) fn let_read(headers: &mut HeaderMap, origin: &str) {
    let Ok(value) = HeaderValue::from_str(origin) else {
        return;
    };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
    let shown = HeaderValue::from_static("retry-after, x-request-id");
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, shown);
}

/// For whose page a browser asks before it sends; `None` when it is something else.
pub(super) fn asked_before(request: &Request<Body>) -> Option<String> {
    let headers = request.headers();
    let is_preflight = request.method() == Method::OPTIONS
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    origin(headers).filter(|_| is_preflight)
}

/// The answer to what a browser asks before it sends, where any organisation lists the origin.
pub(super) async fn preflight(listed: &Listed, asked: Option<String>) -> Option<Response> {
    let origin = asked?;
    if !(listed.0)(origin.clone()).await {
        return None;
    }
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "accept, accept-language, authorization, content-type, idempotency-key",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, KEPT),
        (
            header::VARY,
            "origin, access-control-request-method, access-control-request-headers",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let_read(headers, &origin);
    Some(answer)
}
