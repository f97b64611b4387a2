//! The database schema: one reversible step per subject, the same for PostgreSQL and SQLite.
//!
//! On PostgreSQL each step also forces row-level security on what it creates and grants the application's
//! role what it needs and nothing else. The login that migrates owns the tables; the application never uses it.

mod app_role;
mod schema;
mod steps;

use std::time::Duration;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectOptions, Database, DatabaseConnection};

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
