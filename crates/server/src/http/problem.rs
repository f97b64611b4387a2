//! Why a file is not there: a problem document (RFC 9457), for doors that are not GraphQL.

use async_graphql::ServerError;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;

use super::answer;

const MEDIA: HeaderValue = HeaderValue::from_static("application/problem+json");
/// By what programs come in: those that know no token send a key in the place of a password.
const BASIC: HeaderValue = HeaderValue::from_static("Basic realm=\"wederhoor\", charset=\"UTF-8\"");

/// The answer that tells an error.
pub(super) fn problem(error: ServerError, request_id: Uuid) -> Response {
    let status = status_of(&error);
    let wait = ErrorCode::retry_after(&error);
    let error = answer::finished(error, request_id);
    // What an error of GraphQL says beside its words stands here as members.
    let mut body = json!(error.extensions);
    body["type"] = json!("about:blank");
    body["title"] = json!(status.canonical_reason());
    body["status"] = json!(status.as_u16());
    body["detail"] = json!(error.message);
    let mut answer = (status, axum::Json(body)).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, MEDIA);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = wait {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.append(header::WWW_AUTHENTICATE, answer::BEARER);
        headers.append(header::WWW_AUTHENTICATE, BASIC);
    }
    answer
}

fn status_of(error: &ServerError) -> StatusCode {
    match ErrorCode::of(error) {
        Some(ErrorCode::NotFound) => StatusCode::NOT_FOUND,
        Some(ErrorCode::MethodNotAllowed) => StatusCode::METHOD_NOT_ALLOWED,
        Some(ErrorCode::TenantSuspended | ErrorCode::SecondFactorRequired) => StatusCode::FORBIDDEN,
        Some(ErrorCode::Timeout) => StatusCode::SERVICE_UNAVAILABLE,
        _ => answer::status_of(std::slice::from_ref(error)),
    }
}
