use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

type Tables = BTreeMap<String, Vec<String>>;

pub(super) async fn of_postgres(superuser_url: &str) -> Tables {
    let mut connection = PgConnection::connect(superuser_url)
        .await
        .expect("the database opens");
    let tables = sqlx::query_scalar::<_, String>(
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the tables are listed");
    let mut contents = Tables::new();
    for table in tables {
        let query = format!("SELECT to_jsonb(r)::text FROM \"{table}\" AS r ORDER BY 1");
        let rows = sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await
            .expect("the table is read");
        contents.insert(table, rows);
    }
    connection.close().await.expect("the connection closes");
    contents
}

pub(super) async fn of_sqlite(url: &str) -> Tables {
    let mut connection = SqliteConnection::connect(url)
        .await
        .expect("the database opens");
    let tables = sqlx::query_scalar::<_, String>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
        .fetch_all(&mut connection)
        .await
        .expect("the tables are listed");
    let mut contents = Tables::new();
    for table in tables {
        let columns = sqlx::query_scalar::<_, String>(
            "SELECT '\"' || name || '\"' FROM pragma_table_info($1) ORDER BY cid",
        )
        .bind(&table)
        .fetch_all(&mut connection)
        .await
        .expect("the columns are listed");
        let row = columns
            .iter()
            .map(|column| format!("quote({column})"))
            .collect::<Vec<_>>()
            .join(" || ', ' || ");
        let query = format!("SELECT {row} FROM \"{table}\" ORDER BY 1");
        let rows = sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await
            .expect("the table is read");
        contents.insert(table, rows);
    }
    connection.close().await.expect("the connection closes");
    contents
}

pub(super) async fn execute_postgres(superuser_url: &str, statement: &str) {
    let mut connection = PgConnection::connect(superuser_url)
        .await
        .expect("the database opens");
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .expect("the statement runs");
    connection.close().await.expect("the connection closes");
}

pub(super) async fn execute_sqlite(url: &str, statement: &str) {
    let mut connection = SqliteConnection::connect(url)
        .await
        .expect("the database opens");
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .expect("the statement runs");
    connection.close().await.expect("the connection closes");
}
