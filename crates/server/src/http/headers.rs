//! What every answer tells browsers, whatever it is: to guess nothing, to show it in no frame, and to tell nobody where it
//! came from. What an answer says itself stands.

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::map_response,
    response::Response,
};

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// A browser that is sent data by mistake runs nothing of it.
const OF_DATA: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a page loads: a worker would be bound by more.
const OF_A_FILE: &str = "frame-ancestors 'none'";
/// A year.
const HTTPS_ONLY: &str = "max-age=31536000; includeSubDomains";

/// The routes, each of whose answers says all this.
pub(crate) fn hardened(routes: Router, is_https: bool) -> Router {
    routes.layer(map_response(move |mut answer: Response| async move {
        harden(answer.headers_mut(), is_https);
        answer
    }))
}

/// Says what an answer does not say itself.
pub(crate) fn harden(headers: &mut HeaderMap, is_https: bool) {
    let media = headers.get(header::CONTENT_TYPE);
    let media = media
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_file = ["text/css", "text/javascript", "image/"]
        .iter()
        .any(|one| media.starts_with(one));
    let mut say = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    say(
        header::CONTENT_SECURITY_POLICY,
        if is_file { OF_A_FILE } else { OF_DATA },
    );
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::REFERRER_POLICY, "no-referrer");
    say(header::CACHE_CONTROL, "no-store");
    say(OPENER, "same-origin");
    say(RESOURCE, "same-origin");
    say(PERMISSIONS, "camera=(), geolocation=(), microphone=()");
    if is_https {
        say(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
}
