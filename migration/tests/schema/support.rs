//! Databases to try on, and what is asked of them.

use sea_orm_migration::sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};

pub(crate) async fn rows(connection: &DatabaseConnection, question: &str) -> Vec<String> {
    let rows = connection
        .query_all_raw(Statement::from_string(DbBackend::Postgres, question))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get("", "line").unwrap())
        .collect()
}

/// A new database that belongs to the login that migrates; its address for that login.
pub(crate) async fn database(what: &str) -> String {
    let base = base();
    let name = format!("migration_{what}_{}", std::process::id());
    let server = Database::connect(&base).await.unwrap();
    server
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await
        .unwrap();
    server
        .execute_unprepared(&format!("CREATE DATABASE {name} OWNER wederhoor_owner"))
        .await
        .unwrap();
    let (scheme, rest) = base.split_once("://").unwrap();
    let (who, place) = rest.split_once('@').unwrap();
    let password = who
        .split_once(':')
        .map(|(_, password)| format!(":{password}"))
        .unwrap_or_default();
    let server = place.split('/').next().unwrap();
    format!("{scheme}://wederhoor_owner{password}@{server}/{name}")
}

pub(crate) fn superuser_of(base: &str) -> String {
    let rest = base.split_once("://").unwrap().1;
    rest.split([':', '@']).next().unwrap().to_owned()
}

pub(crate) fn base() -> String {
    std::env::var("WEDERHOOR_TEST_PG_URL").expect(
        "WEDERHOOR_TEST_PG_URL is not set: run the tests with scripts/postgres.sh, which starts a PostgreSQL for them",
    )
}
