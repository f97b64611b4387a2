//! The database schema: one reversible step per subject, the same for PostgreSQL and SQLite.
//!
//! On PostgreSQL each step also forces row-level security on what it creates and grants the application's
//! role what it needs and nothing else. The login that migrates owns the tables; the application never uses it.

mod app_role;
mod maintenance_role;
mod schema;
mod steps;

use std::time::Duration;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, RuntimeErr,
    SqlxError, Statement,
};

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
/// # Errors
/// The database cannot be reached, a newer program made it, or a step fails; on both databases a failed step leaves
/// nothing behind.
pub async fn up(url: &str, app_role: &str) -> Result<(), DbErr> {
    let database = connect(url).await?;
    take_turn(&database).await?;
    refuse_newer(&database).await?;
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
