//! A demo that begins anew, and one on a database that it was given.

use std::{fs, net::SocketAddr, path::Path};

use serde_json::{Value, json};
use wederhoor_procedure::TenantId;
use wederhoor_server::demo::{self, Options};
use wederhoor_store::{Store, StoreConfig, TenantRecord, TenantStatus};

use crate::support::{
    asking::{ask, exchange},
    database::Database,
    demo::{options as begins_in, sign_in},
    directory::Directory,
};

const FILE: &str = "mutation($input: FileComplaintInput!) {
    fileComplaint(input: $input) { receipt { reference } userErrors { message } } }";
const SEEN: &str = "{ viewer { name } complaints(first: 5) { nodes { reference receivedAt } } }";

fn options(directory: &Path, database: Option<&str>, reset: bool) -> Options {
    Options {
        database_url: database.map(str::to_owned),
        reset,
        ..begins_in(directory)
    }
}

/// Files a complaint as nobody; its reference.
fn file(server: SocketAddr) -> Value {
    let input = json!({
        "organisation": "livp",
        "complainant": { "name": "Kim de Klager", "email": "kim@wonen.example", "telephone": "+31205550123" },
        "filedOn": "2026-03-02",
        "description": "Het certificaat kwam niet.",
    });
    let answer = ask(server, None, FILE, &json!({ "input": input }));
    let reference = answer["data"]["fileComplaint"]["receipt"]["reference"].clone();
    assert!(reference.is_string(), "{answer}");
    reference
}

/// What LIVP's administrator sees with this token; nothing when it does not let in.
fn seen(server: SocketAddr, token: &str) -> Option<Vec<Value>> {
    let answer = ask(server, Some(token), SEEN, &json!({}));
    let nodes = answer["data"]["complaints"]["nodes"].as_array()?;
    Some(nodes.clone())
}

/// A demo of one complaint; its administrator's token, and what is seen with it.
async fn begun(options: &Options) -> (String, Vec<Value>) {
    let running = demo::start(options).await.unwrap();
    let token = sign_in(running.address);
    assert_eq!(seen(running.address, &token).unwrap(), [] as [Value; 0]);
    let reference = file(running.address);
    let complaints = seen(running.address, &token).unwrap();
    assert_eq!(complaints[0]["reference"], reference);
    let received = complaints[0]["receivedAt"].as_str().unwrap();
    assert!(received.starts_with("2026-03-02T08:"), "{received}");
    running.stop().await.unwrap();
    (token, complaints)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_begins_anew_and_keeps_the_file_of_a_stranger() {
    let directory = Directory::new();
    let (mut old, _) = begun(&options(&directory.0, None, false)).await;
    let stranger = directory.file("holiday.jpg", "not the demo's");
    for _ in 0..2 {
        let (new, _) = begun(&options(&directory.0, None, true)).await;
        let running = demo::start(&options(&directory.0, None, false))
            .await
            .unwrap();
        assert!(
            seen(running.address, &old).is_none(),
            "the key of before is thrown away"
        );
        assert!(seen(running.address, &new).is_some());
        running.stop().await.unwrap();
        assert_eq!(fs::read_to_string(&stranger).unwrap(), "not the demo's");
        old = new;
    }
    directory.file("demo.json", "{ half");
    begun(&options(&directory.0, None, true)).await;
    assert!(stranger.exists());
}

/// An empty database becomes a demo, and goes on as that one; a reset of it is refused, at no cost.
async fn goes_on(database: &Database) {
    let directory = Directory::new();
    let url = Some(database.owner_url());
    let again = options(&directory.0, url, false);
    let (token, mut complaints) = begun(&again).await;
    assert!(!directory.0.join("wederhoor.db").exists());
    for _ in 0..2 {
        let running = demo::start(&again).await.unwrap();
        let found = seen(running.address, &token).unwrap();
        assert_eq!(found, complaints, "{url:?}");
        file(running.address);
        complaints = seen(running.address, &token).unwrap();
        assert_eq!(complaints.len(), found.len() + 1);
        for one in &complaints {
            let received = one["receivedAt"].as_str().unwrap();
            assert!(
                received.starts_with("2026-03-02T08:"),
                "its clock runs on: {one}"
            );
        }
        running.stop().await.unwrap();
        let before = directory.contents();
        let refused = demo::start(&options(&directory.0, url, true)).await;
        let said = refused.err().unwrap().to_string();
        assert!(
            said.contains("--reset") && said.contains("--database-url"),
            "{said}"
        );
        assert!(
            directory.contents() == before,
            "the refusal changed the data directory"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_given_becomes_a_demo_and_goes_on_on_sqlite() {
    goes_on(&Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_given_becomes_a_demo_and_goes_on_on_postgres() {
    if let Some(database) = Database::postgres() {
        goes_on(&database).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_with_an_empty_database_begins_in_it() {
    let directory = Directory::new();
    let database = Database::sqlite();
    let url = Some(database.owner_url());
    directory.file("demo.json", "{ half");
    begun(&options(&directory.0, url, true)).await;
}

/// Organisations that are somebody else's stay theirs, and are told what would have become of them.
async fn is_left_alone(database: &Database) {
    let migrated = database.run(&["migrate"]);
    assert!(migrated.is_success, "{migrated:?}");
    let store = Store::connect(StoreConfig::new(database.owner_url()));
    let platform = store.await.unwrap().platform();
    let theirs = TenantRecord {
        id: TenantId(uuid::Uuid::from_u128(7)),
        slug: "livp".to_owned(),
        name: "Een echte organisatie".to_owned(),
        status: TenantStatus::Active,
        status_reason: None,
        deletion: None,
        settings: json!({}),
        created_at: demo::PRESENT,
    };
    platform.create_tenant(theirs.clone()).await.unwrap();
    for reset in [false, true] {
        let directory = Directory::new();
        let given = options(&directory.0, Some(database.owner_url()), reset);
        let refused = demo::start(&given).await;
        let said = refused.err().unwrap().to_string();
        let word = if reset { "--reset" } else { "not the demo's" };
        assert!(said.contains(word), "{said}");
        assert_eq!(
            platform.tenants().await.unwrap(),
            std::slice::from_ref(&theirs)
        );
        assert_eq!(platform.setting("demo").await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_somebody_else_is_left_alone_on_sqlite() {
    is_left_alone(&Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_somebody_else_is_left_alone_on_postgres() {
    if let Some(database) = Database::postgres() {
        is_left_alone(&database).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_given_keeps_the_clock_of_its_demo() {
    let database = Database::sqlite();
    let url = Some(database.owner_url());
    let first = Directory::new();
    let running = demo::start(&options(&first.0, url, false)).await.unwrap();
    let body = r#"{"advanceDays": 40}"#;
    let moved = exchange(
        running.address,
        &format!(
            "POST /demo/clock HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
    );
    assert!(moved.contains("2026-04-11T"), "{moved}");
    running.stop().await.unwrap();
    let second = Directory::new();
    let running = demo::start(&options(&second.0, url, false)).await.unwrap();
    let shown = exchange(
        running.address,
        "GET /demo/clock HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
    );
    assert!(shown.contains("2026-04-11T"), "{shown}");
    running.stop().await.unwrap();
}
