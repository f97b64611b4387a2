//! Bodies, headers and methods.

use super::{Abuse, abuse};
use crate::raw::{post, request};

pub(super) fn abuses() -> Vec<Abuse> {
    [bodies(), types(), framing(), methods()].concat()
}

const ASK: &[u8] = b"{\"query\":\"{ __typename }\"}";
const BAD: &str = "400 BAD_REQUEST";

fn bodies() -> Vec<Abuse> {
    let mut all: Vec<Abuse> = [
        (
            "a list of requests",
            "[{\"query\":\"{a}\"},{\"query\":\"{b}\"}]",
        ),
        ("a key twice", "{\"query\":\"{a}\",\"query\":\"{b}\"}"),
        (
            "a key twice in the variables",
            "{\"query\":\"{a}\",\"variables\":{\"x\":1,\"\\u0078\":2}}",
        ),
        ("something after the body", "{\"query\":\"{a}\"}{}"),
        (
            "NUL in a variable",
            "{\"query\":\"{a}\",\"variables\":{\"x\":\"a\\u0000b\"}}",
        ),
        (
            "NUL in a key",
            "{\"query\":\"{a}\",\"variables\":{\"\\u0000\":1}}",
        ),
        (
            "half a surrogate in a variable",
            "{\"query\":\"{a}\",\"variables\":{\"x\":\"\\ud800\"}}",
        ),
        ("a byte order mark", "\u{feff}{\"query\":\"{a}\"}"),
        ("a NUL byte", "{\"query\":\"{a}\"}\u{0}"),
        ("an empty body", ""),
    ]
    .into_iter()
    .map(|(what, body)| abuse(what, post("", body.as_bytes()), BAD))
    .collect();
    all.push(abuse(
        "invalid UTF-8",
        post("", b"{\"query\":\"{a(b: \\\"\xff\xfe\\\")}\"}"),
        BAD,
    ));
    all.push(abuse("UTF-16", post("", b"\xff\xfe{\0}\0"), BAD));
    all
}

fn types() -> Vec<Abuse> {
    let unsupported = "415 UNSUPPORTED_MEDIA_TYPE";
    let typed = |what: &str, content_type: &str| {
        let headers = format!(
            "content-type: {content_type}\r\norigin: https://kwaad.example\r\ncontent-length: {}\r\n",
            ASK.len()
        );
        abuse(
            what,
            request("POST", "/graphql", &headers, ASK),
            unsupported,
        )
    };
    vec![
        typed("text/plain from another origin", "text/plain"),
        typed(
            "a form from another origin",
            "application/x-www-form-urlencoded",
        ),
        typed(
            "multipart from another origin",
            "multipart/form-data; boundary=x",
        ),
        typed("text/plain that names JSON", "text/plain; application/json"),
        typed(
            "JSON in another encoding",
            "application/json; charset=utf-7",
        ),
        abuse(
            "a compressed body",
            post("content-encoding: gzip\r\n", b"\x1f\x8b\x08\0\0\0\0\0"),
            unsupported,
        ),
        abuse(
            "two content types",
            post("content-type: text/plain\r\n", ASK),
            unsupported,
        ),
        abuse(
            "no content type",
            request("POST", "/graphql", "content-length: 0\r\n", b""),
            unsupported,
        ),
    ]
}

fn framing() -> Vec<Abuse> {
    let json = "content-type: application/json\r\n";
    let framed = |what: &str, headers: &str, body: &[u8], meets: &str| {
        let bytes = request("POST", "/graphql", &format!("{json}{headers}"), body);
        abuse(what, bytes, meets)
    };
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000)).repeat(5);
    let large = vec![b' '; 300_000];
    let headers = "x-many: 1\r\n".repeat(200);
    let long = format!("x: {}\r\n", "a".repeat(300_000));
    let path = format!("/graphql?query={}", "a".repeat(100_000));
    vec![
        framed(
            "999,999,999 bytes announced",
            "content-length: 999999999\r\n",
            b"",
            "413 PAYLOAD_TOO_LARGE",
        ),
        abuse(
            "a body of 300 KB",
            post("", &large),
            "413 PAYLOAD_TOO_LARGE",
        ),
        framed(
            "a body in chunks that does not end",
            "transfer-encoding: chunked\r\n",
            chunk.as_bytes(),
            "413 PAYLOAD_TOO_LARGE",
        ),
        framed(
            "a body shorter than it says",
            "content-length: 5\r\n",
            ASK,
            BAD,
        ),
        framed("a negative length", "content-length: -1\r\n", ASK, "400"),
        framed(
            "two lengths",
            "content-length: 25\r\ncontent-length: 3\r\n",
            ASK,
            "400",
        ),
        framed(
            "a chunk that is none",
            "transfer-encoding: chunked\r\n",
            b"zz\r\n{}\r\n0\r\n\r\n",
            BAD,
        ),
        framed("200 headers", &headers, ASK, "431"),
        framed("a header of 300 KB", &long, ASK, "431"),
        abuse(
            "an address of 100 KB",
            request("GET", &path, "", b""),
            "414",
        ),
        abuse(
            "no HTTP at all",
            b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n".to_vec(),
            "400",
        ),
    ]
}

fn methods() -> Vec<Abuse> {
    let get = |what: &str, query: &str, meets: &str| {
        let path = format!("/graphql?{query}");
        abuse(
            what,
            request("GET", &path, "origin: https://kwaad.example\r\n", b""),
            meets,
        )
    };
    let mut all = vec![
        get(
            "a mutation by GET",
            "query=mutation%7BrequestAccessLink(input:%7Breference:%22X%22,email:%22a@b.example%22%7D)%7B__typename%7D%7D",
            "405 METHOD_NOT_ALLOWED",
        ),
        get(
            "a mutation by GET, named among queries",
            "query=query%20A%7B__typename%7Dmutation%20B%7B__typename%7D&operationName=B",
            "405 METHOD_NOT_ALLOWED",
        ),
        get(
            "a parameter twice by GET",
            "query=%7Ba%7D&query=%7Bb%7D",
            BAD,
        ),
        get("invalid UTF-8 by GET", "query=%FF", BAD),
        get("NUL by GET", "query=%7Ba%7D%00", BAD),
        get(
            "nesting by GET",
            &format!("query=%7Bf(a:{}", "[".repeat(2_000)),
            "400 TOO_COMPLEX NESTING",
        ),
        get(
            "variables that are a list by GET",
            "query=%7Ba%7D&variables=%5B%5D",
            BAD,
        ),
    ];
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let bytes = request(
            method,
            "/graphql",
            "origin: https://kwaad.example\r\ncontent-length: 0\r\n",
            b"",
        );
        all.push(abuse(method, bytes, "405 METHOD_NOT_ALLOWED"));
    }
    all
}
