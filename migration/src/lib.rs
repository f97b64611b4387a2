//! The database schema: one reversible step per subject, the same for PostgreSQL and SQLite.
//!
//! On PostgreSQL each step also forces row-level security on what it creates and grants the application's
//! role what it needs and nothing else. The login that migrates owns the tables; the application never uses it.

mod app_role;
mod maintenance_role;
mod schema;
mod standing;
mod steps;

use std::time::Duration;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, RuntimeErr,
    SqlxError, Statement,
};

pub use standing::{Standing, standing, why_it_may_pass};

/// The role that the application logs in as (or is a member of), unless another is named.
pub const DEFAULT_APP_ROLE: &str = "wederhoor_app";

/// The role that deletes tenants. A login of another name is made a member of it.
pub const MAINTENANCE_ROLE: &str = "wederhoor_maintenance";

/// The number of the lock by which whoever migrates is alone; any that nothing else in the database uses.
const TURN: i64 = 0x7765_6465_7268_6f6f;

/// What is said of an address that cannot be read, which may hold a password.
const UNREADABLE: &str = "its address cannot be read: write it as postgres://USER:PASSWORD@HOST/DATABASE, with %XX for what \
    is special in a password, or as sqlite://FILE";

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        steps::all()
    }
}

/// Brings the database at `url` to the newest schema, for an application that runs as `app_role`; a role that it was brought
/// there for before keeps what it was granted. Of two at once one waits for the other.
///
/// On PostgreSQL the role is created without login if it is missing; the error says what to do when that is
/// not allowed. SQLite has no roles: the name is ignored.
///
/// A newer schema that this program works with stays as it is.
///
/// # Errors
/// The database cannot be reached, a newer program made it that this one cannot work beside, or a step fails; on both
/// databases a failed step leaves nothing behind.
pub async fn up(url: &str, app_role: &str) -> Result<(), DbErr> {
    let database = connect(url).await?;
    take_turn(&database).await?;
    let been_through = Migrator::get_migration_models(&database).await?;
    let been_through: Vec<_> = been_through.into_iter().map(|step| step.version).collect();
    match Standing::of(&been_through) {
        Standing::Newer(step) => {
            return Err(DbErr::Custom(format!(
                "it was made by a newer version of the program, which has the step {step}"
            )));
        }
        Standing::Complete { is_newer: true } => return database.close().await,
        _ => {}
    }
    app_role::prepare(&database, app_role).await?;
    Migrator::up(&database, None).await?;
    app_role::admit(&database, app_role).await?;
    maintenance_role::admit(&database).await?;
    database.close().await
}

/// What is damaged in an SQLite file, in SQLite's own words; `None` in a sound one. Nothing is written: every page is read,
/// which takes a second for some hundred megabytes.
///
/// # Errors
/// The file cannot be read, or is so damaged that it cannot be looked through.
pub async fn damage(file: &str) -> Result<Option<String>, DbErr> {
    // Without a log beside it the file is whole by itself, and nothing needs to be made to read it.
    let alone = if std::fs::exists(format!("{file}-wal")).unwrap_or(true) {
        ""
    } else {
        "&immutable=true"
    };
    let database = connect(&format!("sqlite://{file}?mode=ro{alone}")).await?;
    let question = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)");
    let row = database.query_one_raw(question).await?;
    let said = row
        .map(|row| row.try_get_by_index::<String>(0))
        .transpose()?;
    database.close().await?;
    Ok(said.filter(|said| said != "ok"))
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

/// Whether two addresses lead to one database of PostgreSQL; `None` where that cannot be found out, as one of them cannot log in
/// yet.
///
/// # Errors
/// The first cannot be reached.
pub async fn lead_to_one(url: &str, other: &str) -> Result<Option<bool>, DbErr> {
    let (high, low) = (TURN >> 32, (TURN & 0xffff_ffff) + 1);
    let holding = connect(url).await?;
    let lock = format!("SELECT pg_advisory_lock_shared({high}::bigint << 32 | {low}::bigint)");
    holding.execute_unprepared(&lock).await?;
    let Ok(seeing) = connect(other).await else {
        return holding.close().await.map(|()| None);
    };
    let question = format!(
        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = {high} \
         AND objid::bigint = {low} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS seen"
    );
    let row = seeing
        .query_one_raw(Statement::from_string(DbBackend::Postgres, question))
        .await?;
    let is_seen = row.map(|row| row.try_get("", "seen")).transpose()?;
    seeing.close().await?;
    holding.close().await?;
    Ok(is_seen)
}

/// Waits for whoever migrates this database now, on PostgreSQL, and keeps others waiting until the session ends. The one
/// writer of SQLite needs none.
async fn take_turn(database: &DatabaseConnection) -> Result<(), DbErr> {
    if database.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_lock({TURN})");
        database.execute_unprepared(&lock).await?;
    }
    Ok(())
}

/// One connection only: the name of the role, and the turn, are the session's.
async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    Database::connect(options).await.map_err(without_address)
}

/// What the driver says of an address that it cannot read may repeat it, with its password.
fn without_address(error: DbErr) -> DbErr {
    let repeats = match &error {
        DbErr::Conn(RuntimeErr::Internal(_)) => true,
        DbErr::Conn(RuntimeErr::SqlxError(cause)) => {
            matches!(cause.as_ref(), SqlxError::Configuration(_))
        }
        _ => false,
    };
    if repeats {
        DbErr::Custom(UNREADABLE.to_owned())
    } else {
        error
    }
}
