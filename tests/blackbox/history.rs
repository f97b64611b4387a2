//! The months that the demo tells of itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::{Value, json};
use wederhoor_server::demo::{self, Options};
use wederhoor_tests::{App, Client, Fixture, Kind, both};

use crate::steps::{ask, part_of};

/// A demo with its history.
pub(crate) struct Told(pub(crate) App);

impl Fixture for Told {
    async fn set_up(kind: Kind) -> Self {
        Self(App::with_history(kind).await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// Reference, state, outcome and id of every complaint, as they are on every machine.
const GOLDEN: &str = include_str!("history.txt");

/// Whom letters do not reach: addresses that are none, and somebody who never comes in.
const NOT_REACHED: [&str; 3] = ["dirk.meeuwis", "ineke.vroegop", "yasmin.tromp"];

both! {
    async fn the_demo_tells_the_same_believable_months_on_every_machine(told: &Told) {
        let app = &told.0;
        let mut lines = String::new();
        for organisation in ["blijf-groep", "livp"] {
            let complaints = complaints(app, organisation).await;
            for one in &complaints {
                let words = ["reference", "state", "outcome", "id"].map(|name| one[name].as_str().unwrap_or("-"));
                lines += &(words.join(" ") + "\n");
                let whole = part_of(app, &format!("{organisation}/admin"), one["id"].as_str().unwrap(), "isChainIntact").await;
                assert_eq!(whole["isChainIntact"], true, "{one}");
            }
            assert_eq!(words_of(&complaints, "state"), states(organisation));
            assert_eq!(words_of(&complaints, "outcome"), outcomes(organisation));
        }
        if std::env::var_os("UPDATE_HISTORY").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/blackbox/history.txt"), &lines).unwrap();
        } else {
            assert_eq!(lines, GOLDEN, "UPDATE_HISTORY=1 writes it anew");
        }
        assert_letters(app).await;
    }
}

async fn complaints(app: &App, organisation: &str) -> Vec<Value> {
    let who = format!("{organisation}/admin");
    let document =
        "query($after: String) { complaints(first: 20, after: $after, orderBy: RECEIVED_ASC) {
        nodes { id reference state outcome } pageInfo { hasNextPage endCursor } } }";
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = ask(app, &who, document, json!({ "after": after }))
            .await
            .data()["complaints"]
            .clone();
        found.extend(page["nodes"].as_array().unwrap().clone());
        if page["pageInfo"]["hasNextPage"] != true {
            return found;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn words_of(complaints: &[Value], name: &str) -> BTreeSet<String> {
    complaints
        .iter()
        .filter_map(|one| one[name].as_str())
        .map(str::to_owned)
        .collect()
}

fn set(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// Every state that the organisation's regulation knows.
fn states(organisation: &str) -> BTreeSet<String> {
    let waiting = if organisation == "livp" {
        "AWAITING_SIGN_OFF"
    } else {
        "AWAITING_COMPLAINANT"
    };
    set(&format!(
        "RECEIVED IN_TREATMENT {waiting} APPEAL_OPEN ON_APPEAL CLOSED"
    ))
}

/// Every outcome that the organisation's regulation knows.
fn outcomes(organisation: &str) -> BTreeSet<String> {
    let settled = if organisation == "livp" {
        "AGREED"
    } else {
        "ACCEPTED TACITLY_ACCEPTED"
    };
    set(&format!(
        "{settled} DECIDED NOT_PURSUED WITHDRAWN INADMISSIBLE"
    ))
}

/// Only the planned letters did not arrive, and none waits.
async fn assert_letters(app: &App) {
    let mut by_status: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for letter in app.letters().await {
        let to = letter["to"].as_str().unwrap_or("paper").to_owned();
        let status = letter["status"].as_str().unwrap().to_owned();
        by_status.entry(status).or_default().insert(to);
    }
    let planned = NOT_REACHED.map(|name| format!("{name}@personen.example"));
    let failed = by_status.remove("failed").unwrap_or_default();
    assert_eq!(failed, BTreeSet::from(planned));
    let others: Vec<&String> = by_status.keys().collect();
    assert_eq!(others, ["posted", "sent"], "{by_status:?}");
}

/// A demo without history in a directory: its people, its complaints, and its present.
async fn opened(data_dir: &Path) -> (Value, Value, String) {
    let options = Options {
        port: 0,
        data_dir: data_dir.to_owned(),
        database_url: None,
        reset: false,
        has_history: false,
        smtp: None,
    };
    let running = demo::start(&options).await.unwrap();
    let client = Client::new(running.address);
    let (people, mail) = (
        client.json("/demo/people.json").await,
        client.json("/demo/mail.json").await,
    );
    let now = client.json("/demo/clock").await["now"].clone();
    running.stop().await.unwrap();
    (people, mail, now.as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_new_demo_begins_on_its_day_and_an_old_one_goes_on() {
    let directory = std::env::temp_dir().join(format!("wederhoor-demo-{}", std::process::id()));
    let (people, mail, now) = opened(&directory).await;
    assert!(now.starts_with("2026-03-02T08:0"), "{now}");
    assert_eq!(mail["letters"], json!([]));
    assert!(!directory.join("wederhoor.db.new").exists());
    // A database that was half made is made anew.
    std::fs::rename(
        directory.join("wederhoor.db"),
        directory.join("wederhoor.db.new"),
    )
    .unwrap();
    std::fs::write(directory.join("wederhoor.db.new"), "half a database").unwrap();
    assert_eq!(
        opened(&directory).await.0,
        people,
        "the same people on every machine"
    );
    let (again, _, later) = opened(&directory).await;
    assert_eq!(again, people);
    assert!(
        later > now && later.starts_with("2026-03-02T08:0"),
        "{later}"
    );
    std::fs::remove_dir_all(&directory).unwrap();
}
