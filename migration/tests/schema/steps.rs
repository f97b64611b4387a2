//! Every step goes up, down and up again, and keeps what people gave.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use wederhoor_migration::{Migrator, Standing};

use crate::support::{base, database, superuser_of};

#[tokio::test]
async fn sqlite_goes_up_down_and_up() {
    let file = std::env::temp_dir().join(format!("wederhoor-migration-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let tables = "SELECT group_concat(name) AS found FROM (SELECT name FROM sqlite_master WHERE type = 'table' \
                  AND name NOT LIKE 'sqlite_%' ORDER BY name)";
    up_down_up(&url, tables, DbBackend::Sqlite).await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_goes_up_down_and_up() {
    let url = database("updown").await;
    let tables = "SELECT string_agg(tablename, ',' ORDER BY tablename COLLATE \"C\") AS found FROM pg_tables \
                  WHERE schemaname = 'public'";
    up_down_up(&url, tables, DbBackend::Postgres).await;
}

/// What is missing of a database without a list of steps, and of one that has been through all.
async fn missing(url: &str) {
    let first = Migrator::migrations()[0].name().to_owned();
    let asked = wederhoor_migration::standing(url).await;
    assert_eq!(asked.unwrap(), Standing::Older(first));
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let asked = wederhoor_migration::standing(url).await;
    assert_eq!(asked.unwrap(), Standing::Complete { is_newer: false });
}

#[tokio::test]
async fn sqlite_tells_a_missing_schema_from_another_trouble() {
    let name = format!("wederhoor-missing-{}", std::process::id());
    let [file, other] =
        ["db", "txt"].map(|ending| std::env::temp_dir().join(format!("{name}.{ending}")));
    let _ = std::fs::remove_file(&file);
    let url = |file: &std::path::Path| format!("sqlite://{}?mode=rwc", file.display());
    missing(&url(&file)).await;
    std::fs::write(
        &other,
        "geen database, maar een tekst van enige lengte. ".repeat(99),
    )
    .unwrap();
    let asked = wederhoor_migration::standing(&url(&other)).await;
    assert!(
        asked.is_err(),
        "it is not the schema that is missing: {asked:?}"
    );
    for file in [file, other] {
        let _ = std::fs::remove_file(file);
    }
}

#[tokio::test]
async fn postgres_tells_a_missing_schema_from_another_trouble() {
    let url = database("missing").await;
    missing(&url).await;
    let connection = Database::connect(&url).await.unwrap();
    let other = "ALTER TABLE seaql_migrations RENAME COLUMN version TO another";
    connection.execute_unprepared(other).await.unwrap();
    connection.close().await.unwrap();
    let asked = wederhoor_migration::standing(&url).await;
    assert!(
        asked.is_err(),
        "it is not the schema that is missing: {asked:?}"
    );
}

async fn up_down_up(url: &str, question: &str, backend: DbBackend) {
    let tables = async || {
        let connection = Database::connect(url).await.unwrap();
        let row = connection
            .query_one_raw(Statement::from_string(backend, question))
            .await
            .unwrap();
        connection.close().await.unwrap();
        row.unwrap()
            .try_get::<Option<String>>("", "found")
            .unwrap()
            .unwrap_or_default()
    };
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let first = tables().await;
    assert!(
        first.contains("complaint_event") && first.contains("tenant"),
        "{first}"
    );
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    assert_eq!(tables().await, first, "again changes nothing");
    wederhoor_migration::down(url).await.unwrap();
    assert_eq!(tables().await, "seaql_migrations");
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    assert_eq!(tables().await, first);
}

#[tokio::test]
async fn sqlite_keeps_members_and_lets_no_two_share_an_address() {
    let file = std::env::temp_dir().join(format!("wederhoor-address-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let id = |number: u8| format!("x'{number:032x}'");
    no_two_share_an_address(&url, id).await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_keeps_members_and_lets_no_two_share_an_address() {
    let url = database("address").await;
    let url = url.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    no_two_share_an_address(&url, |number| format!("'{number:032x}'")).await;
}

/// The steps from the index on are taken back and forth over rows that were there before.
async fn no_two_share_an_address(url: &str, id: impl Fn(u8) -> String) {
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let steps = Migrator::migrations();
    let index = steps
        .iter()
        .position(|step| step.name().ends_with("one_member_per_address"));
    let since = u32::try_from(steps.len() - index.unwrap()).unwrap();
    let connection = Database::connect(url).await.unwrap();
    Migrator::down(&connection, Some(since)).await.unwrap();
    let run = async |sql: String| connection.execute_unprepared(&sql).await.map(drop);
    let tenant = |number: u8| {
        let at = "'2026-01-01T00:00:00.000000Z'";
        format!(
            "INSERT INTO tenant VALUES ({}, 't{number}', 'T', 'active', '{{}}', {at})",
            id(number)
        )
    };
    let member = |tenant: u8, number: u8, email: &str| {
        let (tenant, own, at) = (id(tenant), id(number), "'2026-01-01T00:00:00.000000Z'");
        format!(
            "INSERT INTO member (tenant_id, id, name, email, roles, locale, created_at)
             VALUES ({tenant}, {own}, 'M', {email}, '[]', 'nl', {at})"
        )
    };
    for sql in [
        tenant(1),
        tenant(2),
        member(1, 1, "'een@adres.example'"),
        member(2, 2, "'een@adres.example'"),
        member(1, 3, "NULL"),
        member(1, 4, "NULL"),
        member(1, 5, "'Een@Adres.example'"),
    ] {
        run(sql).await.unwrap();
    }
    let refused = wederhoor_migration::up(url, "wederhoor_app").await;
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.contains("have the same e-mail address"),
        "{refused}"
    );
    assert!(!refused.contains("adres.example"), "{refused}");
    run(format!("DELETE FROM member WHERE id = {}", id(5)))
        .await
        .unwrap();
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let count = "SELECT count(*) AS found FROM member";
    let count = Statement::from_string(connection.get_database_backend(), count);
    let kept: i64 = connection
        .query_one_raw(count)
        .await
        .unwrap()
        .unwrap()
        .try_get("", "found")
        .unwrap();
    assert_eq!(kept, 4);
    assert!(run(member(1, 6, "'EEN@adres.example'")).await.is_err());
    assert!(run(member(2, 7, "'een@adres.example'")).await.is_err());
    run(member(2, 8, "'twee@adres.example'")).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn sqlite_counts_links_of_before_as_mailed_to_the_mailbox_of_the_filing() {
    let file = std::env::temp_dir().join(format!("wederhoor-mailed-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    links_of_before_are_of_the_filing(&url, "PRAGMA foreign_keys = OFF", |number| {
        format!("x'{number:032x}'")
    })
    .await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_counts_links_of_before_as_mailed_to_the_mailbox_of_the_filing() {
    let url = database("mailed").await;
    let url = url.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    links_of_before_are_of_the_filing(&url, "SET session_replication_role = replica", |number| {
        format!("'{number:032x}'")
    })
    .await;
}

/// A link is there before the step, of a complaint that need not be.
async fn links_of_before_are_of_the_filing(url: &str, alone: &str, id: impl Fn(u8) -> String) {
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let steps = Migrator::migrations();
    let index = steps
        .iter()
        .position(|step| step.name().ends_with("links_mailed_to"));
    let since = u32::try_from(steps.len() - index.unwrap()).unwrap();
    let connection = Database::connect(url).await.unwrap();
    Migrator::down(&connection, Some(since)).await.unwrap();
    let (own, at) = (id(1), "'2026-01-01T00:00:00.000000Z'");
    let hash = if connection.get_database_backend() == DbBackend::Sqlite {
        "x'07'"
    } else {
        "'\\x07'"
    };
    let link = format!(
        "{alone}; INSERT INTO access_link (tenant_id, token_hash, complaint_id, party, created_at, expires_at)
         VALUES ({own}, {hash}, {own}, 'complainant', {at}, {at})"
    );
    connection.execute_unprepared(&link).await.unwrap();
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let question = "SELECT mailed_to AS found FROM access_link";
    let question = Statement::from_string(connection.get_database_backend(), question);
    let row = connection.query_one_raw(question).await.unwrap().unwrap();
    assert_eq!(row.try_get::<Option<i32>>("", "found").unwrap(), Some(0));
    connection.close().await.unwrap();
}
