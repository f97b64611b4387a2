//! From a GraphQL response to an HTTP answer: which errors are shown, and which status they get.

use std::collections::BTreeMap;

use async_graphql::{Response, ServerError, Value};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
};
use serde::Serialize;
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::Locale;

use super::{
    language::{OUR_FAULT, in_words},
    measured,
    negotiate::Media,
    refused::{MESSAGE_LENGTH, Refused},
    uncoerced,
    vocabulary::Vocabulary,
};

/// The most errors that an answer to a faulty document names: enough to mend it, too few to make a small request into a
/// large answer.
const MOST_ERRORS: usize = 10;
/// How to come in.
pub(super) const BEARER: HeaderValue = HeaderValue::from_static("Bearer");

/// What messages of the library become.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    /// The words that a message may have.
    pub(crate) vocabulary: &'a Vocabulary,
    /// The language that the client asks for.
    pub(crate) locale: Locale,
}

/// The answer to a request that was executed, or that the schema refused.
pub(crate) fn response(
    response: Response,
    media: Media,
    request_id: Uuid,
    words: Words<'_>,
) -> axum::response::Response {
    told_response(told(response, request_id, words), media)
}

/// The answer that tells a response.
pub(crate) fn told_response(told: Told, media: Media) -> axum::response::Response {
    let (response, is_request_error) = (&told.response, told.is_request_error);
    let status = match media {
        Media::GraphqlResponse if is_request_error => status_of(&response.errors),
        _ => StatusCode::OK,
    };
    let mut answer = json(status, media, &told.document());
    if let Some(seconds) = wait(&response.data, &response.errors) {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer.headers_mut().extend(told.response.http_headers);
    answer
}

/// A response of which clients may read everything.
pub(crate) struct Told {
    pub(crate) response: Response,
    /// Whether nothing was executed: it has no data then.
    pub(crate) is_request_error: bool,
}

impl Told {
    /// As a result of a stream: what has no data at all ends it, or it was not begun.
    pub(crate) fn in_stream(mut self) -> Self {
        if self.response.data == Value::Null && !self.response.errors.is_empty() {
            self.is_request_error = true;
            for error in &mut self.response.errors {
                error.path.clear();
            }
        }
        self
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Vec<u8> {
        in_json(&self.document())
    }

    fn document(&self) -> Document<'_> {
        Document {
            errors: &self.response.errors,
            data: (!self.is_request_error).then_some(&self.response.data),
            extensions: &self.response.extensions,
        }
    }
}

/// Takes from a response what no client may read.
pub(crate) fn told(mut response: Response, request_id: Uuid, words: Words<'_>) -> Told {
    // Variables are coerced as late as the fields that they stand in.
    let is_of_request = |error: &ServerError| error.path.is_empty() || is_uncoerced(error);
    let is_request_error = response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(is_of_request);
    for error in &mut response.errors {
        present(error, request_id, words);
        if is_request_error {
            error.path.clear();
        }
    }
    if is_request_error {
        response.errors.truncate(MOST_ERRORS);
    }
    Told {
        response,
        is_request_error,
    }
}

/// In how many seconds to try again, where nothing of what was asked is answered because it was asked too often.
fn wait(data: &Value, errors: &[ServerError]) -> Option<u64> {
    let is_nothing = match data {
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        other => *other == Value::Null,
    };
    let waits = errors.iter().map(ErrorCode::retry_after);
    let waits: Option<Vec<u64>> = waits.collect();
    waits.filter(|_| is_nothing)?.into_iter().max()
}

/// The answer to a request that was refused before execution.
pub(crate) fn refusal(
    refused: Refused,
    media: Media,
    request_id: Uuid,
    locale: Locale,
) -> axum::response::Response {
    let (code, allow) = (refused.code, refused.allow_header());
    let document_status = match media {
        Media::GraphqlResponse => StatusCode::BAD_REQUEST,
        Media::Json => StatusCode::OK,
    };
    let status = refused.status.unwrap_or(document_status);
    let mut error = refused.into_error(locale);
    finish(&mut error, request_id);
    let body = Document {
        errors: &[error],
        data: None,
        extensions: &BTreeMap::new(),
    };
    let mut answer = json(status, media, &body);
    answer.headers_mut().extend(allow);
    measured::mark(&mut answer, code);
    answer
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

fn in_json(body: &Document<'_>) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_else(|error| {
        tracing::error!(%error, "an answer could not be written as JSON");
        br#"{"errors":[{"message":"Something went wrong on our side.","extensions":{"code":"INTERNAL"}}]}"#.to_vec()
    })
}

fn json(status: StatusCode, media: Media, body: &Document<'_>) -> axum::response::Response {
    let mut answer = axum::response::Response::new(Body::from(in_json(body)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media.content_type()),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept, accept-language, authorization, origin"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::UNAUTHORIZED {
        // No other way is named: a browser would ask for a password.
        headers.insert(header::WWW_AUTHENTICATE, BEARER);
    }
    answer
}

/// Gives an error its code, and takes from it what no client may read. An error without a code that is not about the
/// request is ours, whatever it is: it is logged here, once, and shown as INTERNAL.
fn present(error: &mut ServerError, request_id: Uuid, words: Words<'_>) {
    let has_code = ErrorCode::of(error).is_some();
    let Words { vocabulary, locale } = words;
    let is_of_the_library = !has_code || is_about_document(error);
    if let Some(why) = error.source::<String>() {
        tracing::warn!(%request_id, path = %path_of(error), why, "a field cannot be answered now");
    }
    if !has_code && !is_about_document(error) && !is_uncoerced(error) {
        tracing::error!(%request_id, path = %path_of(error), error = %shortened(&error.message), "a field failed");
        in_words(OUR_FAULT, locale).clone_into(&mut error.message);
        ErrorCode::Internal.mark(error);
    } else if is_of_the_library {
        let of_a_value = uncoerced::in_words(&error.message, vocabulary, locale);
        error.message = of_a_value.unwrap_or_else(|| vocabulary.told(&error.message));
        if !has_code {
            ErrorCode::BadRequest.mark(error);
        }
    }
    finish(error, request_id);
}

/// As [`finish`], of an error that goes by itself.
pub(crate) fn finished(mut error: ServerError, request_id: Uuid) -> ServerError {
    finish(&mut error, request_id);
    error
}

/// What every error has: few words, and the id under which the request is logged.
fn finish(error: &mut ServerError, request_id: Uuid) {
    error.message = shortened(&error.message);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("requestId", request_id.to_string());
}

/// Whether the validator refused the document: it says where, and nothing was executed.
fn is_about_document(error: &ServerError) -> bool {
    error.path.is_empty() && !error.locations.is_empty()
}

/// Whether the library refused an argument while it was coerced; it marks these by their words only.
fn is_uncoerced(error: &ServerError) -> bool {
    let message = &error.message;
    error.source.is_none()
        && ErrorCode::of(error).is_none()
        && (message.starts_with("Failed to parse \"")
            || message.starts_with("Expected input type \"")
            || (message.starts_with("Variable ") && message.ends_with(" is not defined.")))
}

fn path_of(error: &ServerError) -> String {
    let segments = error.path.iter().map(|segment| match segment {
        async_graphql::PathSegment::Field(name) => name.clone(),
        async_graphql::PathSegment::Index(index) => index.to_string(),
    });
    segments.collect::<Vec<_>>().join(".")
}

fn shortened(message: &str) -> String {
    if message.chars().count() <= MESSAGE_LENGTH {
        return message.to_owned();
    }
    let mut text: String = message.chars().take(MESSAGE_LENGTH - 1).collect();
    text.push('…');
    text
}

/// The status of a request that was refused for these errors: as the first says.
pub(super) fn status_of(errors: &[ServerError]) -> StatusCode {
    match errors.iter().find_map(ErrorCode::of) {
        Some(ErrorCode::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(ErrorCode::NotAllowed) => StatusCode::FORBIDDEN,
        Some(ErrorCode::RateLimited) => StatusCode::TOO_MANY_REQUESTS,
        Some(ErrorCode::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        Some(ErrorCode::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}
