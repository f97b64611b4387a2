//! How many streams there are, how often they are begun, and what becomes of who does not read.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use wederhoor_tests::{
    Fixture, Kind, LimitsConfig, RatesConfig, Socket, Stream, Streamed, Way, both,
};

use super::{COMPLAINT, QUEUE, Watched, begin};
use crate::steps::livp::proposed;

fn limited() -> Streamed {
    Streamed::Failed("RATE_LIMITED".to_owned())
}

/// Few streams.
struct Few(Watched);

impl Fixture for Few {
    async fn set_up(kind: Kind) -> Self {
        let app = Watched::adjusted(kind, |setup| {
            setup.edge.streams.per_caller = 2;
            setup.edge.streams.per_process = 3;
            setup.edge.streams.per_connection = 1;
        });
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// Few requests in a minute.
struct Rated(Watched);

impl Fixture for Rated {
    async fn set_up(kind: Kind) -> Self {
        let app = Watched::adjusted(kind, |setup| {
            let rates = RatesConfig {
                per_source: 1_000,
                per_principal: 5,
                per_tenant: 1_000,
            };
            setup.limits = LimitsConfig {
                rates: Some(rates),
                ..LimitsConfig::OFF
            };
        });
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// A server that waits for no slow reader.
struct Brisk(Watched);

impl Fixture for Brisk {
    async fn set_up(kind: Kind) -> Self {
        let app = Watched::adjusted(kind, |setup| {
            setup.edge.patience.answer = Duration::from_millis(300);
            setup.edge.streams.pause = Duration::ZERO;
            setup.edge.streams.per_caller = 1;
        });
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// A server for one connection at a time.
struct Narrow(Watched);

impl Fixture for Narrow {
    async fn set_up(kind: Kind) -> Self {
        let app = Watched::adjusted(kind, |setup| setup.edge.patience.connections = 1);
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

both! {
    async fn a_websocket_on_which_something_is_watched_keeps_its_place(at: &Narrow) {
        let app = &at.0.app;
        let token = app.token("livp", "admin").await;
        let mut socket = Socket::begun(app.address, Some(&token)).await.ok().unwrap();
        socket.subscribe("1", &json!({ "query": QUEUE })).await;
        assert!(matches!(socket.next().await.1, Streamed::Next(_)));
        let client = app.client.clone();
        let other = tokio::spawn(async move { client.gql(None, "{ __typename }", json!({})).await });
        // It is neither sent away for who comes, nor do they come in beside it.
        for _ in 0..50 {
            socket.say(&json!({ "type": "ping" })).await;
            assert_eq!(socket.hear().await, Ok(json!({ "type": "pong" })));
            tokio::task::yield_now().await;
        }
        assert!(!other.is_finished());
        drop(socket);
        let answer = tokio::time::timeout(Duration::from_secs(20), other).await;
        assert_eq!(answer.unwrap().unwrap().status, 200);
    }

    async fn a_websocket_on_which_nothing_is_watched_gives_way(at: &Narrow) {
        let app = &at.0.app;
        let token = app.token("livp", "admin").await;
        let silent = Socket::over(tokio::net::TcpStream::connect(app.address).await.unwrap(), app.address).await;
        let mut idle = Socket::begun(app.address, Some(&token)).await.ok().unwrap();
        drop(silent);
        idle.subscribe("1", &json!({ "query": QUEUE })).await;
        assert!(matches!(idle.next().await.1, Streamed::Next(_)));
        idle.say(&json!({ "type": "complete", "id": "1" })).await;
        let answer = app.client.gql(None, "{ __typename }", json!({})).await;
        assert_eq!(answer.status, 200);
        assert_eq!(idle.hear().await, Err(Some(1000)));
    }

    async fn streams_are_bounded_by_caller_and_by_process(at: &Few) {
        let app = &at.0.app;
        for way in Way::ALL {
            let (mut open, mut met) = (Vec::new(), Vec::new());
            for who in ["livp/admin", "livp/admin", "livp/admin", "livp/leiding", "blijf-groep/admin"] {
                let told = match begin(app, way, who, QUEUE, &json!({})).await {
                    Ok(mut stream) => {
                        let told = stream.next().await;
                        open.push(stream);
                        told
                    }
                    Err(told) => told,
                };
                met.push(told == limited());
            }
            // The third of one caller, and the fourth of all.
            assert_eq!(met, [false, false, true, false, true], "{way:?}");
            drop(open);
            until_free(at, way).await;
        }
        let token = app.token("livp", "admin").await;
        let mut socket = Socket::begun(app.address, Some(&token)).await.ok().unwrap();
        socket.subscribe("1", &json!({ "query": QUEUE })).await;
        assert!(matches!(socket.next().await.1, Streamed::Next(_)));
        socket.subscribe("2", &json!({ "query": QUEUE })).await;
        assert_eq!(socket.next().await, ("2".to_owned(), limited()), "one is all that a connection has");
    }

    async fn each_beginning_counts_as_a_request(at: &Rated) {
        let app = &at.0.app;
        let token = app.token("livp", "admin").await;
        for way in Way::ALL {
            at.0.passes(120);
            let token = if way == Way::Events { token.clone() } else { app.token("livp", "admin2").await };
            let mut met = Vec::new();
            // A process has one more to itself.
            for _ in 0..7 {
                let begun = Stream::open(&app.client, way, Some(&token), COMPLAINT, &json!({ "id": "x" })).await;
                met.push(match begun {
                    Ok(mut stream) => stream.next().await,
                    Err(told) => told,
                });
            }
            assert_eq!(met.pop(), Some(limited()), "{way:?}");
            assert!(!met.contains(&limited()), "{way:?}: {met:?}");
        }
    }

    async fn who_does_not_read_is_cut_off_and_nothing_queues_up(at: &Brisk) {
        let app = &at.0.app;
        let case = proposed(app).await;
        let large = format!("subscription($id: ID!) {{ complaintChanged(id: $id) {{ {} }} }}", large());
        let token = app.token("livp", "admin").await;
        let variables = json!({ "id": case.id });
        for way in Way::ALL {
            let deaf = begin_deaf(app.address, way, &token, &large, &variables).await;
            assert!(!is_free(at, &token).await, "{way:?}: it has begun");
            // Somebody else changes the complaint until the one place there is for this caller is free: who had it was cut off.
            let mut act = 0;
            loop {
                let mutation = if act % 2 == 0 { "placeLegalHold" } else { "liftLegalHold" };
                case.act("admin2", mutation, json!({ "reason": "x".repeat(1_500) })).await;
                act += 1;
                if act % 2 == 0 && is_free(at, &token).await {
                    break;
                }
                assert!(act < 2_000, "{way:?}: who does not read keeps their place");
            }
            drop(deaf);
        }
    }
}

/// Fields of some size, many times over.
fn large() -> String {
    let one = |number: u32| format!("e{number}: entries {{ text kind effectiveAt registeredAt }}");
    (0..25).map(one).collect::<Vec<_>>().join(" ")
}

async fn is_free(at: &Brisk, token: &str) -> bool {
    let client = &at.0.app.client;
    let begun = Stream::open(client, Way::Events, Some(token), QUEUE, &json!({})).await;
    begun.is_ok()
}

/// A subscription of which nothing is read, with little room for what is not.
async fn begin_deaf(
    address: std::net::SocketAddr,
    way: Way,
    token: &str,
    document: &str,
    variables: &serde_json::Value,
) -> tokio::net::TcpStream {
    let payload = json!({ "query": document, "variables": variables });
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let stream = socket.connect(address).await.unwrap();
    match way {
        Way::Events => {
            let mut stream = stream;
            let body = payload.to_string();
            let head = format!(
                "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all((head + &body).as_bytes()).await.unwrap();
            let mut beginning = [0; 15];
            stream.read_exact(&mut beginning).await.unwrap();
            assert_eq!(&beginning, b"HTTP/1.1 200 OK");
            stream
        }
        Way::Socket => {
            let mut socket = Socket::over(stream, address).await;
            socket.enter(Some(token)).await.ok().unwrap();
            socket.subscribe("1", &payload).await;
            assert!(matches!(socket.next().await.1, Streamed::Next(_)));
            socket.into_inner().into_inner()
        }
    }
}

/// Waits until the server has seen that the others are gone.
async fn until_free(at: &Few, way: Way) {
    for _ in 0..1_000 {
        let mut open = Vec::new();
        for who in ["livp/admin", "livp/leiding", "blijf-groep/admin"] {
            if let Ok(mut stream) = begin(&at.0.app, way, who, QUEUE, &json!({})).await
                && matches!(stream.next().await, Streamed::Next(_))
            {
                open.push(stream);
            }
        }
        if open.len() == 3 {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{way:?}: a place is not given back");
}
