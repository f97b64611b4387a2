//! The body of a POST: its type, its size, its bytes.

use axum::{
    body::Body,
    http::{
        HeaderMap, StatusCode,
        header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use futures_util::StreamExt;
use wederhoor_graphql::ErrorCode;

use super::{limits::Limits, refused::Refused};

/// Reads the body. What its headers already give away is refused without reading a byte: another type than JSON (which
/// browsers cannot send across origins unasked), an encoding, a length over the limit.
pub(crate) async fn read(
    headers: &HeaderMap,
    body: Body,
    limits: &Limits,
) -> Result<Vec<u8>, Refused> {
    require_json(headers)?;
    of_any_type(headers, body, limits).await
}

/// As [`read`], of whatever type.
pub(crate) async fn of_any_type(
    headers: &HeaderMap,
    body: Body,
    limits: &Limits,
) -> Result<Vec<u8>, Refused> {
    if headers.contains_key(CONTENT_ENCODING) {
        return Err(unsupported([
            "Stuur de inhoud van het verzoek zonder codering (content encoding).",
            "Send the body without content encoding.",
        ]));
    }
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limits.body_bytes as u64) {
        return Err(too_large(limits));
    }
    tokio::time::timeout(limits.body_time, collect(body, limits))
        .await
        .unwrap_or_else(|_| {
            Err(Refused::request(
                StatusCode::REQUEST_TIMEOUT,
                ErrorCode::Timeout,
                [
                    "De inhoud van het verzoek bleef te lang uit.",
                    "The body took too long to arrive.",
                ],
            ))
        })
}

async fn collect(body: Body, limits: &Limits) -> Result<Vec<u8>, Refused> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| {
            Refused::malformed([
                "De inhoud van het verzoek hield te vroeg op.",
                "The body ended too early.",
            ])
        })?;
        if bytes.len() + chunk.len() > limits.body_bytes {
            return Err(too_large(limits));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn require_json(headers: &HeaderMap) -> Result<(), Refused> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let value = values
        .next()
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let mut parts = value.split(';').map(str::trim);
    let is_json = values.next().is_none()
        && parts
            .next()
            .is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => charset
            .trim()
            .trim_matches('"')
            .eq_ignore_ascii_case("utf-8"),
        _ => true,
    });
    if is_json && is_utf8 {
        Ok(())
    } else {
        Err(unsupported([
            "Stuur het verzoek als application/json in UTF-8.",
            "Send the request as application/json in UTF-8.",
        ]))
    }
}

fn unsupported(message: [&str; 2]) -> Refused {
    Refused::request(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::UnsupportedMediaType,
        message,
    )
}

fn too_large(limits: &Limits) -> Refused {
    Refused::request(
        StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::PayloadTooLarge,
        [
            format!(
                "De inhoud van het verzoek mag {} bytes zijn.",
                limits.body_bytes
            ),
            format!("The body may have {} bytes.", limits.body_bytes),
        ],
    )
}
