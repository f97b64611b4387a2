//! The role that the application works as, on PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::DEFAULT_APP_ROLE;

const SETTING: &str = "wederhoor.app_role";

/// Names the role for the steps of this session, and creates it without login if it is missing.
pub(crate) async fn prepare(database: &DatabaseConnection, role: &str) -> Result<(), DbErr> {
    if database.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let exists = database
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT 1 AS found FROM pg_roles WHERE rolname = $1",
            [role.into()],
        ))
        .await?
        .is_some();
    if !exists {
        let create = format!("CREATE ROLE {} NOLOGIN NOBYPASSRLS", quoted(role));
        database.execute_unprepared(&create).await.map_err(|error| {
            DbErr::Custom(format!(
                "the role {role} is missing and cannot be created here ({error}); as a superuser run: {create}"
            ))
        })?;
    }
    database
        .execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT set_config($1, $2, false)",
            [SETTING.into(), role.into()],
        ))
        .await?;
    Ok(())
}

/// Lets the application read which steps have run.
pub(crate) async fn grant_schema_version(
    database: &DatabaseConnection,
    role: &str,
) -> Result<(), DbErr> {
    if database.get_database_backend() == DbBackend::Postgres {
        let grant = format!("GRANT SELECT ON seaql_migrations TO {}", quoted(role));
        database.execute_unprepared(&grant).await?;
    }
    Ok(())
}

/// The role of this session, as a quoted identifier.
pub(crate) async fn current(manager: &SchemaManager<'_>) -> Result<String, DbErr> {
    let row = manager
        .get_connection()
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT nullif(current_setting($1, true), '') AS role",
            [SETTING.into()],
        ))
        .await?;
    let role = match row {
        Some(row) => row.try_get::<Option<String>>("", "role")?,
        None => None,
    };
    Ok(quoted(role.as_deref().unwrap_or(DEFAULT_APP_ROLE)))
}

fn quoted(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}
