//! A database of a test's own, and the program on it.

use std::{env, process::Command};

use super::{
    directory::{Directory, own_name},
    ended::{Ended, end, program},
    running::Running,
    trying::cannot_be_tried,
};

/// A database without a schema, which is removed with its value.
pub(crate) struct Database {
    settings: Vec<(&'static str, String)>,
    _directory: Option<Directory>,
    server: Option<OnServer>,
}

/// A database on the throw-away server.
struct OnServer {
    superuser: String,
    name: String,
}

impl Database {
    /// A file that is not there yet.
    pub(crate) fn sqlite() -> Self {
        let directory = Directory::new();
        let file = directory.0.join("wederhoor.db");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        Self {
            settings: vec![("WEDERHOOR_DATABASE_URL", url)],
            _directory: Some(directory),
            server: None,
        }
    }

    /// A database at this address, which somebody else makes and removes.
    pub(crate) fn at(url: String) -> Self {
        Self {
            settings: vec![("WEDERHOOR_DATABASE_URL", url)],
            _directory: None,
            server: None,
        }
    }

    /// An empty database on the throw-away server; `None` on a machine that has none and need not.
    pub(crate) fn postgres() -> Option<Self> {
        let Ok(superuser) = env::var("WEDERHOOR_TEST_PG_URL") else {
            cannot_be_tried("WEDERHOOR_TEST_PG_URL names no PostgreSQL");
            return None;
        };
        Some(Self::on_server(superuser, ""))
    }

    /// An empty database on this server, with what is said of how it is made.
    pub(crate) fn on_server(superuser: String, how: &str) -> Self {
        let name = own_name();
        psql(
            &superuser,
            &format!("CREATE DATABASE \"{name}\" OWNER wederhoor_owner {how}"),
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
        Self {
            settings,
            _directory: None,
            server: Some(OnServer { superuser, name }),
        }
    }

    /// The program on it, with these arguments.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut program = program(arguments);
        program
            .envs(self.settings.iter().map(|(key, value)| (*key, value)))
            .env("WEDERHOOR_BIND", "127.0.0.1:0")
            .env(
                "WEDERHOOR_TOKEN_KEY",
                "8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s=",
            )
            .env(
                "WEDERHOOR_SEALING_KEY",
                "q3PzN0yWm5uXc1Rk7VtJfH9oLdS2eBaG4iZxTCwQ8sY=",
            )
            .env("WEDERHOOR_PASSWORD_MEMORY_KIB", "19456")
            .env("WEDERHOOR_LOG_FORMAT", "json");
        program
    }

    /// How the application logs in.
    pub(crate) fn url(&self) -> &str {
        &self.settings[0].1
    }

    /// How the one who owns the tables logs in.
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
        end(self.program(arguments).envs(more.iter().copied()))
    }

    /// Starts the program, which has begun when this returns.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        self.start_with(arguments, &[])
    }

    /// Starts the program, whose words are read as they come.
    pub(crate) fn launch(&self, arguments: &[&str], more: &[(&str, &str)]) -> Running {
        Running::launch(self.program(arguments).envs(more.iter().copied()))
    }

    /// The same, with more settings.
    pub(crate) fn start_with(&self, arguments: &[&str], more: &[(&str, &str)]) -> Running {
        Running::start(self.program(arguments).envs(more.iter().copied()))
    }
}

impl Database {
    /// Starts the program, which waits for its database when this returns, and says why.
    pub(crate) fn start_waiting(&self, arguments: &[&str]) -> (Running, String) {
        Running::start_waiting(&mut self.program(arguments))
    }

    /// Takes every step of the schema back.
    pub(crate) fn without_schema(&self) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let down = wederhoor_migration::down(self.owner_url());
        runtime.block_on(down).unwrap();
    }

    /// How the superuser logs in.
    pub(crate) fn superuser_url(&self) -> String {
        let server = self.server.as_ref().unwrap();
        let (place, _) = server.superuser.rsplit_once('/').unwrap();
        format!("{place}/{}", server.name)
    }

    /// Runs a statement as the superuser.
    pub(crate) fn superuser(&self, statement: &str) {
        psql(&self.superuser_url(), statement);
    }
}

impl Drop for OnServer {
    fn drop(&mut self) {
        let name = &self.name;
        let drop = format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
        psql(&self.superuser, &drop);
    }
}

/// Runs a statement as whoever this address names.
pub(crate) fn psql(url: &str, statement: &str) {
    let mut psql = Command::new("psql");
    let done = end(psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, url]));
    assert!(done.is_success, "{done:?}");
}
