use axum::http::{HeaderMap, HeaderValue, header::ACCEPT};

use super::{Media, negotiate, wants_events, wants_page};

fn headers(accept: &str) -> HeaderMap {
    HeaderMap::from_iter([(ACCEPT, HeaderValue::from_str(accept).unwrap())])
}

#[test]
fn the_best_of_ours_is_chosen() {
    for (accept, expected) in [
        ("application/json", Some(Media::Json)),
        (
            "application/graphql-response+json",
            Some(Media::GraphqlResponse),
        ),
        ("APPLICATION/JSON", Some(Media::Json)),
        ("*/*", Some(Media::Json)),
        ("application/*", Some(Media::Json)),
        (
            "application/graphql-response+json, application/json;q=0.9",
            Some(Media::GraphqlResponse),
        ),
        (
            "application/json, application/graphql-response+json",
            Some(Media::GraphqlResponse),
        ),
        (
            "application/graphql-response+json;q=0.2, application/json;q=0.9",
            Some(Media::Json),
        ),
        ("application/json; charset=utf-8", Some(Media::Json)),
        ("application/json; charset=iso-8859-1", None),
        ("application/json;q=0, */*", Some(Media::GraphqlResponse)),
        ("application/json;q=0", None),
        ("text/html", None),
        ("text/html, */*;q=0.8", Some(Media::Json)),
    ] {
        assert_eq!(negotiate(&headers(accept)).ok(), expected, "{accept}");
    }
    assert_eq!(negotiate(&HeaderMap::new()).ok(), Some(Media::Json));
}

#[test]
fn who_prefers_events_gets_them() {
    for (accept, expected) in [
        ("text/event-stream", true),
        ("text/event-stream, application/json", true),
        ("application/json, text/event-stream;q=0.9", false),
        ("text/event-stream;q=0", false),
        ("text/*", false),
        ("*/*", false),
    ] {
        assert_eq!(wants_events(&headers(accept)), expected, "{accept}");
    }
    assert!(!wants_events(&HeaderMap::new()));
}

#[test]
fn a_browser_gets_a_page() {
    assert!(wants_page(&headers(
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    )));
    assert!(!wants_page(&headers("*/*")));
    assert!(!wants_page(&headers("text/html;q=0.5, application/json")));
    assert!(!wants_page(&HeaderMap::new()));
}
