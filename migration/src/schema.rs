//! Tables as both databases write them, and who may reach their rows.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::app_role;

/// Whose rows a table holds: what its row-level security lets through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// The platform's: there is no tenant in them, and grants alone decide.
    Platform,
    /// A tenant's, but found before the tenant is known: a platform look-up may read them too.
    LookUp,
    /// A tenant's, and nobody else's.
    Tenant,
}

/// A table. In `columns` the types are written `{uuid}`, `{at}` (an instant), `{on}` (a civil date), `{json}`,
/// `{bytes}`, `{bool}`, `{int}`, `{text}`.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) rows: Rows,
    /// What the application may do, as in `GRANT`.
    pub(crate) rights: &'static str,
    pub(crate) columns: &'static str,
    /// `name ON …` of each index beside the keys.
    pub(crate) indexes: &'static [&'static str],
}

const THIS_TENANT: &str = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";
const THE_PLATFORM: &str = "current_setting('app.platform', true) = 'on'";

/// Creates the tables with their indexes, row-level security and grants.
pub(crate) async fn create(manager: &SchemaManager<'_>, tables: &[Table]) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    for table in tables {
        let options = if backend == DbBackend::Sqlite {
            " STRICT"
        } else {
            ""
        };
        let columns = typed(backend, table.columns);
        run(
            manager,
            &format!("CREATE TABLE {} ({columns}){options}", table.name),
        )
        .await?;
        for index in table.indexes {
            run(manager, &format!("CREATE INDEX {index}")).await?;
        }
        if backend == DbBackend::Postgres {
            secure(manager, table).await?;
        }
    }
    Ok(())
}

/// Drops the tables, last one first.
pub(crate) async fn discard(manager: &SchemaManager<'_>, tables: &[Table]) -> Result<(), DbErr> {
    for table in tables.iter().rev() {
        run(manager, &format!("DROP TABLE {}", table.name)).await?;
    }
    Ok(())
}

/// Runs one statement without parameters.
pub(crate) async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}

/// Runs one statement over the rows of all tenants, as who migrates, who is no tenant.
pub(crate) async fn over_all(
    manager: &SchemaManager<'_>,
    tables: &[&str],
    sql: &str,
) -> Result<(), DbErr> {
    let is_walled = manager.get_database_backend() == DbBackend::Postgres;
    let walled = || tables.iter().filter(|_| is_walled);
    for table in walled() {
        let open = format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY");
        run(manager, &open).await?;
    }
    run(manager, sql).await?;
    for table in walled() {
        let closed = format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY");
        run(manager, &closed).await?;
    }
    Ok(())
}

async fn secure(manager: &SchemaManager<'_>, table: &Table) -> Result<(), DbErr> {
    let application = app_role::current(manager).await?;
    let Table {
        name, rights, rows, ..
    } = table;
    run(
        manager,
        &format!("GRANT {rights} ON {name} TO {application}"),
    )
    .await?;
    let rule = match rows {
        Rows::Platform => return Ok(()),
        Rows::LookUp => format!("{THIS_TENANT} OR {THE_PLATFORM}"),
        Rows::Tenant => THIS_TENANT.to_owned(),
    };
    run(
        manager,
        &format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"),
    )
    .await?;
    run(
        manager,
        &format!("ALTER TABLE {name} FORCE ROW LEVEL SECURITY"),
    )
    .await?;
    let permissive = format!(
        "CREATE POLICY application ON {name} TO {application} USING (true) WITH CHECK (true)"
    );
    run(manager, &permissive).await?;
    let tenant =
        format!("CREATE POLICY tenant ON {name} AS RESTRICTIVE USING ({rule}) WITH CHECK ({rule})");
    run(manager, &tenant).await
}

/// The SQL with the types of this database.
pub(crate) fn typed(backend: DbBackend, columns: &str) -> String {
    let types = if backend == DbBackend::Sqlite {
        [
            ("{uuid}", "BLOB"),
            ("{at}", "TEXT"),
            ("{on}", "TEXT"),
            ("{json}", "TEXT"),
            ("{bytes}", "BLOB"),
            ("{bool}", "INTEGER"),
            ("{int}", "INTEGER"),
            ("{text}", "TEXT"),
        ]
    } else {
        [
            ("{uuid}", "uuid"),
            ("{at}", "timestamptz"),
            ("{on}", "date"),
            ("{json}", "jsonb"),
            ("{bytes}", "bytea"),
            ("{bool}", "boolean"),
            ("{int}", "integer"),
            ("{text}", "text"),
        ]
    };
    types
        .iter()
        .fold(columns.to_owned(), |sql, (placeholder, name)| {
            sql.replace(placeholder, name)
        })
}
