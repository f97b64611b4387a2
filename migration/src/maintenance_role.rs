//! The role that destroys what is to be destroyed, on PostgreSQL: it deletes, tenant by tenant, and writes nothing but
//! certificates of that. Row-level security holds it as it holds the application.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use crate::{
    MAINTENANCE_ROLE, app_role,
    schema::{Rows, Table},
    steps,
};

/// What it may do with tables of the platform.
const ON_PLATFORM: [(&str, &str); 10] = [
    ("account", "SELECT, DELETE"),
    ("account_activity", "SELECT, DELETE"),
    ("deletion_certificate", "SELECT, INSERT, UPDATE"),
    ("operator", "SELECT"),
    ("operator_session", "SELECT, DELETE"),
    ("password_reset", "SELECT, DELETE"),
    ("recovery_code", "SELECT, DELETE"),
    ("second_factor", "SELECT, DELETE"),
    ("seaql_migrations", "SELECT"),
    ("tenant", "SELECT, UPDATE, DELETE"),
];

/// Makes the role, without login, where that is allowed, and grants it what it needs. Where it is not there and cannot be
/// made, nothing is done: nobody can delete a tenant then until a superuser has made it and this runs again.
pub(crate) async fn admit(database: &DatabaseConnection) -> Result<(), DbErr> {
    if database.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    if !app_role::exists(database, MAINTENANCE_ROLE).await? {
        let create = format!("CREATE ROLE {MAINTENANCE_ROLE} NOLOGIN NOBYPASSRLS");
        let _ = database.execute_unprepared(&create).await;
        if !app_role::exists(database, MAINTENANCE_ROLE).await? {
            return Ok(());
        }
    }
    for (table, rights) in ON_PLATFORM {
        let grant = format!("GRANT {rights} ON {table} TO {MAINTENANCE_ROLE}");
        database.execute_unprepared(&grant).await?;
    }
    for Table { name, rows, .. } in steps::all_tables() {
        if *rows != Rows::Platform {
            let grant = format!("GRANT SELECT, DELETE ON {name} TO {MAINTENANCE_ROLE}");
            database.execute_unprepared(&grant).await?;
            admit_to_rows(database, name).await?;
        }
    }
    Ok(())
}

/// Only where it is not let at the rows yet: no other session may use the table meanwhile.
async fn admit_to_rows(database: &DatabaseConnection, table: &str) -> Result<(), DbErr> {
    let known = "SELECT 1 AS found FROM pg_policies WHERE schemaname = current_schema() AND tablename = $1 \
        AND policyname = 'maintenance'";
    if app_role::is_found(database, known, table).await? {
        return Ok(());
    }
    let policy = format!(
        "CREATE POLICY maintenance ON {table} TO {MAINTENANCE_ROLE} USING (true) WITH CHECK (false)"
    );
    database.execute_unprepared(&policy).await?;
    Ok(())
}
