//! How the schema of a database stands to what this program knows: whether it can work, waits, or must not begin.
//!
//! While versions change, programs of both work side by side. Who can do so beside a step that they do not know, its name
//! says, behind its time:
//!
//! - `m20270101_120000_expand_…` only adds: every program works beside it that knew what was there before.
//! - `m20270301_120000_contract_m20270101_120000_…` takes away what programs that know the step of that time do without.
//! - any other: only programs that know it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, RuntimeErr, SqlxError};

use crate::{Migrator, connect};

/// The length of the beginning of a name that says when the step was made.
const TIME: usize = "m20270101_120000".len();

/// How a schema stands to what this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has been through every step that this program knows, and through none that it cannot work beside.
    Complete {
        /// Whether it has been through others too.
        is_newer: bool,
    },
    /// It lacks this step, the first of perhaps several.
    Older(String),
    /// It has been through this step, which this program does not know and cannot work beside.
    Newer(String),
}

impl Standing {
    /// That of a database which has been through these steps.
    pub fn of(been_through: &[String]) -> Self {
        let known: Vec<_> = Migrator::migrations()
            .iter()
            .map(|step| step.name().to_owned())
            .collect();
        let newest = known.last().map_or("", String::as_str);
        let mut unknown = been_through
            .iter()
            .filter(|step| !known.contains(step))
            .peekable();
        let is_newer = unknown.peek().is_some();
        if let Some(step) = unknown.find(|step| !can_be_worked_beside(step, newest)) {
            return Self::Newer(step.clone());
        }
        match known.iter().find(|step| !been_through.contains(step)) {
            Some(step) => Self::Older(step.clone()),
            None => Self::Complete { is_newer },
        }
    }
}

/// Whether a program whose newest step is this one works beside a step that it does not know.
fn can_be_worked_beside(step: &str, newest: &str) -> bool {
    let Some(what) = step.get(TIME..) else {
        return false;
    };
    if what.starts_with("_expand_") {
        return true;
    }
    let needed = what
        .strip_prefix("_contract_")
        .and_then(|rest| rest.get(..TIME));
    needed.is_some_and(|needed| needed.starts_with('m') && newest.get(..TIME) >= Some(needed))
}

/// That of the database at `url`. Any login may ask that can read the list of steps.
///
/// # Errors
/// The database cannot be reached, or does not answer.
pub async fn standing(url: &str) -> Result<Standing, DbErr> {
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
    Ok(Standing::of(&been_through))
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

/// Why waiting may mend it that a database cannot be asked, in words without its address: it is not there yet, or has too
/// much to do. `None` where somebody must do something: a wrong password, a name of no database, a certificate, damage.
pub fn why_it_may_pass(error: &DbErr) -> Option<String> {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(_)).then(|| NOBODY.to_owned());
    };
    match cause.as_ref() {
        SqlxError::PoolTimedOut => Some(NOBODY.to_owned()),
        SqlxError::Io(cause) => Some(cause.to_string()),
        SqlxError::Database(said) => {
            is_passing(&said.code().unwrap_or_default()).then(|| said.message().to_owned())
        }
        _ => None,
    }
}

const NOBODY: &str = "nobody answers there, or nobody has time";

/// By SQLSTATE: no connection, too few resources, not in a state to answer, or shutting down; or by SQLite's code: busy
/// or locked.
fn is_passing(code: &str) -> bool {
    match code.parse::<i32>() {
        Ok(number) if code.len() != 5 => matches!(number & 0xff, 5 | 6),
        _ => ["08", "53", "55", "57"]
            .iter()
            .any(|class| code.starts_with(class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn been_through(more: &[&str]) -> Vec<String> {
        let known = Migrator::migrations();
        let known = known.iter().map(|step| step.name().to_owned());
        known
            .chain(more.iter().map(|one| (*one).to_owned()))
            .collect()
    }

    #[test]
    fn a_step_that_is_not_known_says_by_its_name_who_can_work_beside_it() {
        let known = been_through(&[]);
        let newest = &known.last().unwrap()[..TIME];
        let of_newest = format!("m29990101_000000_contract_{newest}_drop_a_column");
        let of_a_newer = "m29990101_000000_contract_m29980101_000000_drop_a_column";
        let complete = Standing::Complete { is_newer: true };
        for (step, expected) in [
            ("m29990101_000000_expand_complaints", Some(&complete)),
            (of_newest.as_str(), Some(&complete)),
            (of_a_newer, None),
            ("m29990101_000000_contract_", None),
            (
                "m29990101_000000_contract_drop_a_column_of_complaints",
                None,
            ),
            ("m29990101_000000_drop_a_column", None),
            ("m29990101_000000_expanded", None),
            ("expand_", None),
            ("é", None),
        ] {
            let newer = Standing::Newer(step.to_owned());
            let found = Standing::of(&been_through(&[step]));
            assert_eq!(&found, expected.unwrap_or(&newer), "{step}");
        }
    }

    #[test]
    fn what_lacks_a_step_waits_unless_it_is_newer_too() {
        let known = been_through(&[]);
        assert_eq!(Standing::of(&known), Standing::Complete { is_newer: false });
        assert_eq!(Standing::of(&[]), Standing::Older(known[0].clone()));
        let mut some = been_through(&["m29990101_000000_expand_complaints"]);
        let lacked = some.remove(3);
        assert_eq!(Standing::of(&some), Standing::Older(lacked));
        some.push("m29990101_000000_drop_a_column".to_owned());
        assert!(matches!(Standing::of(&some), Standing::Newer(_)));
    }

    #[test]
    fn what_somebody_must_mend_does_not_pass() {
        for code in ["08006", "53300", "55000", "57P03", "5", "6", "517"] {
            assert!(is_passing(code), "{code}");
        }
        for code in ["28P01", "28000", "3D000", "42501", "26", "11", ""] {
            assert!(!is_passing(code), "{code}");
        }
    }
}
