//! The database schema: one reversible step per subject, the same for PostgreSQL and SQLite.
//!
//! On PostgreSQL each step also forces row-level security on what it creates and grants the application's
//! role what it needs and nothing else. The login that migrates owns the tables; the application never uses it.

mod app_role;
mod schema;
mod steps;

use std::time::Duration;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, RuntimeErr,
};

/// The role that the application logs in as (or is a member of), unless another is named.
pub const DEFAULT_APP_ROLE: &str = "wederhoor_app";

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        steps::all()
    }
}

/// Brings the database at `url` to the newest schema, for an application that runs as `app_role`.
///
/// On PostgreSQL the role is created without login if it is missing; the error says what to do when that is
/// not allowed. SQLite has no roles: the name is ignored.
///
/// # Errors
/// The database cannot be reached, a newer program made it, or a step fails; on both databases a failed step leaves
/// nothing behind.
pub async fn up(url: &str, app_role: &str) -> Result<(), DbErr> {
    let database = connect(url).await?;
    refuse_newer(&database).await?;
    app_role::prepare(&database, app_role).await?;
    Migrator::up(&database, None).await?;
    app_role::grant_schema_version(&database, app_role).await?;
    database.close().await
}

/// The first step that the database at `url` has not been through; `None` when it has been through all. Any login may
/// ask that can read the list of steps.
///
/// # Errors
/// The database cannot be reached, or does not answer.
pub async fn first_missing(url: &str) -> Result<Option<String>, DbErr> {
    let database = connect(url).await?;
    let mut list = Query::select();
    list.column(Alias::new("version"))
        .from(Alias::new("seaql_migrations"));
    let rows = match database.query_all(&list).await {
        // No step was taken for this login.
        Err(error) if is_without_list(&error) => Vec::new(),
        answer => answer?,
    };
    let mut been_through = Vec::new();
    for row in rows {
        been_through.push(row.try_get::<String>("", "version")?);
    }
    database.close().await?;
    let steps = Migrator::migrations().into_iter();
    let mut names = steps.map(|step| step.name().to_owned());
    Ok(names.find(|name| !been_through.contains(name)))
}

/// Whether there is no list of steps, or no leave to read it: any other error says nothing of the schema.
fn is_without_list(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return false;
    };
    let Some(said) = cause.as_database_error() else {
        return false;
    };
    // PostgreSQL: undefined_table, insufficient_privilege. SQLite has one code for all that a statement gets wrong.
    match said.code().as_deref() {
        Some("42P01" | "42501") => true,
        Some("1") => said.message().starts_with("no such table"),
        _ => false,
    }
}

/// Takes every step back; all data is lost.
///
/// # Errors
/// The database cannot be reached, or a step fails.
pub async fn down(url: &str) -> Result<(), DbErr> {
    let database = connect(url).await?;
    Migrator::down(&database, None).await?;
    database.close().await
}

/// Refuses a database that has been through a step which this program does not know.
async fn refuse_newer(database: &DatabaseConnection) -> Result<(), DbErr> {
    let known = Migrator::migrations();
    let been_through = Migrator::get_migration_models(database).await?;
    let is_known = |name: &str| known.iter().any(|step| step.name() == name);
    match been_through.iter().find(|step| !is_known(&step.version)) {
        Some(step) => Err(DbErr::Custom(format!(
            "it was made by a newer version of the program, which has the step {}",
            step.version
        ))),
        None => Ok(()),
    }
}

/// One connection only: the name of the role is a setting of the session.
async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    Database::connect(options).await
}
