use axum::extract::ws::Message;
use serde_json::{Value, json};

use super::{End, Said, read, with_payload};

#[test]
fn what_is_of_the_subprotocol_is_read_and_nothing_else_is() {
    let init = |payload: Value| Ok(Said::Init(payload.as_object().unwrap().clone()));
    for (text, said) in [
        (r#"{"type":"connection_init"}"#, init(json!({}))),
        (
            r#"{"type":"connection_init","payload":{"a":1}}"#,
            init(json!({ "a": 1 })),
        ),
        (r#"{"type":"ping","payload":{}}"#, Ok(Said::Ping)),
        (r#"{"type":"pong"}"#, Ok(Said::Pong)),
        (
            r#"{"type":"complete","id":"x"}"#,
            Ok(Said::Complete { id: "x".to_owned() }),
        ),
        (r#"{"type":"complete","id":1}"#, Err(End::INVALID)),
        (r#"{"type":"subscribe","id":"x"}"#, Err(End::INVALID)),
        (
            r#"{"type":"subscribe","id":"","payload":{}}"#,
            Err(End::INVALID),
        ),
        (
            r#"{"type":"connection_init","payload":[]}"#,
            Err(End::INVALID),
        ),
        (
            r#"{"type":"next","id":"x","payload":{}}"#,
            Err(End::INVALID),
        ),
        (r#"{"type":"ping","type":"ping"}"#, Err(End::INVALID)),
        (r#"{"payload":{"a":[[[[1]]]]}}"#, Err(End::INVALID)),
        ("[]", Err(End::INVALID)),
        ("", Err(End::INVALID)),
    ] {
        assert_eq!(read(text, 4), said, "{text}");
    }
    let long = json!({ "type": "complete", "id": "x".repeat(101) }).to_string();
    assert_eq!(read(&long, 4), Err(End::INVALID));
}

#[test]
fn an_id_comes_back_as_it_was_given() {
    let Message::Text(text) = with_payload("\"\n\u{0}é", "next", b"{\"data\":1}") else {
        panic!("no text")
    };
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        told,
        json!({ "id": "\"\n\u{0}é", "type": "next", "payload": { "data": 1 } })
    );
}
