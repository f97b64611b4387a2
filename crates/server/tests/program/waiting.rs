//! A program whose database is away, has not its schema yet, or has a newer one: what waiting mends is waited for, and said;
//! what it cannot mend ends the program at once.

use std::{
    io::{self, BufRead, BufReader},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Stdio},
    thread,
};

use serde_json::{Value, json};

use crate::support::{
    asking::exchange,
    database::Database,
    ended::{Ended, end, program},
    organisation::migrated,
    patience::{in_time, signal, until},
    running::Running,
};

/// What is answered to a GET: the status, and the body as JSON.
fn get(server: SocketAddr, path: &str) -> (u16, Value) {
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: wederhoor.example\r\nconnection: close\r\n\r\n");
    let answer = exchange(server, &request);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_default())
}

/// Waits for a schema, told nothing but where the database is.
fn wait(url: &str) -> (Child, String) {
    let mut waits = program(&["migrate", "--wait"]);
    let waits = waits.env("WEDERHOOR_DATABASE_URL", url);
    let waits = waits.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = waits.spawn().unwrap();
    let mut said = String::new();
    let error = child.stderr.as_mut().unwrap();
    BufReader::new(error).read_line(&mut said).unwrap();
    (child, said)
}

/// What the program that waited says at its end.
fn waited(child: Child) -> (Option<i32>, String) {
    let process = child.id();
    let ended = in_time(process, || child.wait_with_output()).unwrap();
    let out = String::from_utf8(ended.stdout).unwrap();
    (ended.status.code(), out)
}

fn refused(url: &str) -> Ended {
    let ended = end(program(&["migrate", "--wait"]).env("WEDERHOOR_DATABASE_URL", url));
    assert!(!ended.is_success, "{ended:?}");
    assert_eq!(ended.error.trim_end().lines().count(), 1, "{ended:?}");
    ended
}

fn waits_until_somebody_has_migrated(database: &Database, kind: &str) {
    for why in ["there is no", "has not the newest schema"] {
        let (waits, said) = wait(database.url());
        let is_postgres = kind == "postgres";
        assert!(said.starts_with("waiting: the"), "{said}");
        assert!(is_postgres || said.contains(why), "{said}");
        assert!(said.contains("wederhoor migrate"), "{said}");
        migrated(database);
        let has = format!("the {kind} database has the schema\n");
        assert_eq!(waited(waits), (Some(0), has.clone()));
        let again =
            end(program(&["migrate", "--wait"]).env("WEDERHOOR_DATABASE_URL", database.url()));
        assert!(
            again.is_success && again.error.is_empty() && again.out == has,
            "{again:?}"
        );
        database.without_schema();
    }
    let (waits, _) = wait(database.url());
    signal(waits.id(), "-TERM");
    assert_eq!(waited(waits), (Some(1), String::new()), "asked to end");
}

#[test]
fn who_waits_for_a_schema_ends_well_when_it_is_there_on_sqlite() {
    waits_until_somebody_has_migrated(&Database::sqlite(), "sqlite");
}

#[test]
fn who_waits_for_a_schema_ends_well_when_it_is_there_on_postgres() {
    if let Some(database) = Database::postgres() {
        waits_until_somebody_has_migrated(&database, "postgres");
    }
}

#[test]
fn who_waits_for_a_database_that_is_away_goes_on_when_it_comes() {
    let Some(database) = Database::postgres() else {
        return;
    };
    migrated(&database);
    let (login, place) = database.url().rsplit_once('@').unwrap();
    let (server, name) = place.split_once('/').unwrap();
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let (waits, said) = wait(&format!("{login}@{address}/{name}"));
    let place = format!("waiting: the database at postgres://{address}/{name} cannot be reached");
    assert!(said.starts_with(&place), "{said}");
    let listener = TcpListener::bind(address).unwrap();
    let server = server.to_owned();
    thread::spawn(move || {
        for here in listener.incoming() {
            let (here, there) = (here.unwrap(), TcpStream::connect(&server).unwrap());
            let pairs = [(here.try_clone(), there.try_clone()), (Ok(there), Ok(here))];
            for (from, to) in pairs {
                let (mut from, mut to) = (from.unwrap(), to.unwrap());
                // Who has said enough goes.
                thread::spawn(move || drop(io::copy(&mut from, &mut to)));
            }
        }
    });
    assert_eq!(waited(waits).0, Some(0));
}

#[test]
fn what_waiting_cannot_mend_ends_the_program_at_once() {
    let Some(database) = Database::postgres() else {
        return;
    };
    migrated(&database);
    let url = database.url();
    let (login, place) = url.rsplit_once('@').unwrap();
    let wrong = format!("{login}x@{place}");
    let password = refused(&wrong);
    assert!(
        password.error.contains("password authentication failed"),
        "{password:?}"
    );
    let nowhere = refused(&format!("{url}_elsewhere"));
    assert!(nowhere.error.contains("does not exist"), "{nowhere:?}");
    for ended in [password, nowhere] {
        assert!(
            !ended.error.contains(login.rsplit_once(':').unwrap().1),
            "{ended:?}"
        );
    }
    let expand = "INSERT INTO seaql_migrations VALUES ('m29990101_000000_expand_complaints', 0)";
    database.superuser(expand);
    let beside = end(program(&["migrate", "--wait"]).env("WEDERHOOR_DATABASE_URL", url));
    assert!(beside.is_success, "{beside:?}");
    let stays = database.run(&["migrate"]);
    assert!(stays.is_success, "a newer schema stays as it is: {stays:?}");
    database.start(&["serve"]).ends_when_asked();
    let other = "INSERT INTO seaql_migrations VALUES ('m29990102_000000_drop_complaints', 0)";
    database.superuser(other);
    let newer = refused(url);
    for command in [&["serve"][..], &["worker"], &["reseal"]] {
        let ended = database.run(command);
        assert!(!ended.is_success, "{ended:?}");
        assert_eq!(ended.error.trim_end(), newer.error.trim_end());
    }
    for words in ["newer version", "m29990102_000000_drop_complaints"] {
        assert!(newer.error.contains(words), "{newer:?}");
        let migrate = database.run(&["migrate"]);
        assert!(
            !migrate.is_success && migrate.error.contains(words),
            "{migrate:?}"
        );
    }
}

/// It listens, and is not ready; the schema comes, and it begins.
fn begins_when_the_schema_is_there(database: &Database, command: &str) -> Running {
    let (mut running, said) = database.start_waiting(&[command]);
    assert!(said.contains("wederhoor migrate"), "{said}");
    let address = running.address();
    assert_eq!(get(address, "/livez"), (200, json!({ "status": "live" })));
    let (status, body) = get(address, "/readyz");
    assert_eq!(
        (status, &body["checks"]["schema"]["status"]),
        (503, &json!("older")),
        "{body}"
    );
    assert_eq!(get(address, "/graphql").0, 503);
    migrated(database);
    running.begins();
    assert_eq!(running.address(), address);
    until("somebody works", || {
        get(address, "/readyz").1["status"] == "ready"
    });
    assert_eq!(get(address, "/readyz").0, 200);
    running
}

fn programs_begin_when_the_schema_is_there(database: &Database) {
    let server = begins_when_the_schema_is_there(database, "serve");
    assert_eq!(
        get(server.address(), "/graphql?query=%7B__typename%7D").0,
        200
    );
    server.ends_when_asked();
    database.without_schema();
    let worker = begins_when_the_schema_is_there(database, "worker");
    let address = worker.address();
    for path in [
        "/",
        "/graphql",
        "/graphql?query=%7B__typename%7D",
        "/.well-known/jwks.json",
    ] {
        assert_eq!(get(address, path).0, 404, "{path}");
    }
    assert_eq!(get(address, "/livez").0, 200);
    worker.ends_when_asked();
    database.without_schema();
    let (waits, _) = database.start_waiting(&["serve"]);
    waits.ends_when_asked();
}

#[test]
fn programs_listen_at_once_and_begin_when_the_schema_is_there_on_sqlite() {
    programs_begin_when_the_schema_is_there(&Database::sqlite());
}

#[test]
fn programs_listen_at_once_and_begin_when_the_schema_is_there_on_postgres() {
    if let Some(database) = Database::postgres() {
        programs_begin_when_the_schema_is_there(&database);
    }
}
