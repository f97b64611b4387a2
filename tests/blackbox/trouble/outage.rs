//! A database that goes away: a clear error, nothing by half, and no restart.

use std::time::{Duration, Instant};

use serde_json::json;
use sqlx::{Connection, SqliteConnection};
use tokio::task::JoinSet;
use wederhoor_tests::{Answer, App, Kind, both};

use super::whole::{assert_at_rest, assert_whole};
use crate::steps::{Case, form, letter, mutation_document};

/// Ends every connection of the application, whatever it is doing.
const HANG_UP: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = 'wederhoor_app'";

fn connections(limit: i32) -> String {
    format!(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT {limit}', current_database()); END $$"
    )
}

both! {
    async fn a_database_that_hangs_up_in_the_middle_leaves_nothing_by_half(app: &App) {
        if app.database.kind == Kind::Sqlite {
            return;
        }
        let (mut done, mut lost) = (0, 0);
        for wave in 0..12 {
            let mut asking = JoinSet::new();
            for place in 0..6 {
                asking.spawn(file(app, wave * 6 + place));
            }
            for _ in 0..4 {
                app.database.execute(HANG_UP).await;
            }
            for answer in asking.join_all().await {
                match told(&answer, "fileComplaint").as_deref() {
                    None => done += 1,
                    Some("UNAVAILABLE") => lost += 1,
                    Some(other) => panic!("{other}: {:#}", answer.body),
                }
            }
        }
        assert!(lost > 0, "nothing was interrupted");
        assert_at_rest(app).await;
        assert_whole(app).await;
        let after = again(app, || file(app, 1_000), "fileComplaint").await;
        assert!(after.data()["fileComplaint"]["receipt"]["reference"].is_string());
        // An answer that was lost on its way back belongs to a complaint that is there: never fewer than were answered.
        let there = app.ask("blijf-groep/admin", "{ complaints { totalCount } }", json!({})).await;
        let there = there.data()["complaints"]["totalCount"].as_u64().unwrap();
        assert!((done + 1..=done + lost + 1).contains(&there), "{there} of {done} done and {lost} lost");
    }

    async fn while_the_database_is_away_every_request_says_so_and_then_all_goes_on(app: &App) {
        let case = Case::registered(app, "blijf-groep", letter(app, "blijf-groep", Some("veilig"), "EMAIL", wederhoor_tests::START)).await;
        let token = app.token("blijf-groep", "advies1").await;
        let take = || async {
            let input = json!({ "complaintId": case.id });
            app.client.gql(Some(&token), &mutation_document("takeComplaint", ""), json!({ "input": input })).await
        };
        let before = app.database.contents(&[]).await;
        let begun = Instant::now();
        match app.database.kind {
            Kind::Postgres => {
                app.database.execute(&connections(0)).await;
                app.database.execute(HANG_UP).await;
                assert_eq!(told(&take().await, "takeComplaint").as_deref(), Some("UNAVAILABLE"));
                assert_eq!(take().await.status, 503);
                let seen = app.client.gql(Some(&token), "{ complaints { nodes { id } } }", json!({})).await;
                assert_eq!((seen.code(), seen.status), (Some("UNAVAILABLE"), 503));
                assert_eq!(told(&file(app, 1).await, "fileComplaint").as_deref(), Some("UNAVAILABLE"));
                let mail = app.client.request(reqwest::Method::GET, "/demo/mail.json").send().await.unwrap();
                assert_eq!(mail.status(), 503);
                let clock = app.client.request(reqwest::Method::POST, "/demo/clock").json(&json!({ "advanceDays": 0 }));
                assert_eq!(clock.send().await.unwrap().status(), 503);
                assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
                app.database.execute(&connections(-1)).await;
            }
            Kind::Sqlite => {
                let mut other = SqliteConnection::connect(&app.database.url).await.unwrap();
                sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
                assert_eq!(told(&take().await, "takeComplaint").as_deref(), Some("UNAVAILABLE"));
                let seen = app.client.gql(Some(&token), "{ complaints { nodes { id } } }", json!({})).await;
                assert_eq!(seen.data()["complaints"]["nodes"][0]["id"], case.id.as_str(), "reading goes on");
                assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
                sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
                other.close().await.unwrap();
            }
        }
        assert!(app.database.contents(&[]).await == before, "a refused request wrote something");
        again(app, take, "takeComplaint").await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
        app.sweep().await;
        assert_whole(app).await;
    }

    async fn an_error_of_the_database_shows_nothing_of_it(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        // A table that is not there is a fault that no code expects.
        app.database.execute("ALTER TABLE complaint_event RENAME TO elsewhere").await;
        let answer = app.ask("livp/admin", "query($id: ID!) { complaint(id: $id) { state entries { number } } }", json!({ "id": case.id })).await;
        assert_eq!(answer.code(), Some("INTERNAL"), "{:#}", answer.body);
        let told = answer.body.to_string().to_lowercase();
        for word in ["complaint_event", "relation", "table", "select", "sqlx", "sqlite", "postgres"] {
            assert!(!told.contains(word), "{told}");
        }
        let input = json!({ "complaintId": case.id, "reason": "Er loopt een zaak." });
        let hold = app.ask("livp/admin", &mutation_document("placeLegalHold", ""), json!({ "input": input })).await;
        assert_eq!(hold.code(), Some("INTERNAL"), "{:#}", hold.body);
        app.database.execute("ALTER TABLE elsewhere RENAME TO complaint_event").await;
        case.act("admin", "placeLegalHold", json!({ "reason": "Er loopt een zaak." })).await;
        assert_whole(app).await;
    }
}

fn file(app: &App, number: usize) -> impl Future<Output = Answer> + Send + use<> {
    let mut input = form(app, "blijf-groep", Some("veilig"));
    input["complainant"]["email"] = json!(format!("klager{number}@personen.example"));
    let document = mutation_document("fileComplaint", "receipt { reference }");
    let client = app.client.clone();
    async move { client.gql(None, &document, json!({ "input": input })).await }
}

/// The code of what went wrong; `None` when it was done.
fn told(answer: &Answer, mutation: &str) -> Option<String> {
    let code = answer.code().map(str::to_owned);
    let payload = &answer.body["data"][mutation];
    let first = payload["userErrors"][0]["code"].as_str().map(str::to_owned);
    assert!(code.is_some() || payload.is_object(), "{:#}", answer.body);
    code.or(first)
}

/// Asks until it is done: connections that were cut are found out one by one, so that a few requests may still fail.
async fn again<F: Future<Output = Answer>>(
    app: &App,
    ask: impl Fn() -> F,
    mutation: &str,
) -> Answer {
    for _ in 0..10 {
        let answer = ask().await;
        match told(&answer, mutation).as_deref() {
            None => return answer,
            Some(code) => assert_eq!(code, "UNAVAILABLE", "{:#}", answer.body),
        }
    }
    panic!(
        "{mutation} is not done on {:?} after the database came back",
        app.database.kind
    );
}
