//! How to reach the database.

use std::fmt;
use std::time::Duration;

/// Where the database is, and how long anything there may take.
#[derive(Clone)]
pub struct StoreConfig {
    /// `postgres://…` or `sqlite://path?mode=rwc`.
    pub url: String,
    /// Where PostgreSQL is listened to for what others change; `None`: at `url`. A pooler that gives a connection for one
    /// transaction only lets nobody listen.
    pub listen_url: Option<String>,
    /// Whether every commit reaches the disk before it is confirmed (SQLite). Without it a machine that stops can take
    /// the file along.
    pub flushes: bool,
    /// Connections at most; on SQLite these read, and one more writes.
    pub max_connections: u32,
    /// How long to wait for a connection before the database counts as busy.
    pub acquire_timeout: Duration,
    /// How long a writer of SQLite waits for its turn.
    pub writer_timeout: Duration,
    /// How long one statement may take (PostgreSQL).
    pub statement_timeout: Duration,
    /// How long a transaction may do nothing before the database ends it (PostgreSQL).
    pub idle_in_transaction_timeout: Duration,
}

impl StoreConfig {
    /// The database at `url` with the usual limits.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            listen_url: None,
            flushes: true,
            max_connections: 16,
            acquire_timeout: Duration::from_secs(2),
            writer_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(5),
            idle_in_transaction_timeout: Duration::from_secs(10),
        }
    }
}

impl fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreConfig")
            .field("max_connections", &self.max_connections)
            .finish_non_exhaustive()
    }
}
