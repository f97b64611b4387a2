//! Complaints of before tell in their row what they were about.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use wederhoor_migration::Migrator;

use crate::support::{base, database, superuser_of};

#[tokio::test]
async fn sqlite_finds_the_causes_of_before_in_the_events() {
    let file = std::env::temp_dir().join(format!("wederhoor-causes-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let id = |number: u8| format!("x'{number:032x}'");
    causes_of_before(&url, &url, "PRAGMA foreign_keys = OFF", id).await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_finds_the_causes_of_before_in_the_events() {
    let owner = database("causes").await;
    let superuser = owner.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    let alone = "SET session_replication_role = replica";
    let id = |number: u8| format!("'{number:032x}'");
    causes_of_before(&owner, &superuser, alone, id).await;
}

/// Two complaints, one of which is destroyed, are there before the step, of an organisation that need not be; it is gone through by
/// who migrates, who is no tenant.
async fn causes_of_before(owner: &str, all: &str, alone: &str, id: impl Fn(u8) -> String) {
    wederhoor_migration::up(owner, "wederhoor_app")
        .await
        .unwrap();
    let steps = Migrator::migrations();
    let index = steps
        .iter()
        .position(|step| step.name().ends_with("causes"));
    let since = u32::try_from(steps.len() - index.unwrap()).unwrap();
    let connection = Database::connect(all).await.unwrap();
    Migrator::down(&connection, Some(since)).await.unwrap();
    let (tenant, at) = (id(1), "'2026-01-01T00:00:00.000000Z'");
    let hash = match connection.get_database_backend() {
        DbBackend::Sqlite => "x'07'",
        _ => "'\\x07'",
    };
    let complaint = |number: u8| {
        let own = id(number);
        format!(
            "INSERT INTO complaint (tenant_id, id, reference, version, policy_id, state, channel, received_at, registered_at,
             instance) VALUES ({tenant}, {own}, 'A-{number}', 1, {tenant}, 'closed', 'web_form', {at}, {at}, 0)"
        )
    };
    let event = |number: u8, seq: u8, kind: &str, payload: &str| {
        let own = id(number);
        format!(
            "INSERT INTO complaint_event (tenant_id, complaint_id, seq, at, registered_at, actor, kind, event_version, payload,
             content_count, hash, previous_hash) VALUES ({tenant}, {own}, {seq}, {at}, {at}, '{{}}', '{kind}', 1, '{payload}', 0,
             {hash}, {hash})"
        )
    };
    let classified = |cause: &str| format!(r#"{{"cause":"{cause}","type":"classified"}}"#);
    let (content, trainer) = (classified("content"), classified("trainer"));
    let rows = [
        alone.to_owned(),
        complaint(1),
        complaint(2),
        complaint(3),
        event(1, 1, "classified", &content),
        event(1, 2, "classified", &trainer),
        event(2, 1, "classified", &content),
        event(2, 2, "destroyed", "{}"),
    ];
    connection
        .execute_unprepared(&rows.join(";\n"))
        .await
        .unwrap();
    wederhoor_migration::up(owner, "wederhoor_app")
        .await
        .unwrap();
    let question = "SELECT reference, cause FROM complaint ORDER BY reference";
    let question = Statement::from_string(connection.get_database_backend(), question);
    let found = connection.query_all_raw(question).await.unwrap();
    let found: Vec<Option<String>> = found
        .iter()
        .map(|row| row.try_get("", "cause").unwrap())
        .collect();
    assert_eq!(found, [Some("trainer".to_owned()), None, None]);
    connection.close().await.unwrap();
}
