//! What the demo tells scripts and tests: its people, its letters, queries that are ready for somebody.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use wederhoor_graphql::{complaint_id, letter_id};
use wederhoor_service::{LetterChannel, LetterRecord};

use super::{Pages, people, queries};
use crate::demo::PASSWORD;

/// How many letters of an organisation are shown, the newest: the answer says so.
const MOST_LETTERS: u64 = 1000;

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

pub(super) async fn people(State(pages): State<Arc<Pages>>) -> Response {
    let world = &pages.demo.world;
    let people: Vec<_> = world.people.iter().map(people::entry).collect();
    Json(json!({ "password": PASSWORD, "people": people, "courses": world.courses }))
        .into_response()
}

pub(super) async fn mail(State(pages): State<Arc<Pages>>) -> Response {
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
    let answer = json!({ "newestPerOrganisation": MOST_LETTERS, "letters": letters });
    Json(answer).into_response()
}

fn shown(organisation: &str, letter: LetterRecord) -> Letter {
    let draft = letter.draft;
    Letter {
        id: letter_id(draft.id),
        organisation: organisation.to_owned(),
        complaint_id: draft.complaint_id.map(complaint_id),
        kind: draft.kind,
        channel: format!("{:?}", draft.channel).to_lowercase(),
        to: draft
            .to_address
            .filter(|_| draft.channel == LetterChannel::Mail),
        status: format!("{:?}", letter.status).to_lowercase(),
        created_at: draft.created_at,
        subject: draft.subject,
        text: draft.text,
        html: draft.html,
    }
}

/// Whom queries are to be ready for.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// `livp/admin`; nothing for nobody.
    #[serde(default)]
    r#as: String,
    /// The operation that is to stand first.
    #[serde(default)]
    open: String,
    /// The complaint (*kenmerk*) that `open` is about.
    #[serde(default)]
    reference: String,
}

pub(super) async fn queries(
    State(pages): State<Arc<Pages>>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let world = &pages.demo.world;
    let reference = Some(wanted.reference.as_str()).filter(|reference| !reference.is_empty());
    let tabs = queries::ready(world, &wanted.r#as, &wanted.open, reference, pages.now());
    Json(json!({ "tabs": tabs })).into_response()
}
