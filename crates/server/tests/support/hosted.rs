//! What tests of the hosted program stand on: a database of their own, and processes that end with them.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, ChildStderr, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// How long something may take before it counts as never.
const NEVER: Duration = Duration::from_mins(1);

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database without a schema, in a place of its own.
pub(crate) struct Database {
    settings: Vec<(&'static str, String)>,
    place: Place,
}

enum Place {
    Directory(PathBuf),
    Postgres { superuser: String, name: String },
}

/// What a program said before it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) is_success: bool,
    pub(crate) out: String,
    pub(crate) error: String,
}

fn own_name() -> String {
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("hosted_{}_{number}", std::process::id())
}

impl Database {
    /// A file that is not there yet.
    pub(crate) fn sqlite() -> Self {
        let directory = env::temp_dir().join(own_name());
        fs::create_dir_all(&directory).unwrap();
        let file = directory.join("wederhoor.db");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        Self {
            settings: vec![("WEDERHOOR_DATABASE_URL", url)],
            place: Place::Directory(directory),
        }
    }

    /// An empty database on the throw-away server; `None` where there is none.
    pub(crate) fn postgres() -> Option<Self> {
        let superuser = env::var("WEDERHOOR_TEST_PG_URL").ok()?;
        let name = own_name();
        psql(
            &superuser,
            &format!("CREATE DATABASE \"{name}\" OWNER wederhoor_owner"),
        );
        let (_, rest) = superuser.split_once("://").unwrap();
        let (login, place) = rest.rsplit_once('@').unwrap();
        let (_, password) = login.split_once(':').unwrap();
        let (address, _) = place.split_once('/').unwrap();
        let url = |role: &str| format!("postgres://{role}:{password}@{address}/{name}");
        let settings = vec![
            ("WEDERHOOR_DATABASE_URL", url("wederhoor_app")),
            ("WEDERHOOR_DATABASE_OWNER_URL", url("wederhoor_owner")),
        ];
        Some(Self {
            settings,
            place: Place::Postgres { superuser, name },
        })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wederhoor"));
        command
            .args(arguments)
            .env_clear()
            .envs(self.settings.iter().map(|(key, value)| (*key, value)))
            .env("WEDERHOOR_BIND", "127.0.0.1:0")
            .env(
                "WEDERHOOR_TOKEN_KEY",
                "8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s=",
            )
            .env("WEDERHOOR_PASSWORD_MEMORY_KIB", "19456")
            .env("WEDERHOOR_LOG_FORMAT", "json")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// How the application logs in.
    pub(crate) fn url(&self) -> &str {
        &self.settings[0].1
    }

    /// How the one who owns the tables logs in.
    #[allow(dead_code, reason = "not every test needs it")]
    pub(crate) fn owner_url(&self) -> &str {
        let owner = self.settings.last();
        &owner.expect("an address").1
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    /// The same, with more settings.
    pub(crate) fn run_with(&self, arguments: &[&str], more: &[(&str, &str)]) -> Ended {
        let mut command = self.command(arguments);
        let mut child = command.envs(more.iter().copied()).spawn().unwrap();
        end_of(&mut child, arguments);
        let said = child.wait_with_output().unwrap();
        Ended {
            is_success: said.status.success(),
            out: String::from_utf8(said.stdout).unwrap(),
            error: String::from_utf8(said.stderr).unwrap(),
        }
    }

    /// Starts the program, which has begun when this returns.
    pub(crate) fn start(&self, arguments: &[&str]) -> Program {
        let mut child = self.command(arguments).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let (mut address, mut line) = (None, String::new());
        loop {
            line.clear();
            assert!(
                log.read_line(&mut line).unwrap() > 0,
                "{arguments:?} ended before it began"
            );
            let said: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
            if let Some(text) = said["address"].as_str() {
                address = Some(text.parse().unwrap());
            }
            if said["message"] == "answering" || said["message"] == "working" {
                break;
            }
        }
        Program {
            child,
            log,
            address,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match &self.place {
            // What cannot be removed is left to whoever clears the temporary directory.
            Place::Directory(directory) => drop(fs::remove_dir_all(directory)),
            Place::Postgres { superuser, name } => psql(
                superuser,
                &format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"),
            ),
        }
    }
}

fn psql(url: &str, statement: &str) {
    let done = Command::new("psql")
        .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, url])
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// Waits until a program has ended; one that goes on is killed, and fails the test.
fn end_of(child: &mut Child, what: &[&str]) {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > NEVER {
            child.kill().unwrap();
            panic!("{what:?} goes on");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Asks again and again until it is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < NEVER, "never came: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A program that runs. One that is not asked to end is killed with the test.
pub(crate) struct Program {
    child: Child,
    log: BufReader<ChildStderr>,
    address: Option<SocketAddr>,
}

impl Program {
    /// Where it answers.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address.unwrap()
    }

    /// Asks it to end as an operating system does, and expects that it does so well.
    pub(crate) fn ends_when_asked(mut self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(asked.unwrap().success());
        end_of(&mut self.child, &["the program"]);
        let status = self.child.wait().unwrap();
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        assert_eq!(status.code(), Some(0), "{rest}");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One GraphQL request, as somebody with this token or as nobody.
pub(crate) fn ask(
    server: SocketAddr,
    token: Option<&str>,
    document: &str,
    variables: &Value,
) -> Value {
    let body = json!({ "query": document, "variables": variables }).to_string();
    let authorization = token.map_or_else(String::new, |token| {
        format!("authorization: Bearer {token}\r\n")
    });
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: wederhoor.example\r\nconnection: close\r\ncontent-type: application/json\r\n\
         accept: application/json\r\n{authorization}content-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(server).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    stream.write_all((head + &body).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|_| panic!("{head}\n{body}"))
}
