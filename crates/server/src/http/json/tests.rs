use serde_json::json;

use super::read;

fn code(text: &[u8]) -> &'static str {
    read(text, 4).map_or_else(|refused| refused.code.as_str(), |_| "read")
}

#[test]
fn ordinary_json_is_read_as_it_stands() {
    let text = br#" {"a": [1, -2, 3.5, true, null, "\u00e9\ud83d\ude00"], "b": {}} "#;
    assert_eq!(
        read(text, 4).unwrap(),
        json!({"a": [1, -2, 3.5, true, null, "é😀"], "b": {}})
    );
}

#[test]
fn what_readers_could_understand_differently_is_refused() {
    for text in [
        br#"{"a": 1, "a": 2}"#.as_slice(),
        br#"{"a": {"b": 1, "\u0062": 2}}"#,
        br#"{"a": "x\u0000y"}"#,
        br#"{"\u0000": 1}"#,
        br#"{"a": "\ud800"}"#,
        b"{\"a\": \"\xff\"}",
        b"\xef\xbb\xbf{}",
        b"{} {}",
        b"{}x",
        b"{\"a\": 1e999}",
        b"{\"a\": NaN}",
        b"{'a': 1}",
        b"{\"a\":",
        b"",
    ] {
        assert_eq!(
            code(text),
            "BAD_REQUEST",
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn nesting_is_bounded() {
    assert_eq!(code(b"[[[[]]]]"), "read");
    assert_eq!(code(b"[[[[[]]]]]"), "TOO_COMPLEX");
    assert_eq!(code("[".repeat(200_000).as_bytes()), "TOO_COMPLEX");
    assert_eq!(code("{\"a\":".repeat(200_000).as_bytes()), "TOO_COMPLEX");
}

#[test]
fn the_message_does_not_repeat_the_body() {
    let refused = read(br#"{"secret-key": 1, "secret-key": 2}"#, 4).unwrap_err();
    let message = refused.into_error(wederhoor_procedure::Locale::En).message;
    assert!(
        message.contains("stands twice") && !message.contains("secret"),
        "{message}"
    );
}
