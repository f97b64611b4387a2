//! What docs/operating.md says, done: each of its commands, in its order.

use std::{env, process::Command};

use crate::support::{
    database::Database,
    directory::{Directory, own_name},
    ended::{Ended, end},
    trying::cannot_be_tried,
};

const BOOK: &str = include_str!("../../../../docs/operating.md");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The commands of each block, by what stands behind the name of its language.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let mut blocks = Vec::new();
    for part in BOOK.split("\n```sh").skip(1) {
        let (kind, rest) = part.split_once('\n').unwrap();
        let (commands, _) = rest.split_once("\n```").unwrap();
        blocks.push((kind.trim(), commands));
    }
    blocks
}

/// Runs the commands of these blocks where the sources are.
fn run(kinds: &[&str], settings: &[(&str, String)]) -> Vec<Ended> {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_wederhoor"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        env::var("PATH").unwrap()
    );
    let mut all = Vec::new();
    for (_, commands) in blocks().iter().filter(|(kind, _)| kinds.contains(kind)) {
        let mut shell = Command::new("bash");
        shell.args(["-euo", "pipefail", "-c", commands]);
        shell.current_dir(ROOT).env_clear().env("PATH", &path);
        let ended = end(shell.envs(settings.iter().map(|(key, value)| (*key, value))));
        assert!(ended.is_success, "{commands}\n{ended:?}");
        all.push(ended);
    }
    all
}

fn keys() -> Vec<(&'static str, String)> {
    let key = |text: &str| text.to_owned();
    vec![
        (
            "WEDERHOOR_TOKEN_KEY",
            key("8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s="),
        ),
        (
            "WEDERHOOR_SEALING_KEY",
            key("q3PzN0yWm5uXc1Rk7VtJfH9oLdS2eBaG4iZxTCwQ8sY="),
        ),
    ]
}

#[test]
fn what_the_book_says_of_postgres_is_so() {
    let Ok(superuser) = env::var("WEDERHOOR_TEST_PG_URL") else {
        return cannot_be_tried("WEDERHOOR_TEST_PG_URL names no PostgreSQL");
    };
    let (backups, database, restored) = (Directory::new(), own_name(), own_name());
    let (_, rest) = superuser.split_once("://").unwrap();
    let (login, place) = rest.rsplit_once('@').unwrap();
    let (_, password) = login.split_once(':').unwrap();
    let (address, _) = place.split_once('/').unwrap();
    let url =
        |role: &str, database: &str| format!("postgres://{role}:{password}@{address}/{database}");
    let mut settings = keys();
    for name in [
        "OWNER_PASSWORD",
        "APP_PASSWORD",
        "MAINTENANCE_PASSWORD",
        "BACKUP_PASSWORD",
    ] {
        settings.push((name, password.to_owned()));
    }
    settings.extend([
        ("SUPERUSER_URL", superuser.clone()),
        ("BACKUP_URL", url("wederhoor_backup", &database)),
        (
            "RESTORED_URL",
            format!("postgres://{login}@{address}/{restored}"),
        ),
        ("DATABASE", database.clone()),
        ("RESTORED", restored.clone()),
        ("BACKUPS", backups.0.to_str().unwrap().to_owned()),
        ("WEDERHOOR_DATABASE_URL", url("wederhoor_app", &database)),
        (
            "WEDERHOOR_DATABASE_OWNER_URL",
            url("wederhoor_owner", &database),
        ),
    ]);
    let said = run(&[""], &settings);
    assert_eq!(said.len(), 7, "{said:#?}");
    assert!(said[0].out.contains("/operator#"), "{said:#?}");
    for (name, at) in [
        ("WEDERHOOR_DATABASE_URL", "wederhoor_app"),
        ("WEDERHOOR_DATABASE_OWNER_URL", "wederhoor_owner"),
    ] {
        settings.retain(|(key, _)| *key != name);
        settings.push((name, url(at, &restored)));
    }
    let said = run(&["restored"], &settings);
    assert!(
        said[0].out.contains("0 chains of 0 organisations hold"),
        "{said:#?}"
    );
    for name in [&database, &restored] {
        let drop = format!("DROP DATABASE \"{name}\" WITH (FORCE)");
        let dropped = end(Command::new("psql").args(["-X", "-q", "-c", &drop, &superuser]));
        assert!(dropped.is_success, "{dropped:?}");
    }
}

#[test]
fn what_the_book_says_of_sqlite_is_so() {
    let (database, backups) = (Database::sqlite(), Directory::new());
    let restored = backups.0.join("restored.db").to_str().unwrap().to_owned();
    let mut settings = keys();
    settings.extend([
        ("BACKUPS", backups.0.to_str().unwrap().to_owned()),
        ("RESTORED", restored.clone()),
        ("WEDERHOOR_DATABASE_URL", database.url().to_owned()),
    ]);
    assert!(database.run(&["migrate"]).is_success);
    run(&["sqlite"], &settings);
    settings.retain(|(key, _)| *key != "WEDERHOOR_DATABASE_URL");
    settings.push((
        "WEDERHOOR_DATABASE_URL",
        format!("sqlite://{restored}?mode=rwc"),
    ));
    let said = run(&["restored"], &settings);
    assert_eq!(said.len(), 1, "{said:#?}");
}

#[test]
fn every_command_of_the_book_is_in_a_block_that_is_run() {
    let kinds: Vec<&str> = blocks().iter().map(|(kind, _)| *kind).collect();
    assert!(
        kinds
            .iter()
            .all(|kind| ["", "sqlite", "restored"].contains(kind)),
        "{kinds:?}"
    );
    assert_eq!(
        BOOK.matches("```").count(),
        kinds.len() * 2,
        "no other blocks"
    );
}
