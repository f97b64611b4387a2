//! Answers as a stream of events: the "distinct connections" mode of GraphQL over Server-Sent Events, in which each
//! operation has a connection of its own. Nothing is made ready before the client takes it.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use futures_util::{
    StreamExt,
    stream::{BoxStream, unfold},
};

/// What a client asks for who wants events.
pub(super) const MEDIA: &str = "text/event-stream";

/// A line that says nothing.
const HEARTBEAT: &[u8] = b":\n\n";
const COMPLETE: &[u8] = b"event: complete\ndata: \n\n";

/// What comes next.
enum Turn {
    First(Vec<u8>),
    Rest,
    Over,
}

/// The answer that tells these results, each as JSON, and that they are complete.
pub(super) fn answer(
    first: Vec<u8>,
    rest: BoxStream<'static, Vec<u8>>,
    headers: HeaderMap,
    heartbeat: Duration,
) -> Response {
    let events = unfold(
        (Turn::First(first), rest),
        move |(turn, mut rest)| async move {
            let (event, turn) = match turn {
                Turn::First(result) => (next(&result), Turn::Rest),
                Turn::Over => return None,
                Turn::Rest => match tokio::time::timeout(heartbeat, rest.next()).await {
                    Ok(Some(result)) => (next(&result), Turn::Rest),
                    Ok(None) => (Bytes::from_static(COMPLETE), Turn::Over),
                    Err(_) => (Bytes::from_static(HEARTBEAT), Turn::Rest),
                },
            };
            Some((Ok::<_, std::convert::Infallible>(event), (turn, rest)))
        },
    );
    let mut answer = Response::new(Body::from_stream(events));
    *answer.headers_mut() = headers;
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::VARY,
            "accept, accept-language, authorization, origin",
        ),
    ] {
        let value = HeaderValue::from_static(value);
        answer.headers_mut().insert(name, value);
    }
    // Proxies that collect an answer before they hand it on do not, where this stands.
    let unbuffered = HeaderValue::from_static("no");
    answer.headers_mut().insert("x-accel-buffering", unbuffered);
    answer
}

/// One result; JSON as we write it holds no line breaks.
fn next(result: &[u8]) -> Bytes {
    [b"event: next\ndata: ", result, b"\n\n"].concat().into()
}
