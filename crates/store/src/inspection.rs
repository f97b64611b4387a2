//! How the database is set up, as its catalogue says: for whoever mends it, and without a row of anybody.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::SqlxError;
use sea_orm::sqlx::postgres::{PgConnection, PgListener};
use sea_orm::sqlx::{ConnectOptions, Connection as _, Executor};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::time::timeout;

use crate::error::of_driver;
use crate::store::{Access, Principal};
use crate::{Store, StoreError};

/// How long an answer is waited for that may never come.
const PATIENCE: Duration = Duration::from_secs(3);
/// Where it is tried whether somebody who listens is told.
const CHANNEL: &str = "wederhoor_tried";

/// Tables of tenants that do not hold everybody to their own rows.
const OPEN: &str = "SELECT c.relname::text AS name FROM pg_class c \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull AND NOT a.attisdropped \
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace \
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p \
    WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd = '*' AND 0 = ANY (p.polroles))) ORDER BY 1";
/// What no login of the application needs.
const EXCESS: &str = "SELECT t.what || ' on ' || c.relname AS name FROM pg_class c CROSS JOIN \
    (VALUES ('TRUNCATE', NULL), ('REFERENCES', NULL), ('TRIGGER', NULL), ('UPDATE', 'complaint_event'), \
    ('DELETE', 'complaint_event'), ('DELETE', 'complaint_content'), ('DELETE', 'access_log')) AS t(what, only_on) \
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace \
    AND (t.only_on IS NULL OR t.only_on = c.relname) AND has_table_privilege(c.oid, t.what) ORDER BY 1";

/// A server of PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its major version.
    pub version: u32,
    /// What its clock says.
    pub clock: DateTime<Utc>,
}

impl Store {
    /// The server; `None` for SQLite, which has none.
    pub async fn server(&self) -> Result<Option<Server>, StoreError> {
        let question = "SELECT current_setting('server_version_num')::int4 AS version, clock_timestamp() AS clock";
        let Some(row) = self.asked(question).await?.into_iter().next() else {
            return Ok(None);
        };
        let version: i32 = row.try_get("", "version")?;
        Ok(Some(Server {
            version: version.unsigned_abs() / 10_000,
            clock: row.try_get("", "clock")?,
        }))
    }

    /// Tables of tenants in which row-level security does not hold everybody to their own rows.
    pub async fn open_tables(&self) -> Result<Vec<String>, StoreError> {
        self.names(OPEN).await
    }

    /// What the login may do and needs not, such as `TRUNCATE on complaint`.
    pub async fn excess_rights(&self) -> Result<Vec<String>, StoreError> {
        self.names(EXCESS).await
    }

    /// Whether the login is, or may act as, a role.
    pub async fn acts_as(&self, role: &str) -> Result<bool, StoreError> {
        let connection = self.begin(Access::Read, Principal::Platform).await?;
        let question =
            "SELECT 1 AS found FROM pg_roles WHERE rolname = $1 AND pg_has_role(oid, 'USAGE')";
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, question, [role.into()]);
        Ok(connection.query_one_raw(asked).await?.is_some())
    }

    /// Whether a statement that was prepared is still known when the next transaction begins. A pooler that gives a connection
    /// for one transaction, and is older than `PgBouncer` 1.21, forgets it.
    pub async fn keeps_statements(&self) -> Result<bool, StoreError> {
        if self.backend() != DbBackend::Postgres {
            return Ok(true);
        }
        let (mut one, mut other) = (self.own_connection().await?, self.own_connection().await?);
        ask(&mut one).await.map_err(|error| of_driver(&error))?;
        // Whoever is in between gives the connection on that `one` had, so that `one` is given another.
        let mut held = other.begin().await.map_err(|error| of_driver(&error))?;
        let held_up = timeout(PATIENCE, ask(&mut held)).await;
        let again = timeout(PATIENCE, ask(&mut one)).await;
        drop(held);
        let answers = [held_up, again];
        Ok(!answers.iter().flatten().any(is_forgotten))
    }

    /// Whether who listens at this address is told what is committed; `None` on SQLite, where nobody listens.
    ///
    /// # Errors
    /// Nobody can listen there: `Unavailable` where waiting may mend it.
    pub async fn tells(&self, url: &str) -> Result<Option<bool>, StoreError> {
        if self.backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let listening = async {
            let mut listener = PgListener::connect(url).await?;
            listener.listen(CHANNEL).await?;
            Ok::<_, SqlxError>(listener)
        };
        let begun = timeout(PATIENCE, listening).await;
        let begun = begun.unwrap_or(Err(SqlxError::PoolTimedOut));
        let mut listener = begun.map_err(|error| of_driver(&error))?;
        let mut teller = self.own_connection().await?;
        let told = teller.execute("NOTIFY wederhoor_tried").await;
        told.map_err(|error| of_driver(&error))?;
        let heard = timeout(PATIENCE, listener.recv()).await;
        Ok(Some(matches!(heard, Ok(Ok(_)))))
    }

    /// A connection beside the pool.
    async fn own_connection(&self) -> Result<PgConnection, StoreError> {
        let options = self.postgres_options();
        options.connect().await.map_err(|error| of_driver(&error))
    }

    async fn names(&self, question: &'static str) -> Result<Vec<String>, StoreError> {
        let rows = self.asked(question).await?;
        let names = rows.iter().map(|row| row.try_get("", "name"));
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// What PostgreSQL answers; nothing on SQLite.
    async fn asked(&self, question: &str) -> Result<Vec<sea_orm::QueryResult>, StoreError> {
        if self.backend() != DbBackend::Postgres {
            return Ok(Vec::new());
        }
        let connection = self.begin(Access::Read, Principal::Platform).await?;
        let question = Statement::from_string(DbBackend::Postgres, question);
        Ok(connection.query_all_raw(question).await?)
    }
}

/// By a statement that is kept prepared.
async fn ask(connection: &mut PgConnection) -> Result<i32, SqlxError> {
    let question = sea_orm::sqlx::query_scalar("SELECT $1::int4").bind(1);
    question.fetch_one(connection).await
}

/// Whether an answer says that there is no such statement, or that there is one of that name already.
fn is_forgotten(answer: &Result<i32, SqlxError>) -> bool {
    let Err(SqlxError::Database(said)) = answer else {
        return false;
    };
    matches!(said.code().as_deref(), Some("26000" | "42P05" | "08P01"))
}
