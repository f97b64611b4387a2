//! Every code at the top of an answer is met over real HTTP. A new code does not compile here until somebody says how.

use std::time::Duration;

use serde_json::json;
use wederhoor_tests::{
    App, ErrorCode, Fixture, Kind, Told, TriesConfig, both,
    raw::{accepting, post, request, send},
};

use super::errors::assert_plain;

/// A demo that waits for nothing, and whose passwords take long.
struct Hurried(App);

impl Fixture for Hurried {
    async fn set_up(kind: Kind) -> Self {
        let app = App::start_adjusted(kind, |setup| {
            setup.edge.limits.answer_time = Duration::ZERO;
            setup.edge.limits.body_time = Duration::from_millis(100);
            setup.password.memory_kib = 19_456;
            setup.password.iterations = 30;
        });
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// A demo that takes one letter an hour for enough.
struct Restrained(App);

impl Fixture for Restrained {
    async fn set_up(kind: Kind) -> Self {
        let app = App::start_adjusted(kind, |setup| {
            setup.limits.tries = Some(TriesConfig {
                letters: 1,
                ..TriesConfig::default()
            });
        });
        Self(app.await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// A document, as nobody.
async fn asked(app: &App, document: &str) -> Told {
    let body = json!({ "query": document }).to_string();
    send(app.address, &post("", body.as_bytes())).await
}

/// Sends what meets this code, of which an app is left in whatever state it comes to.
async fn meet(app: &App, code: ErrorCode) -> (Told, &'static str) {
    match code {
        ErrorCode::BadRequest => (asked(app, "{ no").await, "400 BAD_REQUEST"),
        ErrorCode::NotFound => {
            let elsewhere = request("GET", "/nergens", "", b"");
            (send(app.address, &elsewhere).await, "404 NOT_FOUND")
        }
        ErrorCode::TooComplex => {
            let deep = format!("{{ a{} }}", "{ a".repeat(50) + &"}".repeat(50));
            (asked(app, &deep).await, "400 TOO_COMPLEX NESTING")
        }
        ErrorCode::PayloadTooLarge => {
            let large = post("", &vec![b' '; 300_000]);
            (send(app.address, &large).await, "413 PAYLOAD_TOO_LARGE")
        }
        ErrorCode::UnsupportedMediaType => {
            let typed = "content-type: text/plain\r\ncontent-length: 2\r\n";
            let bytes = request("POST", "/graphql", typed, b"{}");
            (
                send(app.address, &bytes).await,
                "415 UNSUPPORTED_MEDIA_TYPE",
            )
        }
        ErrorCode::NotAcceptable => {
            let picture = accepting(
                "image/png",
                "GET",
                "/graphql?query=%7B__typename%7D",
                "",
                b"",
            );
            (send(app.address, &picture).await, "406 NOT_ACCEPTABLE")
        }
        ErrorCode::MethodNotAllowed => {
            let put = request("PUT", "/graphql", "content-length: 0\r\n", b"");
            (send(app.address, &put).await, "405 METHOD_NOT_ALLOWED")
        }
        ErrorCode::Unauthenticated => {
            let told = asked(app, "{ complaints { totalCount } }").await;
            (told, "200 UNAUTHENTICATED")
        }
        ErrorCode::SecondFactorRequired => {
            let require =
                "mutation { setSecondFactorRequired(input: { isRequired: true }) { isRequired } }";
            app.ask("blijf-groep/admin", require, json!({})).await;
            let token = app.token("blijf-groep", "admin").await;
            let body = json!({ "query": "{ complaints { totalCount } }" }).to_string();
            let asking = post(
                &format!("authorization: Bearer {token}\r\n"),
                body.as_bytes(),
            );
            (
                send(app.address, &asking).await,
                "200 SECOND_FACTOR_REQUIRED",
            )
        }
        ErrorCode::NotAllowed => {
            let (key, _) = crate::api_keys::made(app, "livp/admin").await;
            let body = json!({ "query": "{ complaints { totalCount } }" }).to_string();
            let asking = post(&format!("authorization: Bearer {key}\r\n"), body.as_bytes());
            (send(app.address, &asking).await, "403 NOT_ALLOWED")
        }
        ErrorCode::TenantSuspended => {
            let suspend = "UPDATE tenant SET status = 'suspended'";
            app.database.execute(suspend).await;
            let file = "mutation { fileComplaint(input: { organisation: \"livp\", filedOn: \"2026-03-02\",
                complainant: { name: \"Kim de Klager\", email: \"kim@personen.example\", telephone: \"+31205550123\" },
                description: \"Het lokaal was dicht.\" }) { userErrors { code } } }";
            (asked(app, file).await, "200 TENANT_SUSPENDED")
        }
        ErrorCode::RateLimited => {
            let ask = "mutation { requestPasswordReset(input: { organisation: \"livp\", email: \"jan@personen.example\" }) { isAccepted } }";
            asked(app, ask).await;
            let told = asked(app, ask).await;
            assert!(told.head.contains("\r\nretry-after: 3600"), "{}", told.head);
            (told, "200 RATE_LIMITED")
        }
        ErrorCode::Timeout => {
            let guess = "mutation { signIn(input: { email: \"jan@personen.example\", password: \"geraden\" }) { userErrors { code } } }";
            (asked(app, guess).await, "503 TIMEOUT")
        }
        ErrorCode::Unavailable => {
            app.close_database().await;
            let told = asked(app, "{ organisation(slug: \"livp\") { name } }").await;
            (told, "200 UNAVAILABLE")
        }
        ErrorCode::Internal => {
            let rename = "ALTER TABLE tenant RENAME TO elsewhere";
            app.database.execute(rename).await;
            let told = asked(app, "{ organisation(slug: \"livp\") { name } }").await;
            (told, "200 INTERNAL")
        }
    }
}

/// Fails unless the code is met, in words that anyone may read.
async fn assert_met(app: &App, code: ErrorCode) {
    let (told, line) = meet(app, code).await;
    assert_eq!(told.line(), line, "{code:?}: {:#}", told.body);
    assert!(line.contains(code.as_str()), "{code:?} is not {line}");
    assert_plain(line, &told.body);
}

/// What must come last: after these the demo answers nothing else.
const FATAL: [ErrorCode; 3] = [
    ErrorCode::TenantSuspended,
    ErrorCode::Internal,
    ErrorCode::Unavailable,
];

both! {
    async fn every_code_is_met_over_http(app: &App) {
        let others = ErrorCode::ALL.iter().copied();
        let elsewhere = [ErrorCode::Timeout, ErrorCode::RateLimited];
        let others = others.filter(|code| !elsewhere.contains(code) && !FATAL.contains(code));
        for code in others.chain(FATAL) {
            assert_met(app, code).await;
        }
    }

    async fn what_is_asked_too_often_is_said_to(app: &Restrained) {
        assert_met(&app.0, ErrorCode::RateLimited).await;
    }

    async fn what_takes_too_long_is_said_to(hurried: &Hurried) {
        assert_met(&hurried.0, ErrorCode::Timeout).await;
        let slow = request("POST", "/graphql", "content-type: application/json\r\ncontent-length: 10\r\n", b"{");
        let told = send(hurried.0.address, &slow).await;
        assert_eq!(told.line(), "408 TIMEOUT", "{:#}", told.body);
        assert_plain("half a body", &told.body);
    }
}
