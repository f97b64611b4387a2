use std::sync::atomic::{AtomicU32, Ordering};

use axum::{body::Body, http::Request};
use futures_util::FutureExt;
use secrecy::SecretString;
use serde_json::json;
use tower::ServiceExt;

use super::*;
use crate::{
    app::{Setup, assemble},
    clock::{MovableClock, RealClock},
    config::{DatabaseConfig, EdgeConfig, LimitsConfig, PasswordConfig, SealingKeys, TokenSeeds},
    http::Proxies,
};

#[tokio::test]
async fn a_sweep_that_panics_ends_alone() {
    let (stop, stopping) = watch::channel(false);
    let (count, wake) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
    let sweep = || {
        let (count, wake, stop) = (count.clone(), wake.clone(), stop.clone());
        async move {
            if count.fetch_add(1, Ordering::Relaxed) == 0 {
                wake.notify_one();
                panic!("on purpose");
            }
            stop.send_replace(true);
            Ok(Swept::default())
        }
    };
    work("test", sweep, &wake, stopping).await;
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn only_what_may_have_made_work_wakes_the_worker() {
    let name = format!("wederhoor-wake-{}", std::process::id());
    let directory = std::env::temp_dir().join(name);
    let url = format!("sqlite://{}?mode=rwc", directory.join("test.db").display());
    let database = DatabaseConfig {
        url: SecretString::from(url),
        owner_url: None,
        listen_url: None,
        max_connections: 2,
    };
    crate::database::migrate(&database).await.unwrap();
    let parts = assemble(Setup {
        database,
        edge: EdgeConfig::default(),
        proxies: Proxies::default(),
        limits: LimitsConfig::OFF,
        base_url: "https://klachten.example".to_owned(),
        token_seeds: TokenSeeds::one([7; 32]),
        sealing_keys: SealingKeys::one([8; 32]),
        password: PasswordConfig::CHEAP,
        smtp: None,
        clock: Arc::new(MovableClock::standing(
            "2026-03-02T08:00:00Z".parse().unwrap(),
        )),
        real_clock: Arc::new(RealClock),
        is_demo: false,
    });
    let parts = parts.await.unwrap();
    for (document, wakes) in [
        ("query A { __typename } mutation B { __typename }", false),
        (
            "mutation { signOutEverywhere(input: {}) { userErrors { code } } }",
            true,
        ),
    ] {
        let name = document.contains("query").then_some("A");
        let body = json!({ "query": document, "operationName": name }).to_string();
        let request = Request::post("/graphql").header("content-type", "application/json");
        let request = request.body(Body::from(body)).unwrap();
        parts.routes.clone().oneshot(request).await.unwrap();
        for notify in [&parts.wake.time, &parts.wake.letters] {
            let woken = notify.notified().now_or_never().is_some();
            assert_eq!(woken, wakes, "{document}");
        }
    }
    parts.service.close().await.unwrap();
    std::fs::remove_dir_all(&directory).unwrap();
}
