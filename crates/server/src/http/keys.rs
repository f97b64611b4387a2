//! The keys by which others can check our access tokens (RFC 7517).

use axum::{
    Router,
    http::{HeaderValue, header},
    routing::get,
};

const PATH: &str = "/.well-known/jwks.json";
/// Five minutes: a key stands here at least as long before it signs.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The route that answers with this JWK set.
pub fn keys(set: &serde_json::Value) -> Router {
    let text = set.to_string();
    let media = HeaderValue::from_static("application/jwk-set+json");
    let answer = (
        [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, KEPT)],
        text,
    );
    Router::new().route(PATH, get(async || answer))
}
