//! Reports how fast the case list answers, on both databases, with 10,000 complaints of one organisation:
//! `scripts/postgres.sh cargo run --release -p wederhoor-tests --example list`. Server, client and (embedded) database are
//! one process, so its figures are a floor; it sends a fixed number of requests over a fixed number of connections.

#![recursion_limit = "256"]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_tests::{App, Client, Fixture, Kind};

const COMPLAINTS: u32 = 10_000;
const REQUESTS: u32 = 8_000;
const CONNECTIONS: u32 = 8;
const LIST: &str =
    "{ complaints(first: 20) { nodes { reference state receivedAt handler { name } course { title }
    nextDeadline { kind dueOn } } } }";
const FILE: &str = "mutation($input: FileComplaintInput!) {
    fileComplaint(input: $input) { receipt { reference } userErrors { code message } } }";
const NEWEST: &str = "query($first: Int!) { complaints(first: $first) { nodes { id } } }";
const TAKE: &str = "mutation($input: TakeComplaintInput!) {
    takeComplaint(input: $input) { complaint { id } userErrors { code message } } }";

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for kind in [Kind::Sqlite, Kind::Postgres] {
        runtime.block_on(report(kind));
    }
}

async fn report(kind: Kind) {
    let app = App::set_up(kind).await;
    let begun = Instant::now();
    fill(&app).await;
    let filing = f64::from(COMPLAINTS) / begun.elapsed().as_secs_f64();
    let token = app.token("blijf-groep", "advies1").await;
    assert_listed(&app, &token).await;
    asked(&app, &token, REQUESTS / 10).await;
    let begun = Instant::now();
    let mut took = asked(&app, &token, REQUESTS).await;
    let all = begun.elapsed();
    took.sort_unstable();
    let at = |share: usize| took[took.len() * share / 1000].as_secs_f64() * 1e3;
    println!(
        "{kind:?}: {COMPLAINTS} complaints ({filing:.0} filed a second), {CONNECTIONS} connections, {REQUESTS} requests: \
         {:.0} requests/s, median {:.2} ms, p99 {:.2} ms",
        f64::from(REQUESTS) / all.as_secs_f64(),
        at(500),
        at(990)
    );
    app.tear_down().await;
}

/// Files all complaints by the form, and lets somebody handle the newest.
async fn fill(app: &App) {
    let input = json!({
        "organisation": "blijf-groep",
        "complainant": { "name": "Robin Rekwest", "email": "robin@personen.example" },
        "courseId": app.course("blijf-groep", "veilig")["id"],
        "description": "De trainer maakte grapjes over deelnemers.",
    });
    let mut tasks = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (client, input) = (app.client.clone(), input.clone());
        tasks.spawn(async move {
            for _ in 0..COMPLAINTS / CONNECTIONS {
                let filed = client.gql(None, FILE, json!({ "input": input })).await;
                assert_eq!(filed.data()["fileComplaint"]["userErrors"], json!([]));
            }
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.expect("every complaint is filed");
    }
    let admin = app.token("blijf-groep", "admin").await;
    let newest = app
        .client
        .gql(Some(&admin), NEWEST, json!({ "first": 20 }))
        .await;
    let adviser = app.token("blijf-groep", "advies1").await;
    for one in newest.data()["complaints"]["nodes"]
        .as_array()
        .expect("a list")
    {
        let input = json!({ "input": { "complaintId": one["id"] } });
        let taken = app.client.gql(Some(&adviser), TAKE, input).await;
        assert_eq!(taken.data()["takeComplaint"]["userErrors"], json!([]));
    }
}

/// The list holds what is measured: a handler, a course and a deadline in every row.
async fn assert_listed(app: &App, token: &str) {
    let listed = app.client.gql(Some(token), LIST, Value::Null).await;
    let nodes = listed.data()["complaints"]["nodes"]
        .as_array()
        .expect("a list");
    assert_eq!(nodes.len(), 20);
    for field in ["handler", "course", "nextDeadline"] {
        assert!(nodes.iter().all(|node| node[field].is_object()), "{field}");
    }
}

/// Asks for the list so many times, and says how long each answer took.
async fn asked(app: &App, token: &str, times: u32) -> Vec<Duration> {
    let mut tasks = JoinSet::new();
    for _ in 0..CONNECTIONS {
        // A client of its own: a connection of its own.
        let (client, token) = (Client::new(app.address), token.to_owned());
        tasks.spawn(async move {
            let mut took = Vec::new();
            for _ in 0..times / CONNECTIONS {
                let begun = Instant::now();
                let request = client.request(reqwest::Method::POST, "/graphql");
                let request = request.bearer_auth(&token).json(&json!({ "query": LIST }));
                let answer = request.send().await.expect("an answer");
                assert_eq!(answer.status(), 200);
                answer.bytes().await.expect("a whole answer");
                took.push(begun.elapsed());
            }
            took
        });
    }
    let mut all = Vec::new();
    while let Some(took) = tasks.join_next().await {
        all.extend(took.expect("every request is answered"));
    }
    all
}
