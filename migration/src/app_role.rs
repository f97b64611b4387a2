//! The role that the application works as, on PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::{
    DEFAULT_APP_ROLE,
    schema::{Rows, Table},
    steps,
};

const SETTING: &str = "wederhoor.app_role";

/// Names the role for the steps of this session, and creates it without login if it is missing.
pub(crate) async fn prepare(database: &DatabaseConnection, role: &str) -> Result<(), DbErr> {
    if database.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    if !exists(database, role).await? {
        let create = format!("CREATE ROLE {} NOLOGIN NOBYPASSRLS", quoted(role));
        let created = database.execute_unprepared(&create).await;
        // Roles are shared by all databases of a server: whoever migrates another may have been first.
        if let Err(error) = created
            && !exists(database, role).await?
        {
            return Err(DbErr::Custom(format!(
                "the role {role} is missing and cannot be created here ({error}); as a superuser run: {create}"
            )));
        }
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

pub(crate) async fn exists(database: &DatabaseConnection, role: &str) -> Result<bool, DbErr> {
    let question = "SELECT 1 AS found FROM pg_roles WHERE rolname = $1";
    is_found(database, question, role).await
}

pub(crate) async fn is_found(
    database: &DatabaseConnection,
    question: &str,
    about: &str,
) -> Result<bool, DbErr> {
    let found = database.query_one_raw(Statement::from_sql_and_values(
        DbBackend::Postgres,
        question,
        [about.into()],
    ));
    Ok(found.await?.is_some())
}

/// Grants the role what the application needs of every table, also where the steps were taken for another role, and lets
/// it read which steps have run.
pub(crate) async fn admit(database: &DatabaseConnection, role: &str) -> Result<(), DbErr> {
    if database.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let role = quoted(role);
    for Table {
        name, rights, rows, ..
    } in steps::all_tables()
    {
        let grant = format!("GRANT {rights} ON {name} TO {role}");
        database.execute_unprepared(&grant).await?;
        if *rows != Rows::Platform {
            admit_to_rows(database, name, &role).await?;
        }
    }
    let grant = format!("GRANT SELECT ON seaql_migrations TO {role}");
    database.execute_unprepared(&grant).await?;
    Ok(())
}

/// Adds the role to those that the table's permissive policy names. Only where it is not one of them yet: no other session
/// may use the table meanwhile.
async fn admit_to_rows(
    database: &DatabaseConnection,
    table: &str,
    role: &str,
) -> Result<(), DbErr> {
    let question = "SELECT string_agg(quote_ident(one), ', ') AS named FROM pg_policies, unnest(roles) AS one \
        WHERE schemaname = current_schema() AND tablename = $1 AND policyname = 'application'";
    let row = database
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            question,
            [table.into()],
        ))
        .await?;
    let named = match row {
        Some(row) => row.try_get::<Option<String>>("", "named")?,
        None => None,
    };
    let is_named = "SELECT 1 AS found FROM pg_policies WHERE schemaname = current_schema() AND tablename = $1 \
        AND policyname = 'application' AND current_setting('wederhoor.app_role')::name = ANY (roles)";
    if is_found(database, is_named, table).await? {
        return Ok(());
    }
    let named = named.map_or_else(|| role.to_owned(), |named| format!("{named}, {role}"));
    let alter = format!("ALTER POLICY application ON {table} TO {named}");
    database.execute_unprepared(&alter).await?;
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
