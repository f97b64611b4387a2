//! What probes are told: whether the process answers, and whether it can do its work; to anybody, and nothing of anybody.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_tests::{App, Client, Kind, both};

use crate::steps::{Case, form, mutation_document};

/// The status, and what is said.
type Told = (u16, Value);

async fn get(client: &Client, path: &str) -> Told {
    let answer = client.request(Method::GET, path).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Asks until it is told so: what was seen is told for a second.
async fn becomes(app: &App, is_so: impl Fn(&Value) -> bool) -> Told {
    let begun = Instant::now();
    loop {
        let told = get(&app.client, "/readyz").await;
        if is_so(&told.1) {
            return told;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{told:?}");
        assert_eq!(
            get(&app.client, "/livez").await.0,
            200,
            "it lives all the time"
        );
    }
}

fn checks(database: &str, schema: &str, workers: &Value, outbox: &Value) -> Value {
    json!({
        "database": { "status": database },
        "schema": { "status": schema },
        "workers": workers,
        "outbox": outbox,
    })
}

/// Lets every transaction of new sessions be read-only, or not any more; those that are open end.
async fn read_only(app: &App, is_so: bool) {
    let set = format!(
        "DO $$ BEGIN EXECUTE format('ALTER ROLE wederhoor_app IN DATABASE %I SET default_transaction_read_only = {is_so}', current_database()); END $$"
    );
    app.database.execute(&set).await;
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename = 'wederhoor_app'";
    app.database.execute(end).await;
}

/// Nothing but that the database does not say.
fn away() -> Value {
    let checks = checks(
        "failed",
        "unknown",
        &json!({ "status": "unknown", "secondsSinceWork": null }),
        &json!({ "status": "unknown", "secondsOverdue": null }),
    );
    json!({ "status": "unready", "checks": checks })
}

both! {
    async fn anybody_is_told_that_it_lives_and_what_it_can_do(app: &App) {
        let before = app.statements();
        for _ in 0..9 {
            assert_eq!(get(&app.client, "/livez").await, (200, json!({ "status": "live" })));
        }
        assert_eq!(app.statements(), before, "that it lives is no question to the database");
        let nobody = json!({ "status": "absent", "secondsSinceWork": null });
        let nothing = json!({ "status": "ok", "secondsOverdue": null });
        let checks = checks("ok", "ok", &nobody, &nothing);
        let degraded = json!({ "status": "degraded", "checks": checks });
        assert_eq!(get(&app.client, "/readyz").await, (200, degraded), "who answers answers without workers");
        for path in ["/livez", "/readyz"] {
            let head = app.client.request(Method::HEAD, path).send().await.unwrap();
            assert_eq!(head.status(), 200, "{path}");
            assert_eq!(head.headers()["cache-control"], "no-store", "{path}");
            let post = app.client.request(Method::POST, path).body("{}").send().await.unwrap();
            assert_eq!(post.status(), 405, "{path}");
        }
        let worker = app.worker();
        let (status, ready) = becomes(app, |told| told["status"] == "ready").await;
        assert_eq!(status, 200);
        assert!(ready["checks"]["workers"]["secondsSinceWork"].as_u64().unwrap() < 60, "{ready}");
        worker.stop().await.unwrap();
        let beside = app.beside(|_| {}).await;
        let (_, told) = get(&beside.client, "/readyz").await;
        assert_eq!(told["status"], "ready", "it is told in every process: {told}");
        beside.stop().await;
    }

    async fn however_many_ask_the_database_is_asked_seldom(app: &App) {
        let (before, begun) = (app.statements(), Instant::now());
        let mut asking = JoinSet::new();
        for _ in 0..300 {
            let client = app.client.clone();
            asking.spawn(async move { get(&client, "/readyz").await.0 });
        }
        assert!(asking.join_all().await.iter().all(|status| *status == 200));
        let looks = 1 + begun.elapsed().as_secs();
        let statements = app.statements() - before;
        assert!((4..=5 * looks).contains(&statements), "{statements} in {looks}");
    }

    async fn a_database_that_goes_away_and_comes_back_is_told_and_needs_no_hands(app: &App) {
        becomes(app, |told| told["status"] == "degraded").await;
        let gone = |told: &Value| told["status"] == "unready";
        // What no code expects is no reason to send requests either.
        app.database.execute("ALTER TABLE due_work RENAME TO elsewhere").await;
        assert_eq!(becomes(app, gone).await, (503, away()));
        app.database.execute("ALTER TABLE elsewhere RENAME TO due_work").await;
        assert_eq!(becomes(app, |told| !gone(told)).await.0, 200);
        if app.database.kind == Kind::Postgres {
            let limit = |limit: i32| format!("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT {limit}', current_database()); END $$");
            app.database.execute(&limit(0)).await;
            app.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND usename = 'wederhoor_app'").await;
            assert_eq!(becomes(app, gone).await, (503, away()));
            app.database.execute(&limit(-1)).await;
            assert_eq!(becomes(app, |told| !gone(told)).await.0, 200);
        }
    }

    async fn a_database_that_takes_no_writing_is_told_at_once_and_what_is_read_is_answered(app: &App) {
        if app.database.kind == Kind::Sqlite {
            // What a full or read-only disk does to a file is tried with the program, on a disk of its own.
            return;
        }
        let case = Case::filed(app, "", form(app, "blijf-groep", Some("veilig"))).await;
        let token = app.token("blijf-groep", "admin").await;
        let of_database = |word: &'static str| move |told: &Value| told["checks"]["database"]["status"] == word;
        read_only(app, true).await;
        let (status, told) = becomes(app, of_database("readonly")).await;
        assert_eq!((status, &told["status"]), (200, &json!("degraded")), "before anybody has tried to write");
        let list = "{ complaints { nodes { id } } }";
        let seen = app.client.gql(Some(&token), list, json!({})).await;
        assert_eq!(seen.data()["complaints"]["nodes"][0]["id"], case.id.as_str(), "{:#}", seen.body);
        let file = async || {
            let input = json!({ "input": form(app, "blijf-groep", Some("veilig")) });
            app.client.gql(None, &mutation_document("fileComplaint", "receipt { reference }"), input).await
        };
        let refused = file().await;
        assert_eq!(refused.code(), Some("UNAVAILABLE"), "{:#}", refused.body);
        read_only(app, false).await;
        becomes(app, of_database("ok")).await;
        let mut filed = file().await;
        // Connections that were ended are found out one by one.
        for _ in 0..10 {
            if filed.code().is_some() {
                filed = file().await;
            }
        }
        assert!(filed.data()["fileComplaint"]["receipt"]["reference"].is_string(), "{:#}", filed.body);
        let seen = app.client.gql(Some(&token), "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(seen.data()["complaints"]["totalCount"], 2, "nothing by half, and nothing lost");
    }

    async fn a_schema_that_is_older_or_newer_is_told_and_one_that_only_adds_is_none(app: &App) {
        let schema = |word: &'static str| move |told: &Value| told["checks"]["schema"]["status"] == word;
        let step = |name: &str| format!("INSERT INTO seaql_migrations VALUES ('{name}', 0)");
        app.database.execute(&step("m29990101_000000_expand_complaints")).await;
        app.database.execute("DELETE FROM seaql_migrations WHERE version LIKE '%_create_courses'").await;
        let (status, told) = becomes(app, schema("older")).await;
        assert_eq!((status, &told["status"]), (503, &json!("unready")));
        app.database.execute(&step("m20261121_072000_create_courses")).await;
        assert_eq!(becomes(app, schema("ok")).await.0, 200, "and it goes on");
        app.database.execute(&step("m29990102_000000_other")).await;
        assert_eq!(becomes(app, schema("newer")).await.0, 503);
    }

    async fn a_letter_that_waits_for_long_is_told_without_whose_it_is(app: &App) {
        Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        app.time_passes_until("2026-03-02T08:30:00Z");
        let overdue = |told: &Value| told["checks"]["outbox"]["secondsOverdue"].is_u64();
        let (_, waits) = becomes(app, overdue).await;
        assert_eq!(waits["checks"]["outbox"], json!({ "status": "ok", "secondsOverdue": 1_800 }));
        app.time_passes_until("2026-03-02T10:00:00Z");
        let (status, late) = becomes(app, |told| told["checks"]["outbox"]["status"] == "late").await;
        assert_eq!((status, &late["status"]), (200, &json!("degraded")));
        assert_eq!(late["checks"]["outbox"]["secondsOverdue"], 7_200);
        app.sweep().await;
        becomes(app, |told| !overdue(told)).await;
    }
}
