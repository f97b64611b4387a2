//! What a mail system says that came back: `POST /bounces`, with the bounce key of one organisation.

mod report;

use std::sync::Arc;

use async_graphql::{Response as GraphqlResponse, ServerError};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header, header::AUTHORIZATION},
    response::{IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use wederhoor_graphql::ErrorCode;
use wederhoor_service::{Bounce, BounceFate};

use super::{
    answer::{self, Words},
    asker::Asker,
    body,
    gateway::{Gateway, logged, single},
    json,
    negotiate::Media,
    refused::Refused,
};

/// Where it is said.
pub(super) const PATH: &str = "/bounces";
/// The most that is said at once.
const MOST: usize = 50;
/// How deep a list of objects is.
const NESTING: usize = 4;
/// The longest id, address and reason, in characters.
const LONGEST: [(&str, usize); 3] = [("messageId", 998), ("recipient", 320), ("reason", 4_000)];

/// Who says it.
pub struct BounceHead {
    /// Which request it is.
    pub asker: Asker,
    /// The `Authorization` header, as sent.
    pub authorization: Option<SecretString>,
}

/// What notes bounces, for as long as the request lasts.
pub type Noting = Box<
    dyn FnOnce(Vec<Bounce>) -> BoxFuture<'static, Result<Vec<BounceFate>, GraphqlResponse>> + Send,
>;

/// Who may say what came back: what notes it, or an answer that refuses.
pub type Bounces =
    Arc<dyn Fn(BounceHead) -> BoxFuture<'static, Result<Noting, GraphqlResponse>> + Send + Sync>;

pub(super) async fn serve(
    State(gateway): State<Gateway>,
    asker: Asker,
    request: Request,
) -> Response {
    let Asker {
        request_id, locale, ..
    } = asker;
    let answer = match noted(&gateway, asker, request).await {
        Ok(results) => {
            let kept = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
            (kept, axum::Json(results)).into_response()
        }
        Err(Not::Read(refused)) => {
            // What is at fault is never a document, which some clients are told of with 200.
            let status = refused.status.unwrap_or(StatusCode::BAD_REQUEST);
            let mut answer = answer::refusal(refused, Media::Json, request_id, locale);
            *answer.status_mut() = status;
            answer
        }
        Err(Not::Answered(refused)) => {
            let vocabulary = &gateway.vocabulary;
            let words = Words { vocabulary, locale };
            let is_on_hold = refused.errors.iter().any(is_of_suspended);
            let mut answer = answer::response(*refused, Media::GraphqlResponse, request_id, words);
            if is_on_hold {
                *answer.status_mut() = StatusCode::FORBIDDEN;
            }
            answer
        }
    };
    logged(answer, request_id)
}

fn is_of_suspended(error: &ServerError) -> bool {
    let code = error.extensions.as_ref().and_then(|all| all.get("code"));
    code == Some(&ErrorCode::TenantSuspended.as_str().into())
}

/// Why nothing was noted.
enum Not {
    /// The request cannot be read.
    Read(Refused),
    /// Whoever asks may not, or not now.
    Answered(Box<GraphqlResponse>),
}

impl From<Refused> for Not {
    fn from(refused: Refused) -> Self {
        Self::Read(refused)
    }
}

impl From<GraphqlResponse> for Not {
    fn from(refused: GraphqlResponse) -> Self {
        Self::Answered(Box::new(refused))
    }
}

async fn noted(gateway: &Gateway, asker: Asker, request: Request) -> Result<Value, Not> {
    let (parts, body) = request.into_parts();
    if parts.method != Method::POST {
        let words = ["Stuur een POST.", "Send a POST."];
        return Err(Refused::method("POST", words).into());
    }
    let head = BounceHead {
        asker,
        authorization: single(&parts.headers, &AUTHORIZATION)?.map(SecretString::from),
    };
    let note = (gateway.bounces)(head).await?;
    let limits = &gateway.limits;
    let bounces = if report::is_sent(&parts.headers) {
        report::bounces(&body::of_any_type(&parts.headers, body, limits).await?)?
    } else {
        let bytes = body::read(&parts.headers, body, limits).await?;
        bounces(json::read(&bytes, NESTING)?)?
    };
    let ids: Vec<String> = bounces.iter().map(|one| one.message_id.clone()).collect();
    let Ok(fates) = tokio::time::timeout(gateway.limits.answer_time, note(bounces)).await else {
        return Err(too_slow().into());
    };
    let results: Vec<Value> = ids
        .into_iter()
        .zip(fates?)
        .map(|(id, fate)| json!({ "messageId": id, "result": word(fate) }))
        .collect();
    Ok(json!({ "results": results }))
}

const fn word(fate: BounceFate) -> &'static str {
    match fate {
        BounceFate::Reported => "REPORTED",
        BounceFate::KnownAlready => "KNOWN_ALREADY",
        BounceFate::NotSent => "NOT_SENT",
        BounceFate::Elsewhere => "ELSEWHERE",
        BounceFate::Unknown => "UNKNOWN",
    }
}

/// One bounce, or a list of them.
fn bounces(value: Value) -> Result<Vec<Bounce>, Refused> {
    let one = match value {
        Value::Array(all) if all.is_empty() || all.len() > MOST => {
            return Err(Refused::malformed([
                format!("Stuur 1 tot {MOST} meldingen tegelijk."),
                format!("Send 1 to {MOST} bounces at a time."),
            ]));
        }
        Value::Array(all) => {
            let each = all.into_iter().enumerate();
            return each
                .map(|(place, one)| bounce(one, &format!("[{place}]")))
                .collect();
        }
        one => one,
    };
    Ok(vec![bounce(one, "")?])
}

/// One bounce; `place` is where it stands in the body.
fn bounce(value: Value, place: &str) -> Result<Bounce, Refused> {
    let Value::Object(mut fields) = value else {
        let what = if place.is_empty() {
            ["De inhoud", "The body"].map(str::to_owned)
        } else {
            [place.to_owned(), place.to_owned()]
        };
        let [nl, en] = what;
        return Err(Refused::malformed([
            format!("{nl} moet een JSON-object zijn."),
            format!("{en} must be a JSON object."),
        ]));
    };
    let prefix = if place.is_empty() {
        String::new()
    } else {
        format!("{place}.")
    };
    let [message_id, recipient, reason] =
        LONGEST.map(|(name, longest)| text(&mut fields, &prefix, name, longest));
    if !fields.is_empty() {
        // What stands there is not repeated: it may be anybody's address.
        return Err(Refused::malformed([
            format!("{prefix}*: stuur alleen messageId, recipient en reason."),
            format!("{prefix}*: send only messageId, recipient and reason."),
        ]));
    }
    let Some(message_id) = message_id? else {
        return Err(Refused::malformed([
            format!("{prefix}messageId ontbreekt."),
            format!("{prefix}messageId is missing."),
        ]));
    };
    Ok(Bounce {
        message_id,
        recipient: recipient?,
        reason: reason?,
    })
}

/// A text, unless it is left out.
fn text(
    fields: &mut Map<String, Value>,
    prefix: &str,
    name: &str,
    longest: usize,
) -> Result<Option<String>, Refused> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if (1..=longest).contains(&text.chars().count()) => {
            Ok(Some(text))
        }
        Some(_) => Err(Refused::malformed([
            format!("{prefix}{name} moet een tekst van 1 tot {longest} tekens zijn."),
            format!("{prefix}{name} must be a text of 1 to {longest} characters."),
        ])),
    }
}

fn too_slow() -> Refused {
    Refused::request(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Timeout,
        [
            "Het antwoord duurde te lang. Stuur het opnieuw: wat al is gemeld, blijft zo.",
            "The answer took too long. Send it again: what was noted stays so.",
        ],
    )
}

#[cfg(test)]
mod tests;
