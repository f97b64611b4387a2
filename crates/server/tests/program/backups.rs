//! Backups taken while the program is in use, put back, and checked: every chain holds, and what was destroyed since stays so.

use std::{
    fs,
    net::SocketAddr,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wederhoor_server::{
    clock::{RealClock, real_now},
    founding::{Founding, found},
    listen,
};

use crate::support::{
    asking::{answered, ask},
    database::Database,
    directory::Directory,
    ended::{Ended, end},
    organisation::{FILE, PASSWORD, assembled, complaint, migrated, signed_in_at},
    policy,
};

/// What only the dossier that is destroyed holds.
const WORDS: &str = "Het gaat om de giraffenkwestie.";
const OFF: [(&str, &str); 3] = [
    ("WEDERHOOR_INTAKE_PROOF_BITS", "0"),
    ("WEDERHOOR_FILINGS_PER_SOURCE", "1000000"),
    ("WEDERHOOR_RATE_PER_SOURCE", "1000000"),
];

/// What an operation comes to, without errors.
fn done(server: SocketAddr, token: &str, document: &str, input: &Value) -> Value {
    let answer = ask(server, Some(token), document, &json!({ "input": input }));
    let payload = answer["data"]
        .as_object()
        .and_then(|data| data.values().next());
    let payload = payload.unwrap_or_else(|| panic!("{answer:#}"));
    let errors = payload["userErrors"].as_array().map(Vec::as_slice);
    assert!(errors.unwrap_or_default().is_empty(), "{answer:#}");
    payload.clone()
}

/// An organisation with one complaint that was withdrawn longer ago than dossiers are kept; its id.
fn closed_years_ago(database: &Database) -> String {
    let then: DateTime<Utc> = real_now() - TimeDelta::days(6 * 366);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let livp = policy("livp");
    let founding = Founding::new("vroeger", livp.as_ref(), "OUD", "aya@vroeger.example");
    let (invitation, parts, answering) = runtime.block_on(async {
        let parts = assembled(database, then, Arc::new(RealClock), None).await;
        let invitation = found(&parts.service, &founding).await.unwrap();
        let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let routes = parts.routes.clone();
        let answering = parts.clone().serve(listener, routes, false).unwrap();
        (invitation, parts, answering)
    });
    let server = answering.address;
    let mut filing = complaint(then);
    filing["description"] = json!(WORDS);
    let receipt = ask(server, None, FILE, &json!({ "input": filing }));
    assert!(
        receipt["data"]["fileComplaint"]["receipt"].is_object(),
        "{receipt:#}"
    );
    let token = signed_in_at(server, &invitation);
    let all = ask(
        server,
        Some(&token),
        "{ complaints { nodes { id } } }",
        &json!({}),
    );
    let id = all["data"]["complaints"]["nodes"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let withdrawn = json!({ "complaintId": id, "party": { "kind": "COMPLAINANT" }, "act": { "withdrawComplaint": {} },
        "channel": "EMAIL", "arrivedAt": then });
    done(
        server,
        &token,
        "mutation($input: RecordPartyActInput!) { recordPartyAct(input: $input) { userErrors { code message } } }",
        &withdrawn,
    );
    runtime.block_on(async {
        answering.stop().await.unwrap();
        parts.service.close().await.unwrap();
    });
    id
}

fn signed_in(server: SocketAddr) -> String {
    let input =
        json!({ "email": "aya@vroeger.example", "password": PASSWORD, "organisation": "vroeger" });
    let document = "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code } } }";
    let session = &done_by_anyone(server, document, &input)["session"];
    session["accessToken"].as_str().unwrap().to_owned()
}

fn done_by_anyone(server: SocketAddr, document: &str, input: &Value) -> Value {
    let answer = ask(server, None, document, &json!({ "input": input }));
    answer["data"]
        .as_object()
        .unwrap_or_else(|| panic!("{answer:#}"))["signIn"]
        .clone()
}

/// What the dossier tells of the complaint to its administrator.
fn dossier(server: SocketAddr, token: &str, id: &str) -> String {
    let document = "query($id: ID!) { complaint(id: $id) { isChainIntact description entries { kind by { kind } } } }";
    let answer = ask(server, Some(token), document, &json!({ "id": id }));
    assert_eq!(
        answer["data"]["complaint"]["isChainIntact"], true,
        "{answer:#}"
    );
    answer.to_string()
}

/// Files complaints, one after the other, while something else is done; how many were taken in before it began.
fn while_people_file(server: SocketAddr, work: impl FnOnce()) -> u32 {
    let (is_over, filed) = (Arc::<AtomicBool>::default(), Arc::<AtomicU32>::default());
    let filing = thread::spawn({
        let (is_over, filed) = (is_over.clone(), filed.clone());
        move || {
            while !is_over.load(Ordering::Relaxed) {
                let body =
                    json!({ "query": FILE, "variables": { "input": complaint(real_now()) } });
                let answer = answered(
                    server,
                    "content-type: application/json\r\n",
                    &body.to_string(),
                )
                .unwrap();
                assert!(
                    answer["data"]["fileComplaint"]["receipt"].is_object(),
                    "{answer:#}"
                );
                filed.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    while filed.load(Ordering::Relaxed) < 3 {
        thread::yield_now();
    }
    let before = filed.load(Ordering::Relaxed);
    work();
    is_over.store(true, Ordering::Relaxed);
    filing.join().unwrap();
    before
}

fn is_well(ended: &Ended) -> &str {
    assert!(ended.is_success, "{ended:?}");
    &ended.out
}

/// Destroys the dossier, and lists it.
fn is_destroyed(database: &Database, server: SocketAddr, id: &str, list: &str) {
    let token = signed_in(server);
    assert!(dossier(server, &token, id).contains("giraffenkwestie"));
    let document = "mutation($input: ConfirmDestructionInput!) { confirmDestruction(input: $input) { userErrors { code message } } }";
    done(server, &token, document, &json!({ "complaintId": id }));
    assert!(!dossier(server, &token, id).contains("giraffenkwestie"));
    let exported = database.run(&["destroyed", "export", list]);
    assert!(is_well(&exported).contains("1 destroyed"), "{exported:?}");
    let again = database.run(&["destroyed", "export", list]);
    assert!(is_well(&again).contains("1 destroyed"), "{again:?}");
    assert!(!fs::read_to_string(list).unwrap().contains("giraffen"));
}

fn stays_destroyed(
    database: &Database,
    copy: impl Fn(&Database),
    restore: impl Fn(&Database) -> Database,
) {
    migrated(database);
    let id = closed_years_ago(database);
    let directory = Directory::new();
    let list = directory.0.join("destroyed.ndjson");
    let list = list.to_str().unwrap();
    let server = database.start_with(&["serve", "--no-worker"], &OFF);
    let filed = while_people_file(server.address(), || copy(database));
    assert!(filed >= 3);

    is_destroyed(database, server.address(), &id, list);
    server.ends_when_asked();

    let restored = restore(database);
    let verified = restored.run(&["verify"]);
    assert!(
        is_well(&verified).contains("of 1 organisations hold"),
        "{verified:?}"
    );
    let chains: u32 = verified.out.split(' ').next().unwrap().parse().unwrap();
    assert!(
        chains > filed,
        "what was taken in before the backup began is in it: {verified:?}"
    );
    let replayed = restored.run(&["destroyed", "replay", list]);
    assert!(
        is_well(&replayed).starts_with("1 dossiers are destroyed once more; 0 "),
        "{replayed:?}"
    );
    let replayed = restored.run(&["destroyed", "replay", list]);
    assert!(
        is_well(&replayed).starts_with("0 dossiers are destroyed once more; 1 "),
        "{replayed:?}"
    );
    let verified = restored.run(&["verify", "--entrants"]);
    let entrants = "vroeger: 1 members and 0 API keys come in";
    assert!(is_well(&verified).contains(entrants), "{verified:?}");
    let server = restored.start_with(&["serve", "--no-worker"], &OFF);
    let told = dossier(server.address(), &signed_in(server.address()), &id);
    assert!(
        !told.contains("giraffenkwestie") && told.contains("\"SYSTEM\""),
        "{told}"
    );
    server.ends_when_asked();
}

#[test]
fn what_was_destroyed_stays_so_when_an_older_backup_is_restored_on_sqlite() {
    let directory = Directory::new();
    let file = directory.0.join("kopie.db");
    let name = file.to_str().unwrap();
    let copy = |database: &Database| {
        is_well(&database.run(&["backup", name]));
        let again = database.run(&["backup", name]);
        assert!(again.error.contains("is there already"), "{again:?}");
    };
    let restore = |_: &Database| {
        let restored = Database::sqlite();
        let path = restored
            .url()
            .trim_start_matches("sqlite://")
            .trim_end_matches("?mode=rwc");
        fs::copy(&file, path).unwrap();
        restored
    };
    stays_destroyed(&Database::sqlite(), copy, restore);
}

#[test]
fn what_was_destroyed_stays_so_when_an_older_backup_is_restored_on_postgres() {
    let Some(database) = Database::postgres() else {
        return;
    };
    let directory = Directory::new();
    let file = directory.0.join("kopie.dump");
    let copy = |database: &Database| {
        let narrowed = dump(database.url(), &file);
        assert!(
            !narrowed.is_success,
            "whom row-level security narrows copies nothing: {narrowed:?}"
        );
        is_well(&dump(&database.superuser_url(), &file));
        let refused = database.run(&["backup", "kopie.db"]);
        assert!(refused.error.contains("pg_dump"), "{refused:?}");
    };
    let restore = |_: &Database| {
        let restored = Database::postgres().unwrap();
        let mut command = Command::new("pg_restore");
        command.args([
            "--exit-on-error",
            "--single-transaction",
            "--dbname",
            &restored.superuser_url(),
        ]);
        is_well(&end(command.arg(&file)));
        restored
    };
    stays_destroyed(&database, copy, restore);
}

fn dump(url: &str, file: &std::path::Path) -> Ended {
    let mut command = Command::new("pg_dump");
    end(command.args([url, "--format=custom", "--file"]).arg(file))
}

#[test]
fn a_chain_that_was_tampered_with_is_named() {
    let Some(database) = Database::postgres() else {
        return;
    };
    migrated(&database);
    closed_years_ago(&database);
    database.superuser("UPDATE complaint_event SET at = at + interval '1 day' WHERE seq = 2");
    let verified = database.run(&["verify"]);
    assert!(!verified.is_success, "{verified:?}");
    assert!(
        verified.out.starts_with("vroeger ") && verified.out.contains("event 2"),
        "{verified:?}"
    );
    assert!(verified.error.contains("1 of 1 chains"), "{verified:?}");
}

#[test]
fn a_list_that_is_none_destroys_nothing() {
    let database = Database::sqlite();
    migrated(&database);
    let directory = Directory::new();
    let broken = directory.file("list.ndjson", b"{\"organisation\": 1}\n");
    let ended = database.run(&["destroyed", "replay", broken.to_str().unwrap()]);
    assert!(
        !ended.is_success && ended.error.contains("line 1"),
        "{ended:?}"
    );
    let ended = database.run(&["destroyed", "replay", "/nowhere/list"]);
    assert!(
        ended.error.contains("/nowhere/list cannot be read"),
        "{ended:?}"
    );
}
