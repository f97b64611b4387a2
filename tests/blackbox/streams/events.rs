//! Server-Sent Events: what begins is a stream, and all else is answered as ever.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use wederhoor_tests::{App, Events, Fixture, Streamed, Way, abuses, both};

use super::{COMPLAINT, Watched, begin, watching};
use crate::steps::livp::filed;

async fn sent(app: &App, accept: &str, body: &Value) -> reqwest::Response {
    let token = app.token("livp", "admin").await;
    let request = app.client.request(Method::POST, "/graphql");
    let request = request
        .header("accept", accept)
        .bearer_auth(token)
        .json(body);
    request.send().await.unwrap()
}

both! {
    async fn a_query_is_answered_in_events_where_they_are_asked_for(app: &App) {
        let query = json!({ "query": "{ viewer { name } }" });
        let answer = sent(app, "text/event-stream", &query).await;
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let mut events = Events::of(answer).await.ok().unwrap();
        let told = events.next().await;
        assert_eq!(told, Streamed::Next(json!({ "viewer": { "name": "Anton Administratie" } })));
        assert_eq!(events.next().await, Streamed::Complete);
        assert_eq!(events.next().await, Streamed::Closed(None));
        let answer = sent(app, "text/event-stream;q=0.5, application/json", &query).await;
        assert_eq!(answer.json::<Value>().await.unwrap()["data"]["viewer"]["name"], "Anton Administratie");
    }

    async fn what_does_not_begin_is_answered_as_ever(app: &App) {
        for (document, status, code) in [
            ("subscription { complaintChanged(id: \"x\") { secret } }", 400, "BAD_REQUEST"),
            ("subscription { complaintChanged(id: \"x\") { id } workQueueChanged { totalCount } }", 400, "BAD_REQUEST"),
            ("subscription { ...F } fragment F on Subscription { workQueueChanged { totalCount } }", 400, "BAD_REQUEST"),
            ("subscription { __typename }", 400, "BAD_REQUEST"),
            ("subscription { workQueueChanged(first: 1000) { totalCount } }", 400, "BAD_REQUEST"),
            ("subscription { workQueueChanged(first: 100) { nodes { complaint { letters { id complaint { letters { id complaint { reference } } } } } } } }", 400, "TOO_COMPLEX"),
            ("{", 400, "BAD_REQUEST"),
        ] {
            let answer = sent(app, "text/event-stream", &json!({ "query": document })).await;
            assert_eq!(answer.headers()["content-type"], "application/graphql-response+json; charset=utf-8", "{document}");
            assert_eq!(answer.status(), status, "{document}");
            let body: Value = answer.json().await.unwrap();
            assert_eq!(body["errors"][0]["extensions"]["code"], code, "{document}: {body:#}");
            assert!(body["errors"][0]["extensions"]["requestId"].is_string());
        }
        let plain = sent(app, "application/graphql-response+json", &json!({ "query": "subscription { workQueueChanged { totalCount } }" })).await;
        assert_eq!(plain.status(), 400, "without events there is no stream");
        let mutation = app.client.request(Method::GET, "/graphql?query=mutation%7BsignOut%7D").header("accept", "text/event-stream");
        assert_eq!(mutation.send().await.unwrap().status(), 405);
    }

    async fn the_guard_looks_first_at_what_is_asked_for_in_events(app: &App) {
        let before = app.database.contents(&[]).await;
        for abuse in abuses() {
            let Some(payload) = crate::streams::socket::payload_of(&abuse.bytes) else {
                continue;
            };
            // What is wrong with these stands beside the document.
            if payload["query"] == "{ __typename }" {
                continue;
            }
            let request = app.client.request(Method::POST, "/graphql").header("accept", "text/event-stream");
            let answer = request.json(&payload).send().await.unwrap();
            let is_answered = answer.status() == 200;
            assert_eq!(is_answered, abuse.meets.starts_with("200"), "{}", abuse.what);
            if !is_answered {
                let body: Value = answer.json().await.unwrap();
                let code = body["errors"][0]["extensions"]["code"].as_str().unwrap();
                // What is let through is a subscription of nobody.
                let met = abuse.meets.split(' ').nth(1);
                assert!(Some(code) == met || code == "UNAUTHENTICATED", "{}: {code}", abuse.what);
            }
        }
        assert!(app.database.contents(&[]).await == before, "an abuse wrote something");
    }

    async fn a_stream_may_be_asked_for_by_get_and_says_now_and_then_that_it_is_there(app: &Beating) {
        let app = &app.0.app;
        let case = filed(app, Some("basis")).await;
        let token = app.token("livp", "admin").await;
        let path = format!("/graphql?query=subscription%7BcomplaintChanged(id:%22{}%22)%7Bid%7D%7D", case.id);
        let request = app.client.request(Method::GET, &path).header("accept", "text/event-stream").bearer_auth(token);
        let mut events = Events::of(request.send().await.unwrap()).await.ok().unwrap();
        assert_eq!(events.next().await, Streamed::Next(json!({ "complaintChanged": { "id": case.id } })));
        for _ in 0..3 {
            assert_eq!(events.event().await.unwrap(), ":");
        }
    }

    async fn a_page_reads_the_streams_of_who_lists_it(app: &App) {
        app.allow_origins("livp", &["https://www.livp.example"]).await;
        let case = filed(app, Some("basis")).await;
        let token = app.token("livp", "admin").await;
        let body = json!({ "query": COMPLAINT, "variables": { "id": case.id } });
        for (origin, may) in [("https://www.livp.example", true), ("https://kwaad.example", false)] {
            let request = app.client.request(Method::POST, "/graphql").header("accept", "text/event-stream").header("origin", origin);
            let answer = request.bearer_auth(&token).json(&body).send().await.unwrap();
            assert_eq!(answer.headers().contains_key("access-control-allow-origin"), may, "{origin}");
        }
    }

    async fn who_hangs_up_gives_their_place_back_and_leaves_nothing_open(app: &Watched) {
        let app = &app.app;
        let case = filed(app, Some("basis")).await;
        for way in Way::ALL {
            // Four times as many as one caller may have at a time.
            for _ in 0..40 {
                let mut tries = 0;
                let stream = loop {
                    let begun = begin(app, way, "livp/admin", COMPLAINT, &json!({ "id": case.id })).await;
                    let told = match begun {
                        Ok(mut stream) => (stream.next().await, Some(stream)),
                        Err(told) => (told, None),
                    };
                    if let (Streamed::Next(_), stream) = told {
                        break stream;
                    }
                    // The server has not seen yet that the others are gone.
                    tries += 1;
                    assert!(tries < 1_000, "a place is not given back");
                    tokio::task::yield_now().await;
                };
                drop(stream);
            }
        }
        crate::trouble::whole::assert_at_rest(app).await;
    }

    async fn streams_end_when_the_server_does(app: &App) {
        let case = filed(app, Some("basis")).await;
        let beside = app.beside(|_| {}).await;
        let token = app.token("livp", "admin").await;
        let mut streams = Vec::new();
        for way in Way::ALL {
            let variables = json!({ "id": case.id });
            let open = wederhoor_tests::Stream::open(&beside.client, way, Some(&token), COMPLAINT, &variables);
            let mut stream = open.await.ok().unwrap();
            stream.told().await;
            streams.push((way, stream));
        }
        let stopping = tokio::spawn(beside.stop());
        for (way, mut stream) in streams {
            assert_eq!(stream.next().await, Streamed::Complete, "{way:?}");
            let end = if way == Way::Socket { Some(1001) } else { None };
            assert_eq!(stream.next().await, Streamed::Closed(end), "{way:?}");
        }
        tokio::time::timeout(Duration::from_secs(20), stopping).await.unwrap().unwrap();
        watching(app, Way::Events, "livp/admin", &case.id).await;
    }
}

/// Streams that are never silent for long.
struct Beating(Watched);

impl Fixture for Beating {
    async fn set_up(kind: wederhoor_tests::Kind) -> Self {
        let app = Watched::adjusted(kind, |setup| {
            setup.edge.streams.heartbeat = Duration::from_millis(50);
        });
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}
