//! Reports how fast complaints are filed and how fast the case list answers, on both databases, with 10,000 complaints of
//! one organisation, or as many as its argument says:
//! `scripts/postgres.sh cargo run --release -p wederhoor-tests --example list`. Server, client and (embedded) database are
//! one process, so its figures are a floor; it sends a fixed number of requests over a fixed number of connections. What
//! else the machine does is in the figures: it prints the load average that it found.

#![recursion_limit = "256"]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wederhoor_tests::{App, CONNECTIONS, Client, Fixture, Kind, at_once, fill, on_both};

const COMPLAINTS: u32 = 10_000;
const REQUESTS: u32 = 8_000;
const LIST: &str =
    "{ complaints(first: 20) { nodes { reference state receivedAt handler { name } course { title }
    nextDeadline { kind dueOn } } } }";
const NEWEST: &str = "query($first: Int!) { complaints(first: $first) { nodes { id } } }";
const TAKE: &str = "mutation($input: TakeComplaintInput!) {
    takeComplaint(input: $input) { complaint { id } userErrors { code message } } }";

fn main() {
    let given = std::env::args().nth(1);
    let complaints = given.map_or(COMPLAINTS, |given| given.parse().expect("a number"));
    on_both(async |kind| report(kind, complaints).await);
}

async fn report(kind: Kind, complaints: u32) {
    let app = App::set_up(kind).await;
    let form = json!({
        "organisation": "blijf-groep",
        "complainant": { "name": "Robin Rekwest", "email": "robin@personen.example" },
        "courseId": app.course("blijf-groep", "veilig")["id"],
        "description": "De trainer maakte grapjes over deelnemers.",
    });
    let filing = measured(&app, complaints, fill(&app, &form, complaints)).await;
    println!("{kind:?}: filed {complaints} complaints: {filing}");
    hand_out(&app).await;
    let token = app.token("blijf-groep", "advies1").await;
    assert_listed(&app, &token).await;
    asked(&app, &token, REQUESTS / 10).await;
    let listing = measured(&app, REQUESTS, asked(&app, &token, REQUESTS)).await;
    println!("{kind:?}: listed 20 of them {REQUESTS} times: {listing}");
    app.tear_down().await;
}

/// How fast so many requests were answered: a second, each, and with how many statements.
async fn measured(app: &App, times: u32, answers: impl Future<Output = Vec<Duration>>) -> String {
    let (begun, before) = (Instant::now(), app.statements());
    let mut took = answers.await;
    let (all, statements) = (begun.elapsed(), app.statements() - before);
    took.sort_unstable();
    let at = |share: usize| took[took.len() * share / 1000].as_secs_f64() * 1e3;
    format!(
        "{:.0} a second over {CONNECTIONS} connections, median {:.2} ms, p99 {:.2} ms, {} statements each",
        f64::from(times) / all.as_secs_f64(),
        at(500),
        at(990),
        statements / u64::from(times),
    )
}

/// Lets somebody handle the newest.
async fn hand_out(app: &App) {
    let admin = app.token("blijf-groep", "admin").await;
    let first = json!({ "first": 20 });
    let newest = app.client.gql(Some(&admin), NEWEST, first).await;
    let adviser = app.token("blijf-groep", "advies1").await;
    let newest = newest.data()["complaints"]["nodes"].as_array();
    for one in newest.expect("a list") {
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
    at_once(|| {
        let (client, token) = (Client::new(app.address), token.to_owned());
        async move {
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
        }
    })
    .await
}
