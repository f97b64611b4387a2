//! A database for each test, copied from a template that is migrated once.

mod contents;
mod postgres;
mod sqlite;

use std::collections::BTreeMap;

use crate::Fixture;

/// The databases that everything must run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Embedded.
    Sqlite,
    /// The throw-away server at `WEDERHOOR_TEST_PG_URL`.
    Postgres,
}

/// A migrated, empty database of one test.
#[derive(Debug)]
pub struct TestDatabase {
    /// What kind it is.
    pub kind: Kind,
    /// How the application logs in; on PostgreSQL as a role that owns nothing.
    pub url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Sqlite(sqlite::Directory),
    Postgres(postgres::Named),
}

impl TestDatabase {
    /// Makes a database.
    pub async fn fresh(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::on_sqlite(sqlite::fresh().await),
            Kind::Postgres => Self::on_postgres(postgres::fresh().await),
        }
    }

    /// Makes a database in which the demo's people live.
    pub async fn peopled(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::on_sqlite(sqlite::peopled().await),
            Kind::Postgres => Self::on_postgres(postgres::peopled().await),
        }
    }

    fn on_sqlite((directory, url): (sqlite::Directory, String)) -> Self {
        let place = Place::Sqlite(directory);
        Self {
            kind: Kind::Sqlite,
            url,
            place,
        }
    }

    fn on_postgres((named, url): (postgres::Named, String)) -> Self {
        let place = Place::Postgres(named);
        Self {
            kind: Kind::Postgres,
            url,
            place,
        }
    }

    /// Every row of every table but the `ignored`, as text, in an order that does not change by itself: two calls with
    /// nothing written in between are equal.
    pub async fn contents(&self, ignored: &[&str]) -> BTreeMap<String, Vec<String>> {
        let mut tables = match &self.place {
            Place::Sqlite(_) => contents::of_sqlite(&self.url).await,
            Place::Postgres(named) => contents::of_postgres(&named.superuser_url()).await,
        };
        tables.retain(|table, _| !ignored.contains(&table.as_str()));
        tables
    }

    /// How the one who may do everything logs in.
    pub fn owner_url(&self) -> String {
        match &self.place {
            Place::Sqlite(_) => self.url.clone(),
            Place::Postgres(named) => named.superuser_url(),
        }
    }

    /// How the one who deletes organisations logs in; on PostgreSQL as a role that owns nothing.
    pub fn maintenance_url(&self) -> String {
        match &self.place {
            Place::Sqlite(_) => self.url.clone(),
            Place::Postgres(named) => named.maintenance_url(),
        }
    }

    /// Runs a statement past the application, as the one who may do everything.
    pub async fn execute(&self, statement: &str) {
        match &self.place {
            Place::Sqlite(_) => contents::execute_sqlite(&self.url, statement).await,
            Place::Postgres(named) => {
                contents::execute_postgres(&named.superuser_url(), statement).await;
            }
        }
    }
}

impl Fixture for TestDatabase {
    async fn set_up(kind: Kind) -> Self {
        Self::fresh(kind).await
    }

    async fn tear_down(self) {
        match self.place {
            Place::Sqlite(directory) => drop(directory),
            Place::Postgres(named) => named.drop_database().await,
        }
    }
}
