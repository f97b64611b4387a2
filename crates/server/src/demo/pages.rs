//! The demo's own addresses: its people, its letters, its clock.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use wederhoor_graphql::{complaint_id, letter_id};
use wederhoor_service::{Clock, Service};

use super::{Demo, PASSWORD, Target};
use crate::app::Sweeper;

/// How many letters of an organisation are shown.
const MOST_LETTERS: u64 = 1000;

struct Pages {
    service: Service,
    sweeper: Sweeper,
    demo: Demo,
}

/// Where the clock is to go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Move {
    now: Option<DateTime<Utc>>,
    advance_days: Option<u32>,
}

/// A letter as its reader would see it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Letter {
    id: String,
    organisation: String,
    complaint_id: Option<String>,
    kind: String,
    channel: String,
    to: Option<String>,
    status: String,
    created_at: DateTime<Utc>,
    subject: String,
    text: String,
    html: String,
}

pub(super) fn routes(service: Service, sweeper: Sweeper, demo: Demo) -> Router {
    Router::new()
        .route("/demo/people.json", get(people))
        .route("/demo/mail.json", get(mail))
        .route("/demo/clock", get(clock).post(move_clock))
        .route("/demo/clock/", post(move_clock))
        .with_state(Arc::new(Pages {
            service,
            sweeper,
            demo,
        }))
}

async fn people(State(pages): State<Arc<Pages>>) -> Response {
    let people = &pages.demo.world.people;
    Json(json!({ "password": PASSWORD, "people": people, "courses": pages.demo.world.courses }))
        .into_response()
}

async fn clock(State(pages): State<Arc<Pages>>) -> Response {
    Json(json!({ "now": pages.demo.clock.now() })).into_response()
}

async fn move_clock(State(pages): State<Arc<Pages>>, body: axum::body::Bytes) -> Response {
    let wanted: Move = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(_) => {
            return wrong("send {\"now\": \"2026-03-02T09:00:00Z\"} or {\"advanceDays\": 28}");
        }
    };
    let target = match (wanted.now, wanted.advance_days) {
        (Some(now), None) => Target::Instant(now),
        (None, Some(days)) => Target::Later(TimeDelta::days(days.into())),
        _ => return wrong("send either \"now\" or \"advanceDays\""),
    };
    match pages.demo.move_to(&pages.sweeper, target).await {
        Ok(now) => Json(json!({ "now": now })).into_response(),
        Err(error) if error.is::<crate::clock::CannotMove>() => wrong(&error.to_string()),
        Err(error) => {
            tracing::error!(%error, "the demo's clock was moved, but not all due work was done");
            let body = Json(json!({ "error": "not all due work could be done" }));
            (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
        }
    }
}

fn wrong(what: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": what }))).into_response()
}

async fn mail(State(pages): State<Arc<Pages>>) -> Response {
    let mut letters = Vec::new();
    for (tenant, slug) in &pages.demo.world.tenants {
        match pages.service.newest_letters(*tenant, MOST_LETTERS).await {
            Ok(newest) => letters.extend(newest.into_iter().map(|letter| shown(slug, letter))),
            Err(error) => {
                tracing::error!(%error, "the demo's letters cannot be read");
                return (
                    StatusCode::SERVICE_UNAVAILABLE,
                    Json(json!({ "error": "no letters now" })),
                )
                    .into_response();
            }
        }
    }
    letters.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
    Json(json!({ "letters": letters })).into_response()
}

fn shown(organisation: &str, letter: wederhoor_service::LetterRecord) -> Letter {
    let draft = letter.draft;
    Letter {
        id: letter_id(draft.id),
        organisation: organisation.to_owned(),
        complaint_id: draft.complaint_id.map(complaint_id),
        kind: draft.kind,
        channel: format!("{:?}", draft.channel).to_lowercase(),
        to: draft.to_address,
        status: format!("{:?}", letter.status).to_lowercase(),
        created_at: draft.created_at,
        subject: draft.subject,
        text: draft.text,
        html: draft.html,
    }
}
