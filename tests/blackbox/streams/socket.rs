//! The subprotocol `graphql-transport-ws`, to the letter, and what is asked over it to do harm.

use std::time::Duration;

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::protocol::frame::{
    Frame,
    coding::{Data, OpCode},
};
use wederhoor_tests::{App, Fixture, Kind, Message, Socket, Streamed, abuses, both};

use super::{COMPLAINT, QUEUE, Watched, watching};
use crate::steps::livp::filed;

async fn begun(app: &App) -> Socket {
    let token = app.token("livp", "admin").await;
    Socket::begun(app.address, Some(&token)).await.ok().unwrap()
}

/// A connection on which nothing was said.
async fn connected(app: &App) -> Socket {
    Socket::connect(app.address, &[]).await.unwrap()
}

fn failed(code: &str) -> Streamed {
    Streamed::Failed(code.to_owned())
}

both! {
    async fn what_is_not_of_the_subprotocol_closes_the_connection(app: &App) {
        let bearer = format!("Bearer {}", app.token("livp", "admin").await);
        let init = json!({ "type": "connection_init", "payload": { "authorization": bearer } });
        let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": QUEUE } });
        let deep = format!("{{\"type\":\"ping\",\"payload\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
        for (what, said, code) in [
            ("before it was said who asks", vec![Message::text(subscribe.to_string())], 4401),
            ("said twice", vec![Message::text(init.to_string()), Message::text(init.to_string())], 4429),
            ("nobody in particular", vec![Message::text(json!({ "type": "connection_init" }).to_string())], 4403),
            ("no token", vec![Message::text(json!({ "type": "connection_init", "payload": { "authorization": 1 } }).to_string())], 4400),
            ("a forged token", vec![Message::text(json!({ "type": "connection_init", "payload": { "authorization": "Bearer a.b.c" } }).to_string())], 4403),
            ("no bearer", vec![Message::text(json!({ "type": "connection_init", "payload": { "authorization": "Basic YTpi" } }).to_string())], 4403),
            ("no JSON", vec![Message::text("hallo")], 4400),
            ("bytes", vec![Message::binary(vec![1, 2, 3])], 4400),
            ("no UTF-8", vec![Message::Frame(Frame::message(vec![0xff], OpCode::Data(Data::Text), true))], 4400),
            ("an unknown kind", vec![Message::text(r#"{"type":"start","id":"1","payload":{}}"#)], 4400),
            ("nested deep", vec![Message::text(deep)], 4400),
        ] {
            let mut socket = connected(app).await;
            for message in said {
                socket.send(message).await;
            }
            let end = loop {
                match socket.hear().await {
                    Ok(message) => assert_eq!(message["type"], "connection_ack", "{what}"),
                    Err(end) => break end,
                }
            };
            assert_eq!(end, Some(code), "{what}");
        }
        let mut large = begun(app).await;
        large.send(Message::text(" ".repeat(300_000))).await;
        assert!(large.hear().await.is_err(), "a message has a bound as a body has");
    }

    async fn an_id_is_used_once_at_a_time(app: &App) {
        let mut socket = begun(app).await;
        let payload = json!({ "query": QUEUE });
        socket.say(&json!({ "type": "ping" })).await;
        assert_eq!(socket.hear().await, Ok(json!({ "type": "pong" })));
        socket.subscribe("één", &payload).await;
        assert!(matches!(socket.next().await, (id, Streamed::Next(_)) if id == "één"));
        socket.say(&json!({ "id": "één", "type": "complete" })).await;
        socket.subscribe("één", &payload).await;
        assert!(matches!(socket.next().await, (_, Streamed::Next(_))), "it is free again");
        socket.subscribe("één", &payload).await;
        assert_eq!(socket.next().await.1, Streamed::Closed(Some(4409)));
    }

    async fn several_subscriptions_go_over_one_connection(app: &App) {
        let case = filed(app, Some("basis")).await;
        let mut socket = begun(app).await;
        socket.subscribe("a", &json!({ "query": COMPLAINT, "variables": { "id": case.id } })).await;
        assert_eq!(socket.next().await.0, "a");
        socket.subscribe("b", &json!({ "query": QUEUE })).await;
        assert_eq!(socket.next().await.0, "b");
        // What is refused, or over at once, ends nothing else.
        socket.subscribe("c", &json!({ "query": COMPLAINT, "variables": { "id": "x" } })).await;
        assert_eq!(socket.next().await, ("c".to_owned(), Streamed::Next(json!({ "complaintChanged": null }))));
        assert_eq!(socket.next().await, ("c".to_owned(), Streamed::Complete));
        case.act("admin", "placeLegalHold", json!({ "reason": "Er loopt een zaak." })).await;
        assert_eq!(socket.next().await.0, "a");
    }

    async fn only_subscriptions_go_over_it_and_the_guard_looks_first(app: &App) {
        let mut socket = begun(app).await;
        let before = app.database.contents(&[]).await;
        let mutation = "mutation { signOut(input: {}) { userErrors { code } } }";
        for (document, code) in [
            (mutation, "BAD_REQUEST"),
            ("{ viewer { name } }", "BAD_REQUEST"),
            ("{ __schema { types { name } } }", "BAD_REQUEST"),
            ("subscription { workQueueChanged { secret } }", "BAD_REQUEST"),
            ("subscription { a: workQueueChanged { totalCount } b: workQueueChanged { totalCount } }", "BAD_REQUEST"),
        ] {
            socket.subscribe("1", &json!({ "query": document })).await;
            assert_eq!(socket.next().await, ("1".to_owned(), failed(code)), "{document}");
        }
        for payload in [json!({}), json!([]), json!({ "query": QUEUE, "variables": [] }), json!(1)] {
            socket.subscribe("1", &payload).await;
            assert_eq!(socket.next().await, ("1".to_owned(), failed("BAD_REQUEST")), "{payload}");
        }
        for abuse in abuses() {
            let Some(payload) = payload_of(&abuse.bytes) else {
                continue;
            };
            socket.subscribe("1", &payload).await;
            let (_, told) = socket.next().await;
            let code = abuse.meets.split(' ').nth(1).unwrap_or_default();
            let unreadable = Streamed::Closed(Some(4400));
            let met = [failed(code), failed("BAD_REQUEST"), unreadable.clone()];
            assert!(met.contains(&told), "{}: {told:?}", abuse.what);
            if told == unreadable {
                // What makes a body no JSON makes a message none.
                socket = begun(app).await;
            }
        }
        assert!(app.database.contents(&[]).await == before, "an abuse wrote something");
        watching(app, wederhoor_tests::Way::Socket, "livp/admin", "x").await;
    }

    async fn a_page_connects_where_it_may_read(app: &App) {
        app.allow_origins("livp", &["https://www.livp.example"]).await;
        let host = app.address.to_string();
        for (origin, met) in [
            ("https://www.livp.example", Ok(())),
            (format!("http://{host}").as_str(), Ok(())),
            ("https://kwaad.example", Err(403)),
            ("null", Err(403)),
        ] {
            let opened = Socket::connect(app.address, &[("origin", origin)]).await;
            assert_eq!(opened.map(|_| ()), met, "{origin}");
        }
        // Another organisation does not list it.
        for (organisation, is_let_in) in [("livp", true), ("blijf-groep", false)] {
            let token = app.token(organisation, "admin").await;
            let opened = Socket::connect(app.address, &[("origin", "https://www.livp.example")]).await;
            let mut socket = opened.unwrap();
            let payload = json!({ "authorization": format!("Bearer {token}") });
            socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
            let told = socket.hear().await;
            assert_eq!(told.is_ok(), is_let_in, "{organisation}: {told:?}");
        }
        let other = Socket::connect(app.address, &[("sec-websocket-protocol", "graphql-ws")]).await;
        assert_eq!(other.err(), Some(400), "the old subprotocol is not spoken");
    }

    async fn the_token_may_stand_in_the_header(app: &App) {
        let bearer = format!("Bearer {}", app.token("livp", "admin").await);
        let mut socket = Socket::connect(app.address, &[("authorization", &bearer)]).await.unwrap();
        socket.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await.unwrap()["type"], "connection_ack");
        socket.subscribe("1", &json!({ "query": QUEUE })).await;
        assert!(matches!(socket.next().await.1, Streamed::Next(_)));
    }

    async fn who_says_nothing_is_sent_away(at: &Hasty) {
        let app = &at.0.app;
        let mut silent = connected(app).await;
        assert_eq!(silent.hear().await, Err(Some(4408)));
        // Nor does anybody stay who watches nothing.
        let mut idle = begun(app).await;
        assert_eq!(idle.hear().await, Err(Some(1000)));
        // Whoever does not answer is gone.
        let mut socket = begun(app).await;
        socket.subscribe("1", &json!({ "query": QUEUE })).await;
        socket.next().await;
        let deaf = socket.into_inner().into_inner();
        wait_for_end(deaf).await;
    }
}

/// Reads as bytes, so that no ping is answered.
async fn wait_for_end(mut stream: tokio::net::TcpStream) {
    use tokio::io::AsyncReadExt;
    let mut bytes = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes));
    // It may end with a reset.
    let _ = ended.await.expect("the connection is cut off");
}

/// The JSON of an abuse that has some.
pub(super) fn payload_of(bytes: &[u8]) -> Option<Value> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let payload: Value = serde_json::from_slice(&bytes[end + 4..]).ok()?;
    payload.is_object().then_some(payload)
}

/// A server without patience.
struct Hasty(Watched);

impl Fixture for Hasty {
    async fn set_up(kind: Kind) -> Self {
        let app = Watched::adjusted(kind, |setup| {
            setup.edge.streams.patience = Duration::from_millis(300);
            setup.edge.streams.heartbeat = Duration::from_millis(300);
        });
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}
