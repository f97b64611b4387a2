//! What probes ask: `GET /livez`, whether the process answers, and `GET /readyz`, whether it can do its work. Anybody may ask,
//! and is told no more than words and seconds; no rate counts it, as a probe must never be sent away, and the log keeps only
//! why a process is not ready.

use std::sync::Arc;

use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::future::BoxFuture;
use serde::Serialize;
use uuid::Uuid;

use super::gateway::{RequestIds, named};

const LIVE: &str = "/livez";
const READY: &str = "/readyz";

/// Whether the process can do its work, part by part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// Whether the database answers.
    pub database: DatabaseState,
    /// How its schema stands to what this program knows.
    pub schema: SchemaState,
    /// Whether a worker works, in whatever process, and seconds since it last did.
    pub workers: (WorkersState, Option<u64>),
    /// Whether letters go out, and for how many seconds the oldest has been due.
    pub outbox: (OutboxState, Option<u64>),
}

/// Whether the database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DatabaseState {
    /// It does.
    Ok,
    /// It is read, and takes no writing.
    ReadOnly,
    /// It does not, or not what it is asked.
    Failed,
}

/// How the schema stands to what this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SchemaState {
    /// The program works with it.
    Ok,
    /// A step is missing that the program knows.
    Older,
    /// It has a step that the program does not know and cannot work beside.
    Newer,
    /// The database does not say.
    Unknown,
}

/// Whether a worker works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WorkersState {
    /// One does.
    Ok,
    /// None has for a while: no due time passes.
    Absent,
    /// The database does not say.
    Unknown,
}

/// Whether letters go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OutboxState {
    /// None has been due for long.
    Ok,
    /// One has.
    Late,
    /// The database does not say.
    Unknown,
}

/// How it is found out, for the request of an id, under which it is logged why not.
pub type Ready = Arc<dyn Fn(Uuid) -> BoxFuture<'static, Readiness> + Send + Sync>;

impl Readiness {
    /// Where the database does not answer.
    pub const AWAY: Self = Self {
        database: DatabaseState::Failed,
        ..Self::OLDER_OR_AWAY
    };

    /// Where it has not all steps of the schema yet.
    pub const OLDER: Self = Self {
        schema: SchemaState::Older,
        ..Self::OLDER_OR_AWAY
    };

    const OLDER_OR_AWAY: Self = Self {
        database: DatabaseState::Ok,
        schema: SchemaState::Unknown,
        workers: (WorkersState::Unknown, None),
        outbox: (OutboxState::Unknown, None),
    };

    /// Whether requests may be sent, and work be left, to this process.
    pub fn is_ready(&self) -> bool {
        self.database != DatabaseState::Failed && self.schema == SchemaState::Ok
    }

    fn answer(&self) -> Response {
        let is_whole = self.database == DatabaseState::Ok
            && self.workers.0 == WorkersState::Ok
            && self.outbox.0 == OutboxState::Ok;
        let (code, status) = match (self.is_ready(), is_whole) {
            (true, true) => (StatusCode::OK, "ready"),
            (true, false) => (StatusCode::OK, "degraded"),
            (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "unready"),
        };
        let body = serde_json::json!({
            "status": status,
            "checks": {
                "database": { "status": self.database },
                "schema": { "status": self.schema },
                "workers": { "status": self.workers.0, "secondsSinceWork": self.workers.1 },
                "outbox": { "status": self.outbox.0, "secondsOverdue": self.outbox.1 },
            },
        });
        (code, Json(body)).into_response()
    }
}

/// The routes that probes ask.
pub fn probes(ready: Ready, request_ids: RequestIds) -> Router {
    let live = async || Json(serde_json::json!({ "status": "live" }));
    let ready = move || {
        let (ready, request_id) = (ready.clone(), request_ids());
        async move { named(ready(request_id).await.answer(), request_id) }
    };
    Router::new()
        .route(LIVE, get(live))
        .route(READY, get(ready))
}
