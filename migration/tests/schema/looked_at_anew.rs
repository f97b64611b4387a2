//! What the heart alone can tell of complaints of before, it tells as the next program begins: nothing is planned for them then.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use wederhoor_migration::Migrator;

use crate::support::{base, database, superuser_of};

#[tokio::test]
async fn sqlite_leaves_the_rest_as_it_was_planned() {
    let file = std::env::temp_dir().join(format!("wederhoor-anew-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let id = |number: u8| format!("x'{number:032x}'");
    looked_at_anew(&url, &url, "PRAGMA foreign_keys = OFF", id).await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_leaves_the_rest_as_it_was_planned() {
    let owner = database("anew").await;
    let superuser = owner.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    let alone = "SET session_replication_role = replica";
    let id = |number: u8| format!("'{number:032x}'");
    looked_at_anew(&owner, &superuser, alone, id).await;
}

/// Complaint 1 is open, 2 closed, 3 closed with measures, and 4 closed with an appeal; of each something is planned.
async fn looked_at_anew(owner: &str, all: &str, alone: &str, id: impl Fn(u8) -> String) {
    wederhoor_migration::up(owner, "wederhoor_app")
        .await
        .unwrap();
    let steps = Migrator::migrations();
    let index = steps
        .iter()
        .position(|step| step.name().ends_with("create_measure_due"));
    let since = u32::try_from(steps.len() - index.unwrap()).unwrap();
    let connection = Database::connect(all).await.unwrap();
    Migrator::down(&connection, Some(since)).await.unwrap();
    let (tenant, at) = (id(9), "'2026-01-01T00:00:00.000000Z'");
    let backend = connection.get_database_backend();
    let hash = match backend {
        DbBackend::Sqlite => "x'07'",
        _ => "'\\x07'",
    };
    let mut rows = vec![alone.to_owned()];
    for (number, closed_at, kind) in [
        (1, "NULL", "filed"),
        (2, at, "filed"),
        (3, at, "measures_answered"),
        (4, at, "appealed"),
    ] {
        let own = id(number);
        rows.push(format!(
            "INSERT INTO complaint (tenant_id, id, reference, version, policy_id, state, channel, received_at, registered_at,
             instance, closed_at) VALUES ({tenant}, {own}, 'A-{number}', 1, {tenant}, 'closed', 'web_form', {at}, {at}, 0, {closed_at})"
        ));
        rows.push(format!(
            "INSERT INTO complaint_event (tenant_id, complaint_id, seq, at, registered_at, actor, kind, event_version, payload,
             content_count, hash, previous_hash) VALUES ({tenant}, {own}, 0, {at}, {at}, '{{}}', '{kind}', 1, '{{}}', 0, {hash}, {hash})"
        ));
        for planned in ["clock", "letters"] {
            rows.push(format!(
                "INSERT INTO due_work (tenant_id, kind, subject_id, due_at, failures) VALUES ({tenant}, '{planned}', {own}, {at}, 0)"
            ));
        }
    }
    let rows = rows.join(";\n");
    connection.execute_unprepared(&rows).await.unwrap();
    wederhoor_migration::up(owner, "wederhoor_app")
        .await
        .unwrap();
    let question = "SELECT complaint.reference || ' ' || due_work.kind AS line FROM due_work
        JOIN complaint ON complaint.id = due_work.subject_id ORDER BY 1";
    let question = Statement::from_string(backend, question);
    let left = connection.query_all_raw(question).await.unwrap();
    let left: Vec<String> = left
        .iter()
        .map(|row| row.try_get("", "line").unwrap())
        .collect();
    assert_eq!(
        left,
        [
            "A-1 letters",
            "A-2 clock",
            "A-2 letters",
            "A-3 letters",
            "A-4 letters"
        ]
    );
    connection.close().await.unwrap();
}
