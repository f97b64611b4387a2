//! Whether what is written is whole, and whether nobody holds the database up.

use std::time::Duration;

use sqlx::{Connection, PgConnection, SqliteConnection};
use wederhoor_tests::{App, Kind};

/// What must be true of every complaint: the events are as many as its version says, with nothing missing in between;
/// what lists read is there; and a complaint that came in has a confirmation or somebody to tell.
const HALVES: [(&str, &str); 5] = [
    (
        "a version without its events",
        "SELECT count(*) FROM complaint AS c WHERE c.version <> (SELECT count(*) FROM complaint_event AS e
         WHERE e.tenant_id = c.tenant_id AND e.complaint_id = c.id)",
    ),
    (
        "events that are not numbered through",
        "SELECT count(*) FROM complaint AS c WHERE c.version <> (SELECT coalesce(max(e.seq), 0) FROM complaint_event AS e
         WHERE e.tenant_id = c.tenant_id AND e.complaint_id = c.id)",
    ),
    (
        "a complaint that nobody may see",
        "SELECT count(*) FROM complaint AS c WHERE NOT EXISTS (SELECT 1 FROM complaint_audience AS a
         WHERE a.tenant_id = c.tenant_id AND a.complaint_id = c.id)",
    ),
    (
        "a complaint without a letter",
        "SELECT count(*) FROM complaint AS c WHERE NOT EXISTS (SELECT 1 FROM outbox AS o
         WHERE o.tenant_id = c.tenant_id AND o.complaint_id = c.id)",
    ),
    (
        "references that were given out and not used",
        "SELECT coalesce(sum(r.last), 0) - (SELECT count(*) FROM complaint) FROM reference_counter AS r",
    ),
];

/// Fails when anything was written by half.
pub(super) async fn assert_whole(app: &App) {
    for (what, question) in HALVES {
        let (must, ask) = match app.database.kind {
            Kind::Postgres => (
                "CREATE TEMP TABLE none (count bigint CHECK (count = 0))",
                question,
            ),
            Kind::Sqlite => (
                "CREATE TEMP TABLE none (count INTEGER CHECK (count = 0))",
                question,
            ),
        };
        println!("looking for {what}");
        let statement = format!("{must}; INSERT INTO none {ask}");
        app.database.execute(&statement).await;
    }
}

/// Waits until nobody works in the database, and fails when somebody goes on for five seconds: a transaction that a
/// client left open.
pub(crate) async fn assert_at_rest(app: &App) {
    for _ in 0..250 {
        if is_at_rest(app).await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("a transaction was left open");
}

async fn is_at_rest(app: &App) -> bool {
    match app.database.kind {
        Kind::Postgres => {
            let mut connection = PgConnection::connect(&app.database.url).await.unwrap();
            let open: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM pg_stat_activity AS a WHERE datname = current_database()
                 AND usename = current_user AND pid <> pg_backend_pid()
                 AND (xact_start IS NOT NULL OR state <> 'idle' OR EXISTS (SELECT 1 FROM pg_locks AS l WHERE l.pid = a.pid))",
            )
            .fetch_one(&mut connection)
            .await
            .unwrap();
            connection.close().await.unwrap();
            open == 0
        }
        // The log is only written back whole when nobody writes, and nobody reads what came before.
        Kind::Sqlite => {
            let mut connection = SqliteConnection::connect(&app.database.url).await.unwrap();
            let is_busy: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)")
                .fetch_one(&mut connection)
                .await
                .unwrap_or(1);
            connection.close().await.unwrap();
            is_busy == 0
        }
    }
}
