//! Twenty organisations ask and write at once over two connections to the database, and a fifth of the clients leave.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet};
use wederhoor_server::founding::Founding;
use wederhoor_tests::{App, Client, Fixture, Kind, both};

use super::{
    leaving::{clients, leave, raw},
    whole::{assert_at_rest, assert_whole},
};
use crate::steps::mutation_document;

const ORGANISATIONS: usize = 20;
/// How many clients come in each run of the suite.
const USUAL: usize = 600;
/// How many clients are there at the same time.
const AT_ONCE: usize = 16;

/// What an organisation has, and a complaint that may be another's.
const READ: &str = "query($input: ID!) { members { nodes { email } }
    complaints(first: 50) { totalCount nodes { reference } } node(id: $input) { id } }";

/// Everything of one organisation that a request needs.
struct Organisation {
    slug: String,
    prefix: String,
    token: String,
    complaint: Value,
}

/// A demo with two connections to its database, and twenty organisations more.
struct Crowd {
    app: App,
    organisations: Arc<Vec<Organisation>>,
}

impl Fixture for Crowd {
    async fn set_up(kind: Kind) -> Self {
        let app = App::start_adjusted(kind, |setup| setup.database.max_connections = 2).await;
        let mut organisations = Vec::new();
        for number in 0..ORGANISATIONS {
            organisations.push(organisation(&app, number).await);
        }
        let organisations = Arc::new(organisations);
        Self { app, organisations }
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

async fn organisation(app: &App, number: usize) -> Organisation {
    let policy = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/awb.toml"));
    let slug = format!("gemeente-{number}");
    // Letters only, of one length: no prefix begins another.
    let prefix = format!("G{}", char::from(b"ABCDEFGHIJKLMNOPQRST"[number]));
    let founding = Founding::new(&slug, policy, &prefix, &format!("anja@{slug}.example"));
    let invitation = app.found(&founding).await;
    let (_, token) = invitation.split_once('.').unwrap();
    let input =
        json!({ "organisation": slug, "token": token, "password": "iedereen komt hier binnen" });
    let document = mutation_document("acceptInvitation", "session { accessToken }");
    let accepted = app.ask("", &document, json!({ "input": input })).await;
    let token = accepted.data()["acceptInvitation"]["session"]["accessToken"]
        .as_str()
        .unwrap()
        .to_owned();
    app.ask("", &file_document(), json!({ "input": filing(&slug) }))
        .await;
    let newest = "{ complaints { nodes { id } } }";
    let listed = app.client.gql(Some(&token), newest, json!({})).await;
    let complaint = listed.data()["complaints"]["nodes"][0]["id"].clone();
    assert!(complaint.is_string());
    Organisation {
        slug,
        prefix,
        token,
        complaint,
    }
}

fn file_document() -> String {
    mutation_document("fileComplaint", "receipt { reference }")
}

fn filing(slug: &str) -> Value {
    json!({
        "organisation": slug,
        "complainant": { "name": format!("Robin van {slug}"), "email": format!("robin@{slug}.example") },
        "filedOn": "2026-03-02",
        "description": "Aan de balie werd niet geluisterd.",
    })
}

both! {
    async fn nobody_is_given_a_row_of_another_organisation_however_many_ask_and_leave(crowd: &Crowd) {
        let app = &crowd.app;
        let room = Arc::new(Semaphore::new(AT_ONCE));
        let answered = Arc::new(AtomicUsize::new(0));
        let mut running = JoinSet::new();
        for number in 0..clients(USUAL) {
            let permit = room.clone().acquire_owned().await.unwrap();
            let answered = answered.clone();
            let (client, organisations, address) = (app.client.clone(), crowd.organisations.clone(), app.address);
            running.spawn(async move {
                let (own, other) = pair(&organisations, number);
                if number % 5 == 2 {
                    leave(address, leaving(own, other, number), number).await;
                } else {
                    answered.fetch_add(asked(&client, own, other, number).await.into(), Relaxed);
                }
                drop(permit);
            });
        }
        // Whoever was given a wrong row has panicked.
        running.join_all().await;
        let all = clients(USUAL);
        println!("{} of {all} clients were given what they asked", answered.load(Relaxed));
        assert!(answered.load(Relaxed) > all / 4);
        assert_at_rest(app).await;
        assert_whole(app).await;
        for own in crowd.organisations.iter() {
            let first = &crowd.organisations[0];
            let variables = json!({ "input": first.complaint });
            let answer = app.client.gql(Some(&own.token), READ, variables).await;
            assert_read(own, answer.data(), own.slug == first.slug);
        }
    }
}

/// The organisation whose turn it is, and the next.
fn pair(organisations: &[Organisation], number: usize) -> (&Organisation, &Organisation) {
    let own = (number * 7) % ORGANISATIONS;
    (
        &organisations[own],
        &organisations[(own + 1) % ORGANISATIONS],
    )
}

/// What clients who leave had asked.
fn leaving(own: &Organisation, other: &Organisation, number: usize) -> Vec<u8> {
    match number % 3 {
        0 => raw(Some(&own.token), READ, &other.complaint),
        1 => raw(None, &file_document(), &filing(&own.slug)),
        _ => raw(
            Some(&own.token),
            &hold_document("place"),
            &hold(&own.complaint),
        ),
    }
}

fn hold(complaint: &Value) -> Value {
    json!({ "complaintId": complaint, "reason": "Er loopt een zaak." })
}

/// Asks, and looks at every row of the answer; whether there was one. Who waits too long for one of the two connections is
/// told so, and no more.
async fn asked(client: &Client, own: &Organisation, other: &Organisation, number: usize) -> bool {
    let (token, document, input) = match number % 8 {
        0 => (None, file_document(), filing(&own.slug)),
        1 => (
            Some(&own.token),
            hold_document("place"),
            hold(&other.complaint),
        ),
        2 => (
            Some(&own.token),
            hold_document("place"),
            hold(&own.complaint),
        ),
        3 => (
            Some(&own.token),
            hold_document("lift"),
            hold(&own.complaint),
        ),
        _ => (Some(&own.token), READ.to_owned(), other.complaint.clone()),
    };
    let answer = client
        .gql(
            token.map(String::as_str),
            &document,
            json!({ "input": input }),
        )
        .await;
    if answer.body.get("errors").is_some() {
        assert_eq!(answer.code(), Some("UNAVAILABLE"), "{answer:?}");
        return false;
    }
    let data = answer.data();
    match number % 8 {
        0 => assert_own(own, &data["fileComplaint"]["receipt"]),
        1 => {
            let code = &data["placeLegalHold"]["userErrors"][0]["code"];
            assert_eq!(code, "NOT_FOUND", "{answer:?}");
        }
        // Somebody else of the organisation may have been first.
        2 | 3 => {
            let changed = [&data["placeLegalHold"], &data["liftLegalHold"]];
            for complaint in changed.map(|payload| &payload["complaint"]) {
                assert!(complaint.is_null() || complaint["reference"].is_string());
                if complaint.is_object() {
                    assert_own(own, complaint);
                }
            }
        }
        _ => assert_read(own, data, false),
    }
    true
}

fn hold_document(what: &str) -> String {
    mutation_document(&format!("{what}LegalHold"), "complaint { reference }")
}

fn assert_own(own: &Organisation, row: &Value) {
    let reference = row["reference"].as_str().unwrap();
    assert!(reference.starts_with(&own.prefix), "{reference}");
}

/// Every row is of the organisation that asked; what another has is not there.
fn assert_read(own: &Organisation, data: &Value, is_own: bool) {
    let ending = format!("@{}.example", own.slug);
    for member in data["members"]["nodes"].as_array().unwrap() {
        assert!(
            member["email"].as_str().unwrap().ends_with(&ending),
            "{member}"
        );
    }
    let listed = data["complaints"]["nodes"].as_array().unwrap();
    assert!(!listed.is_empty());
    for complaint in listed {
        assert_own(own, complaint);
    }
    assert_eq!(data["node"].is_object(), is_own);
}
