//! Which media type the answer has.

use axum::http::{HeaderMap, StatusCode, header::ACCEPT};

use wederhoor_graphql::ErrorCode;

use super::{events::MEDIA, refused::Refused};

/// The media types of an answer. They differ in status codes: with `GraphqlResponse` a faulty document is a 400, with
/// `Json` it is a 200, as clients of before the media type expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/graphql-response+json`
    GraphqlResponse,
    /// `application/json`
    Json,
}

impl Media {
    /// The value of `Content-Type`.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// One entry of an `Accept` header. Weights are thousandths.
struct Range {
    media: String,
    weight: u16,
}

/// The best media type that the client accepts. A client that names none gets `application/json`.
pub(crate) fn negotiate(headers: &HeaderMap) -> Result<Media, Refused> {
    if !headers.contains_key(ACCEPT) {
        return Ok(Media::Json);
    }
    let ranges = accepted(headers);
    let graphql = weight_of(&ranges, "application/graphql-response+json");
    let json = weight_of(&ranges, "application/json");
    let any = weight_of(&ranges, "application/*")
        .or_else(|| weight_of(&ranges, "*/*"))
        .unwrap_or(0);
    let named = graphql.unwrap_or(0);
    let json = json.unwrap_or(any);
    if named > 0 && named >= json {
        Ok(Media::GraphqlResponse)
    } else if json > 0 {
        Ok(Media::Json)
    } else if graphql.is_none() && any > 0 {
        Ok(Media::GraphqlResponse)
    } else {
        Err(Refused::request(
            StatusCode::NOT_ACCEPTABLE,
            ErrorCode::NotAcceptable,
            [
                "Antwoorden zijn application/graphql-response+json, application/json of text/event-stream.",
                "Answers are application/graphql-response+json, application/json or text/event-stream.",
            ],
        ))
    }
}

/// Whether a browser asks for a page: `text/html` is named, and nothing of ours is preferred to it.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    let ranges = accepted(headers);
    let html = weight_of(&ranges, "text/html").unwrap_or(0);
    html > 0 && html >= best_of_ours(&ranges)
}

/// Whether a client prefers events to an answer that is there at once.
pub(crate) fn wants_events(headers: &HeaderMap) -> bool {
    let ranges = accepted(headers);
    let events = weight_of(&ranges, MEDIA).unwrap_or(0);
    events > 0 && events >= best_of_ours(&ranges)
}

fn best_of_ours(ranges: &[Range]) -> u16 {
    let ours = ["application/graphql-response+json", "application/json"];
    let weights = ours
        .into_iter()
        .filter_map(|media| weight_of(ranges, media));
    weights.max().unwrap_or(0)
}

fn weight_of(ranges: &[Range], media: &str) -> Option<u16> {
    ranges
        .iter()
        .filter(|range| range.media == media)
        .map(|range| range.weight)
        .max()
}

fn accepted(headers: &HeaderMap) -> Vec<Range> {
    headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(range)
        .collect()
}

fn range(entry: &str) -> Option<Range> {
    let mut parts = entry.split(';').map(str::trim);
    let media = parts
        .next()
        .filter(|media| !media.is_empty())?
        .to_ascii_lowercase();
    let mut weight = 1000;
    for parameter in parts {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "q" => weight = thousandths(value)?,
            "charset" if !value.eq_ignore_ascii_case("utf-8") => return None,
            _ => {}
        }
    }
    Some(Range { media, weight })
}

/// `0.75` → 750; `None` for what is no weight.
fn thousandths(value: &str) -> Option<u16> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
