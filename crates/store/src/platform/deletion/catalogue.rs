//! Which tables hold tenants' rows, asked of the database itself.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::StoreError;
use crate::connection::Connection;

const TABLES_OF_POSTGRES: &str = "SELECT c.relname::text AS name FROM pg_class c \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped \
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace ORDER BY 1";
const TABLES_OF_SQLITE: &str = "SELECT m.name AS name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND c.name = 'tenant_id' ORDER BY 1";
const REFERENCES_OF_POSTGRES: &str = "SELECT f.relname::text AS name, t.relname::text AS other FROM pg_constraint k \
    JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid \
    WHERE k.contype = 'f' AND f.relnamespace = current_schema()::regnamespace";
const REFERENCES_OF_SQLITE: &str = "SELECT m.name AS name, f.\"table\" AS other FROM sqlite_schema m \
    JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";

/// The tables of tenants, each after all that refer to it.
pub(super) async fn tables(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let backend = connection.get_database_backend();
    let (tables, references) = if backend == DbBackend::Postgres {
        (TABLES_OF_POSTGRES, REFERENCES_OF_POSTGRES)
    } else {
        (TABLES_OF_SQLITE, REFERENCES_OF_SQLITE)
    };
    let ask = |question: &str| connection.query_all_raw(Statement::from_string(backend, question));
    let mut left = BTreeSet::new();
    for row in ask(tables).await? {
        left.insert(row.try_get::<String>("", "name")?);
    }
    let mut referring: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in ask(references).await? {
        let (from, to): (String, String) = (row.try_get("", "name")?, row.try_get("", "other")?);
        if from != to {
            referring.entry(to).or_default().insert(from);
        }
    }
    Ok(in_order(left, &referring))
}

/// Tables that refer to one another in a circle come last: their references are checked at the commit.
fn in_order(
    mut left: BTreeSet<String>,
    referring: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let mut order = Vec::new();
    while !left.is_empty() {
        let is_free = |table: &&String| {
            let others = referring.get(*table);
            others.is_none_or(|others| others.is_disjoint(&left))
        };
        let next = left.iter().find(is_free).or_else(|| left.first()).cloned();
        let Some(next) = next else { break };
        left.remove(&next);
        order.push(next);
    }
    order
}
