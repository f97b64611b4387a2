//! What the program says of an installation that is well, and of each thing that is not.

use std::{collections::BTreeMap, net::TcpListener};

use serde_json::Value;

use crate::support::{
    database::Database,
    ended::{Ended, end, program},
    organisation::{begun_weeks_ago, migrated},
    patience::until,
    postbox::Postbox,
};

const FROM: (&str, &str) = ("WEDERHOOR_MAIL_FROM", "klachten@instituut.example");

/// How it is with each thing that was looked at, by its name, with all that was said of it.
fn looked(ended: &Ended) -> BTreeMap<String, (String, String)> {
    let said: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{ended:?}"));
    let findings = said["findings"].as_array().unwrap();
    let of = |one: &Value| {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let words = format!("{} {}", text("found"), text("mend"));
        (text("check"), (text("state"), words))
    };
    findings.iter().map(of).collect()
}

fn doctor(
    database: &Database,
    more: &[(&str, &str)],
) -> (Ended, BTreeMap<String, (String, String)>) {
    let ended = database.run_with(&["doctor", "--json"], more);
    let looked = looked(&ended);
    (ended, looked)
}

fn state<'a>(looked: &'a BTreeMap<String, (String, String)>, check: &str) -> &'a str {
    looked
        .get(check)
        .map_or("not looked at", |(state, _)| state)
}

/// What is said of a thing that must be mended.
fn must_be_mended(database: &Database, more: &[(&str, &str)], check: &str) -> String {
    let (ended, looked) = doctor(database, more);
    assert_eq!(state(&looked, check), "failed", "{looked:#?}");
    assert!(!ended.is_success, "{ended:?}");
    looked[check].1.clone()
}

fn is_well(database: &Database) {
    migrated(database);
    begun_weeks_ago(database, 2);
    let postbox = Postbox::open();
    let url = postbox.url();
    let mail = [("WEDERHOOR_SMTP_URL", url.as_str()), FROM];
    let worker = database.start_with(&["worker"], &mail);
    until("the work", || {
        let (_, looked) = doctor(database, &mail);
        state(&looked, "workers") == "ok" && state(&looked, "letters") == "ok"
    });
    let (ended, looked) = doctor(database, &mail);
    assert!(ended.is_success, "{ended:?}");
    for (check, (state, said)) in &looked {
        assert_eq!(state, "ok", "{check}: {said}");
    }
    let taken = postbox.count();
    doctor(database, &mail);
    assert_eq!(postbox.count(), taken, "it sends nothing");
    worker.ends_when_asked();
    let words = database.run_with(&["doctor"], &mail);
    assert!(
        words.is_success && words.out.contains("ok       schema"),
        "{words:?}"
    );
    for secret in ["wederhoor_app:", "aya", "vroeger", "karin"] {
        assert!(
            !words.out.contains(secret) && !ended.out.contains(secret),
            "{secret}: {words:?}"
        );
    }
}

#[test]
fn an_installation_that_is_well_is_said_to_be_on_sqlite() {
    is_well(&Database::sqlite());
}

#[test]
fn an_installation_that_is_well_is_said_to_be_on_postgres() {
    if let Some(database) = Database::postgres() {
        is_well(&database);
    }
}

#[test]
fn settings_databases_and_schemas_that_are_wrong_are_named_with_what_to_do() {
    let ended = end(program(&["doctor", "--json"]).env("WEDERHOOR_BINT", "x"));
    let words = format!("{:?}", looked(&ended));
    assert!(
        !ended.is_success && words.contains("WEDERHOOR_BIND"),
        "{ended:?}"
    );
    let database = Database::sqlite();
    assert!(must_be_mended(&database, &[], "schema").contains("wederhoor migrate"));
    let away = [(
        "WEDERHOOR_DATABASE_URL",
        "postgres://app:geheim@127.0.0.1:9/x",
    )];
    let said = must_be_mended(&database, &away, "database");
    assert!(
        said.contains("127.0.0.1:9/x") && !said.contains("geheim"),
        "{said}"
    );
    migrated(&database);
    let nobody = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let closed = format!("smtp://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let said = must_be_mended(&database, &[("WEDERHOOR_SMTP_URL", &closed), FROM], "mail");
    assert!(said.contains("WEDERHOOR_SMTP_URL"), "{said}");
    let (ended, looked) = doctor(&database, &[]);
    assert!(
        ended.is_success,
        "that nobody works yet is no failure: {ended:?}"
    );
    for check in ["workers", "mail"] {
        assert_eq!(state(&looked, check), "warning", "{looked:#?}");
    }
}

#[test]
fn walls_rights_and_logins_that_are_wrong_are_named_with_what_to_do() {
    let Some(database) = Database::postgres() else {
        return;
    };
    migrated(&database);
    let (_, looked) = doctor(&database, &[]);
    for check in [
        "rights", "walls", "pooler", "changes", "clock", "version", "owner",
    ] {
        assert_eq!(state(&looked, check), "ok", "{looked:#?}");
    }
    database.superuser("ALTER TABLE complaint NO FORCE ROW LEVEL SECURITY");
    assert!(must_be_mended(&database, &[], "walls").contains("in: complaint "));
    database.superuser(
        "ALTER TABLE complaint FORCE ROW LEVEL SECURITY; DROP POLICY tenant ON letter_wording",
    );
    assert!(must_be_mended(&database, &[], "walls").contains("in: letter_wording "));
    database.superuser("GRANT UPDATE ON complaint_event TO wederhoor_app");
    assert!(must_be_mended(&database, &[], "rights").contains("UPDATE on complaint_event"));
    let owner = [("WEDERHOOR_DATABASE_URL", database.owner_url())];
    assert!(must_be_mended(&database, &owner, "rights").contains("owns tables"));
    let application = [("WEDERHOOR_MAINTENANCE_DATABASE_URL", database.url())];
    assert!(must_be_mended(&database, &application, "maintenance").contains("no member"));
    let deletes = database
        .url()
        .replacen("wederhoor_app", "wederhoor_maintenance", 1);
    let (_, looked) = doctor(
        &database,
        &[("WEDERHOOR_MAINTENANCE_DATABASE_URL", &deletes)],
    );
    assert_eq!(state(&looked, "maintenance"), "ok", "{looked:#?}");
    let (_, looked) = doctor(
        &database,
        &[(
            "WEDERHOOR_LISTEN_DATABASE_URL",
            "postgres://app@127.0.0.1:9/x",
        )],
    );
    assert_eq!(state(&looked, "changes"), "warning", "{looked:#?}");
}
