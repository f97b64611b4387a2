//! The procedure's clock: where it stands, and moving it.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;

use super::Pages;
use crate::demo::Target;

/// Where the clock is to go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Move {
    now: Option<DateTime<Utc>>,
    advance_days: Option<u32>,
}

pub(super) async fn show(State(pages): State<Arc<Pages>>) -> Response {
    Json(json!({ "now": pages.now() })).into_response()
}

/// Moves the clock. A page of another site may not: the browser says whose page asks.
pub(super) async fn go(
    State(pages): State<Arc<Pages>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let site = headers.get("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return wrong(
            StatusCode::FORBIDDEN,
            "only the demo's own pages move its clock",
        );
    }
    let wanted: Move = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(_) => {
            return wrong(
                StatusCode::BAD_REQUEST,
                "send {\"now\": \"2026-03-02T09:00:00Z\"} or {\"advanceDays\": 28}",
            );
        }
    };
    let target = match (wanted.now, wanted.advance_days) {
        (Some(now), None) => Target::Instant(now),
        (None, Some(days)) => Target::Later(TimeDelta::days(days.into())),
        _ => {
            return wrong(
                StatusCode::BAD_REQUEST,
                "send either \"now\" or \"advanceDays\"",
            );
        }
    };
    // Who hangs up does not leave the clock halfway.
    let walk = tokio::spawn(async move {
        let Pages {
            service,
            sweeper,
            demo,
        } = &*pages;
        demo.move_to(service, sweeper, target).await
    });
    match walk.await.map_err(anyhow::Error::from).flatten() {
        Ok(now) => Json(json!({ "now": now })).into_response(),
        Err(error) if error.is::<crate::clock::CannotMove>() => {
            wrong(StatusCode::BAD_REQUEST, &error.to_string())
        }
        Err(error) => {
            tracing::error!(%error, "the demo's clock was moved, but not all due work was done");
            wrong(
                StatusCode::SERVICE_UNAVAILABLE,
                "not all due work could be done",
            )
        }
    }
}

fn wrong(status: StatusCode, what: &str) -> Response {
    (status, Json(json!({ "error": what }))).into_response()
}
