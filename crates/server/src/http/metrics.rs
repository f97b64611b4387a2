//! What Prometheus reads: `GET /metrics`, in the text format of `OpenMetrics`.

use std::sync::Arc;

use axum::{Router, http::header, routing::get};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::gateway::{RequestIds, named};

const PATH: &str = "/metrics";
const MEDIA: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What there is to read, for the request of an id, under which it is logged what cannot be found out.
pub type Readings = Arc<dyn Fn(Uuid) -> BoxFuture<'static, String> + Send + Sync>;

/// The route at which numbers are read.
pub fn metrics(readings: Readings, request_ids: RequestIds) -> Router {
    let read = move || {
        let (readings, request_id) = (readings.clone(), request_ids());
        async move {
            let text = readings(request_id).await;
            let answer = ([(header::CONTENT_TYPE, MEDIA)], text);
            named(
                axum::response::IntoResponse::into_response(answer),
                request_id,
            )
        }
    };
    Router::new().route(PATH, get(read))
}
