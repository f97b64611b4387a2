use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_graphql::{Context, EmptySubscription, Error, ErrorExtensions, Object, Result, Schema};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use super::{Execute, Gateway, Limits, RequestHead, Streaming, Vocabulary, router};

mod audits;

struct Query;

#[expect(clippy::unused_async, reason = "the macro wants async functions")]
#[Object]
impl Query {
    async fn hello(&self, #[graphql(default = 1)] times: i32) -> String {
        "hello".repeat(usize::try_from(times).unwrap())
    }
    async fn language(&self, ctx: &Context<'_>) -> Option<String> {
        ctx.data::<RequestHead>().unwrap().accept_language.clone()
    }
    async fn broken(&self) -> Result<Option<i32>> {
        Err(Error::new("connection to 10.0.0.7 refused"))
    }
    async fn refused(&self) -> Result<Option<i32>> {
        Err(Error::new("Sign in first.")
            .extend_with(|_, extensions| extensions.set("code", "UNAUTHENTICATED")))
    }
    async fn panics(&self) -> i32 {
        std::iter::empty()
            .next()
            .expect("a resolver that panics, as the test wants")
    }
}

struct Mutation {
    done: Arc<AtomicUsize>,
}

#[Object]
impl Mutation {
    async fn slowly(&self) -> bool {
        tokio::time::sleep(Duration::from_millis(50)).await;
        self.done.fetch_add(1, Ordering::SeqCst);
        true
    }
}

fn noting() -> crate::http::Noting {
    Box::new(|_| Box::pin(async { Ok(Vec::new()) }))
}

struct Endpoint {
    gateway: Gateway,
    done: Arc<AtomicUsize>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Endpoint {
    fn new() -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let schema = Schema::new(
            Query,
            Mutation {
                done: Arc::clone(&done),
            },
            EmptySubscription,
        );
        let vocabulary = Vocabulary::of(&schema.sdl(), true);
        let execute: Execute = Arc::new(move |request, head| {
            let schema = schema.clone();
            Box::pin(async move { schema.execute(request.data(head)).await })
        });
        let limits = Limits {
            body_time: Duration::from_millis(200),
            ..Limits::default()
        };
        let gateway = Gateway {
            execute,
            request_ids: Arc::new(|| Uuid::from_u128(7)),
            limits: Arc::new(limits),
            proxies: Arc::default(),
            listed: crate::http::Listed(Arc::new(|_| Box::pin(async { false }))),
            streaming: no_streams(),
            feed: Arc::new(|_| Box::pin(async { Ok(None) })),
            bounces: Arc::new(|_| Box::pin(async { Ok(noting()) })),
            exports: Arc::new(|_| {
                Box::pin(async { Err(crate::http::ErrorCode::NotFound.error("")) })
            }),
            vocabulary,
            is_demo: false,
        };
        Self { gateway, done }
    }

    async fn raw(&self, request: Request<Body>) -> Answer {
        let answer = router(self.gateway.clone()).oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        assert_eq!(
            parts.headers["x-request-id"],
            Uuid::from_u128(7).to_string()
        );
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8(bytes.to_vec()).unwrap()));
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn post(&self, accept: &str, body: impl Into<Body>) -> Answer {
        self.raw(post().header("accept", accept).body(body.into()).unwrap())
            .await
    }

    async fn get(&self, query: &str) -> Answer {
        let request = Request::get(format!("/graphql{query}")).header("accept", NEW);
        self.raw(request.body(Body::empty()).unwrap()).await
    }
}

/// Nobody watches anything here.
fn no_streams() -> Streaming {
    let none = Duration::ZERO;
    Streaming {
        subscribe: Arc::new(|_, _, _| unreachable!("no schema here has anything to watch")),
        enter: Arc::new(|_| Box::pin(async { false })),
        heartbeat: none,
        patience: none,
        take: none,
        per_connection: 0,
    }
}

fn post() -> axum::http::request::Builder {
    Request::post("/graphql").header("content-type", "application/json")
}

fn document(text: &str) -> String {
    json!({ "query": text }).to_string()
}

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

#[tokio::test]
async fn a_query_is_answered_in_the_media_type_asked_for() {
    let endpoint = Endpoint::new();
    for accept in [NEW, OLD] {
        let answer = endpoint.post(accept, document("{hello(times: 2)}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            answer.headers["content-type"],
            format!("{accept}; charset=utf-8")
        );
        assert_eq!(answer.body, json!({"data": {"hello": "hellohello"}}));
    }
    let answer = endpoint.post("image/png", document("{hello}")).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(
        answer.body["errors"][0]["extensions"]["code"],
        "NOT_ACCEPTABLE"
    );
}

#[tokio::test]
async fn a_faulty_document_is_400_or_200_by_media_type_and_has_no_data() {
    let endpoint = Endpoint::new();
    for text in [
        "{",
        "{unknown}",
        "{hello(times: \"x\")}",
        "query($n: Int!){hello(times: $n)}",
        "query A {hello} query B {hello}",
        "{a:hello}{b:hello}",
    ] {
        for (accept, status) in [(NEW, StatusCode::BAD_REQUEST), (OLD, StatusCode::OK)] {
            let answer = endpoint.post(accept, document(text)).await;
            assert_eq!(answer.status, status, "{text}");
            assert!(answer.body.get("data").is_none(), "{text}");
            let extensions = &answer.body["errors"][0]["extensions"];
            assert_eq!(extensions["code"], "BAD_REQUEST", "{text}");
            assert_eq!(extensions["requestId"], Uuid::from_u128(7).to_string());
        }
    }
}

#[tokio::test]
async fn a_request_that_is_none_is_4xx_whatever_is_accepted() {
    let endpoint = Endpoint::new();
    for (body, status) in [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        ("[{\"query\": \"{hello}\"}]", 400),
        ("{}", 400),
        ("{\"query\": null}", 400),
        ("{\"query\": 7}", 400),
        ("{\"query\": \"{hello}\", \"operationName\": 1}", 400),
        ("{\"query\": \"{hello}\", \"variables\": []}", 400),
        ("{\"query\": \"{hello}\", \"extensions\": \"x\"}", 400),
        ("{\"query\": \"{hello}\", \"query\": \"{language}\"}", 400),
        ("{\"query\": \"{hello}\"} true", 400),
    ] {
        for accept in [NEW, OLD] {
            let answer = endpoint.post(accept, body).await;
            assert_eq!(answer.status.as_u16(), status, "{body}");
            assert_eq!(
                answer.body["errors"][0]["extensions"]["code"], "BAD_REQUEST",
                "{body}"
            );
        }
    }
    let answer = endpoint.post(NEW, "{\"query\": \"{hello}\", \"variables\": null, \"operationName\": null, \"extensions\": {}}").await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn only_json_without_encoding_is_read() {
    let endpoint = Endpoint::new();
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("content-type", "multipart/form-data; boundary=x"),
        ("content-type", "application/json; charset=iso-8859-1"),
        ("content-type", ""),
    ] {
        let request = Request::post("/graphql")
            .header(name, value)
            .body(Body::from(document("{hello}")))
            .unwrap();
        assert_eq!(
            endpoint.raw(request).await.status,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{value}"
        );
    }
    let request = Request::post("/graphql")
        .body(Body::from(document("{hello}")))
        .unwrap();
    assert_eq!(
        endpoint.raw(request).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    let request = post()
        .header("content-encoding", "gzip")
        .body(Body::from(document("{hello}")))
        .unwrap();
    assert_eq!(
        endpoint.raw(request).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_or_too_slow_is_not_awaited() {
    let endpoint = Endpoint::new();
    let endless = || {
        Body::from_stream(futures_util::stream::pending::<
            Result<Vec<u8>, std::io::Error>,
        >())
    };
    let announced = post()
        .header("content-length", "300000")
        .body(endless())
        .unwrap();
    assert_eq!(
        endpoint.raw(announced).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let chunks = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 10_000]));
    assert_eq!(
        endpoint.post(NEW, Body::from_stream(chunks)).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        endpoint.post(NEW, endless()).await.status,
        StatusCode::REQUEST_TIMEOUT
    );
}

#[tokio::test]
async fn a_get_asks_and_never_acts() {
    let endpoint = Endpoint::new();
    assert_eq!(
        endpoint.get("?query=%7Bhello%7D").await.body,
        json!({"data": {"hello": "hello"}})
    );
    let answer = endpoint
        .get("?query=query(%24n%3AInt!)%7Bhello(times%3A%24n)%7D&variables=%7B%22n%22%3A2%7D")
        .await;
    assert_eq!(answer.body, json!({"data": {"hello": "hellohello"}}));
    let answer = endpoint
        .post(
            NEW,
            json!({"query": "query($n: Int!){hello(times: $n)}", "variables": {"n": "x"}})
                .to_string(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let answer = endpoint.get("?query=mutation%7Bslowly%7D").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers["allow"], "POST");
    let both = "?query=query%20A%7Bhello%7D%20mutation%20B%7Bslowly%7D&operationName=";
    assert_eq!(
        endpoint.get(&format!("{both}A")).await.status,
        StatusCode::OK
    );
    assert_eq!(
        endpoint.get(&format!("{both}B")).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(endpoint.done.load(Ordering::SeqCst), 0);
    for query in [
        "",
        "?",
        "?query=%7Bhello%7D&query=%7Bhello%7D",
        "?query=%FF",
        "?query=%7Bhello%7D&variables=%5B%5D",
    ] {
        assert_eq!(
            endpoint.get(query).await.status,
            StatusCode::BAD_REQUEST,
            "{query}"
        );
    }
    let head = Request::head("/graphql").body(Body::empty()).unwrap();
    let answer = endpoint.raw(head).await;
    assert_eq!(
        (answer.status, answer.headers["allow"].to_str().unwrap()),
        (StatusCode::METHOD_NOT_ALLOWED, "GET, POST")
    );
}

#[tokio::test]
async fn a_fault_of_ours_is_hidden_and_a_known_error_is_not() {
    let endpoint = Endpoint::new();
    let answer = endpoint.post(NEW, document("{broken}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body["errors"][0]["extensions"]["code"], "INTERNAL");
    assert!(!answer.body.to_string().contains("10.0.0.7"));
    let answer = endpoint.post(NEW, document("{refused}")).await;
    assert_eq!(answer.body["errors"][0]["message"], "Sign in first.");
    assert_eq!(
        answer.body["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );
    assert_eq!(answer.body["data"], Value::Null);
    let answer = endpoint.post(NEW, document("{panics}")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.body["errors"][0]["extensions"]["code"], "INTERNAL");
    assert!(answer.body.get("data").is_none());
}

#[tokio::test]
async fn work_that_does_not_end_is_not_awaited_and_not_stopped() {
    let mut endpoint = Endpoint::new();
    let limits = Limits {
        answer_time: Duration::from_millis(5),
        ..Limits::default()
    };
    endpoint.gateway.limits = Arc::new(limits);
    let answer = endpoint.post(NEW, document("mutation{slowly}")).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.body["errors"][0]["extensions"]["code"], "TIMEOUT");
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(endpoint.done.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_abusive_document_is_too_complex() {
    let endpoint = Endpoint::new();
    let nested = format!(
        "{{hello(times: {}1{})}}",
        "[".repeat(2_000),
        "]".repeat(2_000)
    );
    let answer = endpoint.post(NEW, document(&nested)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        answer.body["errors"][0]["extensions"]["code"],
        "TOO_COMPLEX"
    );
    assert_eq!(answer.body["errors"][0]["extensions"]["limit"], "NESTING");
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_stop_the_work() {
    let endpoint = Endpoint::new();
    let request = post()
        .body(Body::from(document("mutation{slowly}")))
        .unwrap();
    let waiting = endpoint.raw(request);
    assert!(
        tokio::time::timeout(Duration::from_millis(10), waiting)
            .await
            .is_err()
    );
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(endpoint.done.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_head_reaches_the_execution() {
    let endpoint = Endpoint::new();
    let request = post()
        .header("accept-language", "nl, en;q=0.5")
        .body(Body::from(document("{language}")))
        .unwrap();
    assert_eq!(
        endpoint.raw(request).await.body,
        json!({"data": {"language": "nl, en;q=0.5"}})
    );
    let twice = post()
        .header("authorization", "Bearer a")
        .header("authorization", "Bearer b");
    let answer = endpoint
        .raw(twice.body(Body::from(document("{hello}"))).unwrap())
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_browser_gets_graphiql_and_a_client_gets_answers() {
    let endpoint = Endpoint::new();
    let opened = |address: &'static str| {
        Request::get(address)
            .header("accept", "text/html,*/*;q=0.8")
            .body(Body::empty())
            .unwrap()
    };
    for address in ["/graphql", "/graphql?as=livp/admin"] {
        let answer = endpoint.raw(opened(address)).await;
        assert!(answer.body.as_str().unwrap().contains("GraphiQL"));
        assert_eq!(answer.headers["vary"], "accept");
    }
    let answer = endpoint.raw(opened("/graphql?query=%7Bhello%7D")).await;
    assert!(answer.body["data"].is_object(), "{}", answer.body);
}
