//! The page for people who open the endpoint in a browser.

use async_graphql::http::GraphiQLSource;
use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

/// GraphiQL against the endpoint at `path`.
pub(crate) fn page(path: &str) -> Response {
    let html = GraphiQLSource::build()
        .endpoint(path)
        .title("wederhoor")
        .finish();
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
        (header::VARY, HeaderValue::from_static("accept")),
    ];
    (headers, Html(html)).into_response()
}
