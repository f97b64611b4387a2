//! Days on which something is not as it should be: what the program says and does, and that it goes on by itself with nothing
//! lost. docs/bad-days.md names the test of each.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Stdio},
};

use serde_json::{Value, json};
use wederhoor_server::clock::real_now;

use crate::support::{
    asking::{ask, exchange},
    database::{Database, psql},
    directory::Directory,
    ended::{end, program},
    organisation::{FILE, begun_weeks_ago, complaint, migrated, signed_in},
    patience::until,
    running::Running,
    small_disk::{SmallDisk, is_root},
    trying::cannot_be_tried,
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const OFF: [(&str, &str); 3] = [
    ("WEDERHOOR_INTAKE_PROOF_BITS", "0"),
    ("WEDERHOOR_FILINGS_PER_SOURCE", "1000000"),
    ("WEDERHOOR_RATE_PER_SOURCE", "1000000"),
];

/// What `wederhoor config` says is wrong with these settings, beside those that it needs.
fn wrong_with(settings: &[(&str, &str)]) -> String {
    let mut config = program(&["config"]);
    config
        .env(
            "WEDERHOOR_TOKEN_KEY",
            "8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s=",
        )
        .env(
            "WEDERHOOR_SEALING_KEY",
            "q3PzN0yWm5uXc1Rk7VtJfH9oLdS2eBaG4iZxTCwQ8sY=",
        )
        .env("WEDERHOOR_SMTP_URL", "smtps://mail.organisatie.example")
        .env("WEDERHOOR_MAIL_FROM", "klachten@organisatie.example");
    let ended = end(config.envs(settings.iter().copied()));
    assert_eq!(ended.is_success, ended.error.is_empty(), "{ended:?}");
    ended.error
}

#[test]
fn a_wrong_value_of_any_key_and_a_missing_one_are_named() {
    let example = run_example();
    let keys: BTreeSet<&str> = example
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .map(|(key, _)| key)
        .filter(|key| key.starts_with("WEDERHOOR_"))
        .collect();
    assert!(keys.len() > 50, "{keys:?}");
    assert_eq!(wrong_with(&[]), "", "without these it is well");
    for key in keys {
        let said = wrong_with(&[(key, "~ fout ~")]);
        assert!(said.contains(&format!("\n  {key}: ")), "{key}: {said}");
        assert!(!said.contains("fout"), "{key}: {said}");
    }
    for (settings, missing) in [
        (&[("WEDERHOOR_TOKEN_KEY", "")][..], "TOKEN_KEY: is required"),
        (&[("WEDERHOOR_SEALING_KEY", "")], "SEALING_KEY: is required"),
        (&[("WEDERHOOR_BIND", "0.0.0.0:80")], "BASE_URL: is required"),
        (&[("WEDERHOOR_MAIL_FROM", "")], "MAIL_FROM: "),
    ] {
        let said = wrong_with(settings);
        assert!(said.contains(missing), "{missing}: {said}");
    }
}

fn run_example() -> String {
    end(&mut program(&["config", "--example"])).out
}

/// What is answered to a GET: the status, and the body as JSON.
pub(crate) fn readiness(server: SocketAddr) -> (u16, Value) {
    let request = "GET /readyz HTTP/1.1\r\nhost: wederhoor.example\r\nconnection: close\r\n\r\n";
    let answer = exchange(server, request);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

/// Files a complaint: nothing when it is taken in, else the code of what is wrong.
fn filed(server: SocketAddr) -> Option<String> {
    let answer = ask(
        server,
        None,
        FILE,
        &json!({ "input": complaint(real_now()) }),
    );
    let receipt = &answer["data"]["fileComplaint"]["receipt"]["reference"];
    let code = answer["errors"][0]["extensions"]["code"].as_str();
    assert!(receipt.is_string() || code.is_some(), "{answer:#}");
    code.map(str::to_owned)
}

/// How many complaints there are, whose chains all hold.
pub(crate) fn whole(server: SocketAddr, token: &str) -> u64 {
    let document = "{ complaints(first: 10) { totalCount nodes { isChainIntact } } }";
    let answer = ask(server, Some(token), document, &json!({}));
    let all = &answer["data"]["complaints"];
    let nodes = all["nodes"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer:#}"));
    assert!(
        nodes.iter().all(|one| one["isChainIntact"] == true),
        "{answer:#}"
    );
    all["totalCount"].as_u64().unwrap()
}

/// The disk fills up, and has room again: what is filed meanwhile is refused, what was there is read, and nothing is lost.
fn bears_a_full_disk(server: &Running, token: &str, fill: impl FnOnce(), free: impl FnOnce()) {
    let address = server.address();
    let state = |word: &str| readiness(address).1["checks"]["database"]["status"] == word;
    assert_eq!(filed(address), None);
    let mut there = whole(address, token);
    fill();
    until("it is told", || {
        // Where something was before there is room for a little more.
        let refused = (0..200).find_map(|_| {
            let refused = filed(address);
            there += u64::from(refused.is_none());
            refused
        });
        assert_eq!(refused.as_deref(), Some("UNAVAILABLE"));
        let (status, told) = readiness(address);
        let is_told = told["checks"]["database"]["status"] == "readonly";
        assert_eq!(status, 200, "who only reads is answered: {told}");
        assert!(!is_told || told["status"] == "degraded", "{told}");
        is_told
    });
    assert_eq!(
        whole(address, token),
        there,
        "reading goes on, and nothing is there by half"
    );
    free();
    until("it is well", || state("ok"));
    assert_eq!(filed(address), None);
    assert_eq!(whole(address, token), there + 1, "nothing is lost");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_under_sqlite_is_told_and_works_on_when_there_is_room() {
    let Some(disk) = SmallDisk::new() else {
        return;
    };
    let seed = Directory::new();
    let file = seed.0.join("wederhoor.db");
    let before = Database::at(format!("sqlite://{}?mode=rwc", file.display()));
    migrated(&before);
    let invitation = begun_weeks_ago(&before, 1);
    let url = format!("sqlite://{}/wederhoor.db?mode=rwc", disk.place().display());
    let mut serve = Database::at(url).program(&["serve"]);
    serve.envs(OFF);
    let server = Running::start(&mut disk.around("12m", &file, &serve));
    let token = signed_in(&server, &invitation);
    let process = server.process();
    bears_a_full_disk(
        &server,
        &token,
        || disk.fill(process),
        || disk.free(process),
    );
    server.ends_when_asked();
}

/// A server of PostgreSQL with a part of its tables on a small disk; it ends with its standard input.
struct OwnServer {
    shell: Child,
    superuser: String,
}

impl OwnServer {
    fn start(disk: &SmallDisk) -> Self {
        // It is an ordinary user's, whatever that user is called.
        let script = r#"
            mkdir "$1/space" && chmod 777 "$1/space" && cd "$2" &&
            env -u WEDERHOOR_TEST_PG_URL scripts/postgres.sh sh -c 'echo "$WEDERHOOR_TEST_PG_URL"; cat'"#;
        let mut shell = disk.with("48m", script);
        shell.arg(disk.place()).arg(ROOT);
        let shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = shell.spawn().unwrap();
        let mut superuser = String::new();
        let said = shell.stdout.as_mut().unwrap();
        BufReader::new(said).read_line(&mut superuser).unwrap();
        let superuser = superuser.trim().to_owned();
        assert!(superuser.starts_with("postgres://"), "{superuser}");
        Self { shell, superuser }
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        self.shell.wait().unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_under_postgres_is_told_and_works_on_when_there_is_room() {
    if !is_root() {
        return cannot_be_tried("only root gives a server of PostgreSQL a disk of its own");
    }
    let Some(disk) = SmallDisk::new() else {
        return;
    };
    let own = OwnServer::start(&disk);
    // PostgreSQL takes a directory of its own only, which it may make in one that is everybody's.
    let space = disk.place().join("space");
    psql(
        &own.superuser,
        &format!(
            "COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; mkdir {}/own'",
            space.display()
        ),
    );
    psql(
        &own.superuser,
        &format!("CREATE TABLESPACE small LOCATION '{}/own'", space.display()),
    );
    let database = Database::on_server(own.superuser.clone(), "TABLESPACE small");
    migrated(&database);
    let invitation = begun_weeks_ago(&database, 1);
    let server = database.start_with(&["serve"], &OFF);
    let token = signed_in(&server, &invitation);
    let process = own.shell.id();
    bears_a_full_disk(
        &server,
        &token,
        || disk.fill(process),
        || disk.free(process),
    );
    server.ends_when_asked();
}

/// Every source file of a directory, and of those in it, as one text.
fn sources(directory: &Path) -> String {
    let entries = fs::read_dir(directory)
        .unwrap()
        .map(|one| one.unwrap().path());
    let text = |path: std::path::PathBuf| match path.extension() {
        _ if path.is_dir() => sources(&path),
        Some(kind) if kind == "rs" => fs::read_to_string(&path).unwrap(),
        _ => String::new(),
    };
    entries.map(text).collect()
}

#[test]
fn every_bad_day_of_the_book_is_shown_by_a_test_that_there_is() {
    let book = fs::read_to_string(format!("{ROOT}/docs/bad-days.md")).unwrap();
    let root = Path::new(ROOT);
    let tests = ["crates", "migration", "tests"].map(|one| sources(&root.join(one)));
    let tests = tests.concat();
    let rows: Vec<&str> = book
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() > 15, "{rows:#?}");
    for row in rows {
        let shown = row.trim_end_matches(" |").rsplit("| ").next().unwrap();
        let names: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{row}");
        for name in names {
            assert!(tests.contains(&format!("fn {name}(")), "{name}: {row}");
        }
    }
}
