//! What can go wrong between the program and its database.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// A failure of the store. No variant repeats a value of a row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, has just gone away, or no connection came free in time. Nothing was written, unless it failed at the commit:
    /// then that is unknown. Worth another try.
    #[error("the database cannot be reached: {why}")]
    Unavailable {
        /// What went wrong on the way, without its content.
        why: String,
    },
    /// The database is read, and takes no writing: its disk is full, or it is read-only. Nothing was written. Worth another try.
    #[error("the database takes no writing: {why}")]
    Unwritable {
        /// What keeps it from it.
        why: &'static str,
    },
    /// Too much is going on: the writer's turn did not come, or a statement took too long. Worth another try.
    #[error("the database is busy")]
    Busy,
    /// Somebody else was first: a stale version, a key that exists, or two transactions in each other's way.
    #[error("another change came first")]
    Conflict,
    /// A row names another that this tenant does not have.
    #[error("a row names another that does not exist")]
    Dangling,
    /// What is stored is not what was once written.
    #[error("the stored data is damaged: {what}")]
    Corrupt {
        /// What was found, without its content.
        what: String,
    },
    /// The configuration cannot work.
    #[error("the database is not configured: {0}")]
    Config(String),
    /// A fault of the program.
    #[error("the store failed: {0}")]
    Internal(String),
}

impl StoreError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    fn unavailable(why: impl Into<String>) -> Self {
        Self::Unavailable { why: why.into() }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::RecordNotInserted => Self::Conflict,
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => {
                Self::corrupt("a column cannot be read")
            }
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => of_driver(cause),
            DbErr::ConnectionAcquire(_) => Self::unavailable("no connection came free"),
            DbErr::Conn(_) => Self::unavailable("no connection was made"),
            other => Self::Internal(kind(other).to_owned()),
        }
    }
}

pub(crate) fn of_driver(error: &SqlxError) -> StoreError {
    match error {
        SqlxError::Io(cause) => StoreError::unavailable(format!("i/o: {}", cause.kind())),
        SqlxError::Tls(_) => StoreError::unavailable("TLS failed"),
        SqlxError::Protocol(_) => StoreError::unavailable("the server did not answer as one"),
        SqlxError::PoolClosed => StoreError::unavailable("the pool is closed"),
        SqlxError::PoolTimedOut => StoreError::unavailable("no connection came free in time"),
        SqlxError::WorkerCrashed => StoreError::unavailable("the thread of SQLite has ended"),
        // What it says of an address may repeat its password.
        SqlxError::Configuration(_) => StoreError::Config("its address cannot be read".to_owned()),
        SqlxError::ColumnDecode { index, .. } => {
            StoreError::corrupt(format!("column {index} cannot be read"))
        }
        SqlxError::Database(cause) => {
            let code = cause.code().unwrap_or_default();
            of_code(&code)
                .unwrap_or_else(|| StoreError::Internal(format!("the database says {code}")))
        }
        SqlxError::RowNotFound => internal("a row is not there"),
        SqlxError::TypeNotFound { .. } => internal("a type is not there"),
        SqlxError::ColumnIndexOutOfBounds { .. } | SqlxError::ColumnNotFound(_) => {
            internal("a column is not there")
        }
        SqlxError::Encode(_) => internal("a value cannot be written"),
        SqlxError::Decode(_) => internal("a row cannot be read"),
        _ => internal("the driver failed"),
    }
}

/// What keeps the database from taking any writing, where that is what failed.
pub(crate) fn unwritable(error: &DbErr) -> Option<&'static str> {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return None;
    };
    let code = cause.as_database_error()?.code()?;
    match of_code(&code)? {
        StoreError::Unwritable { why } => Some(why),
        _ => None,
    }
}

const FULL: &str = "its disk is full";
const READ_ONLY: &str = "it is read-only";

fn internal(kind: &str) -> StoreError {
    StoreError::Internal(kind.to_owned())
}

fn away(code: &str) -> StoreError {
    StoreError::unavailable(format!("the database says {code}"))
}

/// What kind of error it is. What the driver says of it may quote a value, so that nobody repeats it.
fn kind(error: &DbErr) -> &'static str {
    match error {
        DbErr::Exec(_) => "a statement failed",
        DbErr::Query(_) => "a query failed",
        DbErr::RecordNotFound(_) => "a row is not there",
        DbErr::RecordNotUpdated => "no row was changed",
        DbErr::AttrNotSet(_) => "a column was not set",
        DbErr::UnpackInsertId => "an id is missing",
        DbErr::Custom(_) => "a rule of the object mapper failed",
        DbErr::Migration(_) => "a migration failed",
        _ => "the object mapper failed",
    }
}

/// By SQLSTATE (five characters) or SQLite's extended result code, whose lowest byte is the kind.
fn of_code(code: &str) -> Option<StoreError> {
    if code.len() == 5 {
        return Some(match code {
            "23505" | "40001" | "40P01" => StoreError::Conflict,
            "23503" => StoreError::Dangling,
            "28P01" | "28000" => StoreError::Config("its login is refused".to_owned()),
            "3D000" => StoreError::Config("there is no database of that name".to_owned()),
            "53100" => StoreError::Unwritable { why: FULL },
            // The second is said to a transaction that asks to write where all are read-only.
            "25006" | "25001" => StoreError::Unwritable { why: READ_ONLY },
            "57014" | "55P03" | "25P03" | "25P04" => StoreError::Busy,
            "57P01" | "57P02" | "57P03" | "57P05" | "58030" => away(code),
            "XX001" | "XX002" => StoreError::corrupt("PostgreSQL reports damage"),
            _ if code.starts_with("08") || code.starts_with("53") => away(code),
            _ => return None,
        });
    }
    let number: i32 = code.parse().ok()?;
    Some(match number {
        1555 | 2067 => StoreError::Conflict,
        787 => StoreError::Dangling,
        _ => match number & 0xff {
            5 | 6 => StoreError::Busy,
            8 => StoreError::Unwritable { why: READ_ONLY },
            13 => StoreError::Unwritable { why: FULL },
            10 | 14 => away(code),
            11 | 26 => StoreError::corrupt("the SQLite file is damaged or is no database"),
            _ => return None,
        },
    })
}
