//! Who saw and did what, when and from which session: of a complaint for its administration, of an account for its owner.

mod of_account;
mod of_complaint;
mod shown_to;

use std::sync::Arc;

use serde_json::{Value, json};
use wederhoor_server::clock::{MovableClock, real_now};
use wederhoor_tests::{App, Fixture, Kind};

use crate::steps::{self, address, ask, mutate};

const LOG: &str = "query($id: ID!, $first: Int, $after: String) { accessLog(complaintId: $id, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { notedAt kind action member { id name } partyKind sessionId } } }";
const ACTIVITY: &str =
    "query($first: Int, $after: String) { viewer { activity(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { notedAt kind action complaintId organisationName signInId } } } }";
const TOKENS: &str = "session { accessToken refreshToken }";

/// The demo, with its real clock in our hand, half past an hour.
struct Timed {
    app: App,
    real: Arc<MovableClock>,
}

impl Fixture for Timed {
    async fn set_up(kind: Kind) -> Self {
        let now = real_now();
        let past = now.timestamp().rem_euclid(3_600);
        let half_past = now + chrono::TimeDelta::seconds(5_400 - past);
        let real = Arc::new(MovableClock::standing(half_past));
        let own = real.clone();
        let app = App::start_adjusted(kind, move |setup| setup.real_clock = own).await;
        Self { app, real }
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

impl Timed {
    fn minutes_pass(&self, minutes: i64) {
        let later = self.real.at(real_now()) + chrono::TimeDelta::minutes(minutes);
        self.real.move_to(real_now(), later).unwrap();
    }
}

/// The log of a complaint as `who` reads it; `null` where it is not theirs.
async fn log(app: &App, who: &str, id: &str) -> Value {
    let answer = ask(app, who, LOG, json!({ "id": id, "first": 100 })).await;
    answer.data()["accessLog"].clone()
}

/// What was noted of somebody of LIVP in a complaint, oldest first: kind and action.
async fn noted(app: &App, key: &str, id: &str) -> Vec<Value> {
    app.write_reads().await;
    let log = log(app, "livp/admin", id).await;
    let member = &app.person("livp", key)["id"];
    let mut rows = log["nodes"].as_array().unwrap().clone();
    rows.retain(|row| row["member"]["id"] == *member);
    rows.reverse();
    rows
}

/// Kind and action of each.
fn words(rows: &[Value]) -> Vec<String> {
    let word = |row: &Value| match row["action"].as_str() {
        Some(action) => format!("{} {action}", row["kind"].as_str().unwrap()),
        None => row["kind"].as_str().unwrap().to_owned(),
    };
    rows.iter().map(word).collect()
}

/// What somebody reads of their own account, newest first.
async fn activity(app: &App, who: &str) -> Vec<Value> {
    app.write_reads().await;
    let answer = ask(app, who, ACTIVITY, json!({ "first": 100 })).await;
    let list = &answer.data()["viewer"]["activity"];
    let rows = list["nodes"].as_array().unwrap().clone();
    assert_eq!(list["totalCount"], rows.len());
    rows
}

async fn reads(app: &App, who: &str, id: &str) -> Value {
    steps::part_of(app, who, id, "reference description").await
}

/// The tokens of somebody of the demo, signed in anew.
async fn sign_in(app: &App, organisation: &str, key: &str) -> Value {
    steps::sign_in(app, &address(app, organisation, key), organisation).await
}

async fn refreshed(app: &App, session: &Value) -> Value {
    let input = json!({ "refreshToken": session["refreshToken"] });
    mutate(app, "", "refreshSession", input, TOKENS).await["session"].clone()
}

fn access(session: &Value) -> String {
    session["accessToken"].as_str().unwrap().to_owned()
}
