//! What was destroyed by an older rule names no party any more, and nothing else is forgotten.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement, prelude::Uuid,
};
use wederhoor_migration::Migrator;

use crate::support::{base, database, superuser_of};

const PARTY: u8 = 101;
const HANDLER: u8 = 102;

#[tokio::test]
async fn sqlite_forgets_who_was_a_party_to_what_was_destroyed_before() {
    let file = std::env::temp_dir().join(format!("wederhoor-forgotten-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let id = |number: u8| format!("x'{number:032x}'");
    destroyed_before(&url, &url, "PRAGMA foreign_keys = OFF", id).await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_forgets_who_was_a_party_to_what_was_destroyed_before() {
    let owner = database("forgotten").await;
    let superuser = owner.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    let alone = "SET session_replication_role = replica";
    let id = |number: u8| format!("'{number:032x}'");
    destroyed_before(&owner, &superuser, alone, id).await;
}

/// An id as texts have it.
fn text(number: u8) -> String {
    format!("00000000-0000-0000-0000-{number:012x}")
}

/// Who saw each complaint, and the key and reader of its one letter.
async fn left(connection: &DatabaseConnection) -> Vec<(Vec<String>, String)> {
    let backend = connection.get_database_backend();
    let rows = async |question: &str| {
        let question = Statement::from_string(backend, question);
        connection.query_all_raw(question).await.unwrap()
    };
    let log = rows("SELECT complaint_id, member_id, party, session_id FROM access_log ORDER BY complaint_id, id").await;
    let letters =
        rows("SELECT complaint_id, letter_key, recipient FROM outbox ORDER BY complaint_id").await;
    let word = |row: &QueryResult, column: &str| {
        row.try_get::<Option<String>>("", column)
            .unwrap()
            .unwrap_or_default()
    };
    let of = |row: &QueryResult| row.try_get::<Uuid>("", "complaint_id").unwrap();
    let one = |letter: &QueryResult| {
        let mine = log.iter().filter(|row| of(row) == of(letter));
        let seen = mine.map(|row| {
            let member = row.try_get::<Option<Uuid>>("", "member_id").unwrap();
            let session = row.try_get::<Option<Uuid>>("", "session_id").unwrap();
            assert_eq!(member.is_some(), session.is_some());
            member.map_or_else(|| word(row, "party"), |id| id.to_string())
        });
        (
            seen.collect(),
            format!(
                "{} {}",
                word(letter, "letter_key"),
                word(letter, "recipient")
            ),
        )
    };
    letters.iter().map(one).collect()
}

/// Complaints of an organisation that need not be, each with a letter and seen by a party and by who handled it.
async fn destroyed_before(owner: &str, all: &str, alone: &str, id: impl Fn(u8) -> String) {
    wederhoor_migration::up(owner, "wederhoor_app")
        .await
        .unwrap();
    let steps = Migrator::migrations();
    let index = steps
        .iter()
        .position(|step| step.name().ends_with("forgotten_before"));
    let since = u32::try_from(steps.len() - index.unwrap()).unwrap();
    let connection = Database::connect(all).await.unwrap();
    Migrator::down(&connection, Some(since)).await.unwrap();
    let (tenant, at) = (id(1), "'2026-01-01T00:00:00.000000Z'");
    let hash = match connection.get_database_backend() {
        DbBackend::Sqlite => "x'07'",
        _ => "'\\x07'",
    };
    let event = |number: u8, seq: u8, kind: &str, payload: &str| {
        let own = id(number);
        format!(
            "INSERT INTO complaint_event (tenant_id, complaint_id, seq, at, registered_at, actor, kind, event_version, payload,
             content_count, hash, previous_hash) VALUES ({tenant}, {own}, {seq}, {at}, {at}, '{{}}', '{kind}', 1, '{payload}', 0,
             {hash}, {hash})"
        )
    };
    let complaint = |number: u8, filed: &str, key: &str| {
        let own = id(number);
        let seen = |nth: u8, member: u8| {
            let (row, member, session) = (id(10 * number + nth), id(member), id(200));
            format!(
                "INSERT INTO access_log (tenant_id, complaint_id, id, at, what, member_id, session_id, sign_in_id)
                 VALUES ({tenant}, {own}, {row}, {at}, 'saw_dossier', {member}, {session}, {session})"
            )
        };
        [
            format!(
                "INSERT INTO complaint (tenant_id, id, reference, version, policy_id, state, channel, received_at, registered_at,
                 instance) VALUES ({tenant}, {own}, 'A-{number}', 1, {tenant}, 'closed', 'web_form', {at}, {at}, 0)"
            ),
            event(number, 0, "filed", filed),
            seen(1, PARTY),
            seen(2, HANDLER),
            format!(
                "INSERT INTO outbox (tenant_id, id, subject_id, complaint_id, letter_key, kind, recipient, channel, locale, subject,
                 text, html, created_at, due_at, status, attempts) VALUES ({tenant}, {own}, {own}, {own}, '{key}', 'assignment',
                 'whoever', 'mail', 'nl', '', '', '', {at}, {at}, 'sent', 1)"
            ),
        ]
        .join(";\n")
    };
    let (party, handler) = (text(PARTY), text(HANDLER));
    let named = format!(r#"{{"complainant":{{"member":"{party}"}}}}"#);
    let apart = r#"{"complainant":{"member":{"someone":{"confidential":7},"no":1}}}"#;
    let to_handler = format!("3/assignment/{handler}");
    let rows = [
        alone.to_owned(),
        complaint(11, &named, &to_handler),
        complaint(12, apart, "3/assignment/7"),
        complaint(13, apart, &format!("3/assignment/{}", text(13))),
        complaint(14, &named, &to_handler),
        complaint(15, apart, "3/response/respondent-1"),
    ];
    let destroyed = [11, 12, 13, 15].map(|number| event(number, 1, "destroyed", "{}"));
    let rows = [rows.join(";\n"), destroyed.join(";\n")].join(";\n");
    connection.execute_unprepared(&rows).await.unwrap();
    wederhoor_migration::up(owner, "wederhoor_app")
        .await
        .unwrap();
    let somebody = "somebody".to_owned();
    let both = vec![party, handler.clone()];
    let forgotten = [
        (
            vec![somebody.clone(), handler],
            format!("3/assignment/{} ", text(11)),
        ),
        (
            vec![somebody.clone(), somebody],
            format!("3/assignment/{} ", text(12)),
        ),
        (both.clone(), format!("3/assignment/{} ", text(13))),
        (both.clone(), format!("{to_handler} whoever")),
        (both, "3/response/respondent-1 whoever".to_owned()),
    ];
    assert_eq!(left(&connection).await, forgotten);
    Migrator::down(&connection, Some(since)).await.unwrap();
    wederhoor_migration::up(owner, "wederhoor_app")
        .await
        .unwrap();
    assert_eq!(
        left(&connection).await,
        forgotten,
        "once more changes nothing"
    );
    connection.close().await.unwrap();
}
