//! Spans of statements: what was asked of which table, and nothing of what is in it.

use sea_orm::{DbBackend, DbErr};
use tracing::{Instrument, Span, field::Empty, info_span};

/// The target of spans, which are told to who collects them and stand in no log. They have names that stand in the program, and
/// no value, text or id of anybody's.
pub const TRACED: &str = "wederhoor_traced";

/// The span of a statement; none where nothing above it is traced.
pub(crate) fn span_of(backend: DbBackend, sql: &str) -> Span {
    if Span::current().is_none() {
        return Span::none();
    }
    let (what, table) = summary(sql);
    let name = match table {
        Some(table) => format!("{what} {table}"),
        None => what.to_owned(),
    };
    let system = match backend {
        DbBackend::Postgres => "postgresql",
        _ => "sqlite",
    };
    info_span!(
        target: TRACED,
        "statement",
        otel.name = name,
        otel.kind = "client",
        otel.status_code = Empty,
        db.system.name = system,
        db.operation.name = what,
        db.collection.name = table,
    )
}

/// What a statement comes to, within its span.
pub(crate) async fn within<T>(
    span: Span,
    work: impl Future<Output = Result<T, DbErr>>,
) -> Result<T, DbErr> {
    let done = work.instrument(span.clone()).await;
    if done.is_err() {
        span.record("otel.status_code", "ERROR");
    }
    done
}

/// The verb of a statement, and the first table that it names.
fn summary(sql: &str) -> (&'static str, Option<&str>) {
    const VERBS: [&str; 6] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "COMMIT"];
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut words = sql
        .split(|c: char| !is_of_name(c))
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let verb = VERBS
        .into_iter()
        .find(|verb| first.eq_ignore_ascii_case(verb));
    let before = match verb {
        Some("INSERT") => "INTO",
        Some("UPDATE") => "UPDATE",
        _ => "FROM",
    };
    let table = if before == "UPDATE" {
        words.next()
    } else {
        words
            .skip_while(|word| !word.eq_ignore_ascii_case(before))
            .nth(1)
    };
    let is_lower = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    (verb.unwrap_or("OTHER"), table.filter(is_lower))
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn of_a_statement_only_what_it_does_and_where_is_told() {
        for (sql, expected) in [
            (
                "SELECT \"complaint\".\"id\" FROM \"complaint\" WHERE \"id\" = $1",
                ("SELECT", Some("complaint")),
            ),
            (
                "INSERT INTO \"outbox\" (\"id\") VALUES ($1) RETURNING 1",
                ("INSERT", Some("outbox")),
            ),
            (
                "UPDATE \"due_work\" SET x = 'Jan'",
                ("UPDATE", Some("due_work")),
            ),
            ("delete from access_link", ("DELETE", Some("access_link"))),
            (
                "SELECT count(*) FROM (SELECT 1 FROM x) AS y",
                ("SELECT", None),
            ),
            (
                "SELECT set_config('app.tenant', $1, true)",
                ("SELECT", None),
            ),
            ("COMMIT", ("COMMIT", None)),
            ("Jan de Vries", ("OTHER", None)),
            ("", ("OTHER", None)),
        ] {
            assert_eq!(summary(sql), expected, "{sql}");
        }
    }
}
