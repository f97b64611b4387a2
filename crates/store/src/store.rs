//! The pools, and the transactions that are opened on them.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use wederhoor_procedure::TenantId;

use crate::connection::{Connection, Kept};
use crate::hints::Hub;
use crate::platform::PlatformStore;
use crate::pool::{PoolState, Waits};
use crate::tx::TenantStore;
use crate::{StoreConfig, StoreError};

/// The database: the one way to rows, which leads through a tenant or through a named look-up.
#[derive(Clone)]
pub struct Store {
    pools: Arc<Pools>,
    kept: Arc<Kept>,
    hub: Arc<Hub>,
}

struct Pools {
    readers: DatabaseConnection,
    /// SQLite: the one connection that writes, so that writers queue here and not at the lock of the file.
    writer: DatabaseConnection,
    backend: DbBackend,
    waits: Waits,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// While nothing is written sessions are no older than this: what makes them read-only holds for as long as they last.
const RENEWED: Duration = Duration::from_secs(2);

/// For whom a transaction is opened: what row-level security lets it see.
#[derive(Clone, Copy)]
pub(crate) enum Principal {
    Tenant(TenantId),
    Platform,
}

impl Store {
    /// Opens the database; one connection is made at once, so that a wrong address shows at the start.
    ///
    /// # Errors
    /// `Config` for an address that is neither PostgreSQL nor SQLite; `Unavailable` when nobody answers;
    /// `Corrupt` when the file is no database.
    pub async fn connect(config: StoreConfig) -> Result<Self, StoreError> {
        let kept = Arc::<Kept>::default();
        let pools = if config.url.starts_with("sqlite:") {
            connect_sqlite(&config).await?
        } else if config.url.starts_with("postgres:") || config.url.starts_with("postgresql:") {
            connect_postgres(&config, kept.clone()).await?
        } else {
            return Err(StoreError::Config(
                "the address must start with postgres:// or sqlite://".to_owned(),
            ));
        };
        let is_told = pools.backend == DbBackend::Postgres;
        let listened_to = is_told.then(|| config.listen_url.unwrap_or(config.url));
        Ok(Self {
            pools: Arc::new(pools),
            kept,
            hub: Hub::new(listened_to),
        })
    }

    /// SQL statements run so far, by everybody, those that set a transaction up included; BEGIN and COMMIT not.
    pub fn statements(&self) -> u64 {
        self.kept.statements()
    }

    /// Whether the database took no writing when it was last tried.
    pub(crate) fn is_refused(&self) -> bool {
        self.kept.is_refused()
    }

    /// Keeps that it takes none.
    pub(crate) fn refuses(&self) {
        self.kept.refuses();
    }

    /// How the connections to the database are used.
    pub fn pool(&self) -> PoolState {
        let Pools {
            readers,
            writer,
            backend,
            waits,
        } = &*self.pools;
        let state = PoolState::of(readers, waits);
        if *backend == DbBackend::Sqlite {
            state.and(writer)
        } else {
            state
        }
    }

    /// The rows of one tenant.
    pub fn tenant(&self, tenant: TenantId) -> TenantStore {
        TenantStore::new(self.clone(), tenant)
    }

    /// The few look-ups that come before a tenant is known.
    pub fn platform(&self) -> PlatformStore {
        PlatformStore::new(self.clone())
    }

    /// Waits until what is open has ended and closes all connections.
    ///
    /// # Errors
    /// The database did not let go.
    pub async fn close(self) -> Result<(), StoreError> {
        self.hub.close();
        self.pools.readers.close_by_ref().await?;
        Ok(self.pools.writer.close_by_ref().await?)
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.hub
    }

    /// The one connection that writes to SQLite.
    pub(crate) fn writer(&self) -> &SqlitePool {
        self.pools.writer.get_sqlite_connection_pool()
    }

    /// How PostgreSQL is connected to.
    pub(crate) fn postgres_options(&self) -> Arc<PgConnectOptions> {
        let pool = self.pools.readers.get_postgres_connection_pool();
        pool.connect_options()
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.pools.backend
    }

    /// Opens a transaction.
    ///
    /// It begins in a task of its own: a caller that is dropped between BEGIN and its answer would else leave a
    /// transaction open on a pooled connection, because the driver has not counted it yet.
    pub(crate) async fn begin(
        &self,
        access: Access,
        principal: Principal,
    ) -> Result<Connection, StoreError> {
        let pool = match access {
            Access::Read => self.pools.readers.clone(),
            Access::Write => self.pools.writer.clone(),
        };
        self.pools.waits.before(&pool);
        let options = TransactionOptions {
            sqlite_transaction_mode: (access == Access::Write)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = tokio::spawn(async move { pool.begin_with_options(options).await })
            .await
            .map_err(|_| StoreError::Internal("the task that opens transactions ended".to_owned()))?
            .map_err(|error| self.not_begun(access, error))?;
        let kept = self.kept.clone();
        let connection = Connection::new(transaction, kept, access, self.hub.clone());
        if self.backend() == DbBackend::Postgres {
            enter(&connection, access, principal).await?;
        }
        Ok(connection)
    }

    /// A pool of SQLite that runs dry is no sign of trouble with the file: too many want it.
    fn not_begun(&self, access: Access, error: DbErr) -> StoreError {
        self.kept.note(access, &error);
        if matches!(error, DbErr::ConnectionAcquire(_)) {
            self.pools.waits.in_vain();
        }
        match error {
            DbErr::ConnectionAcquire(_) if self.backend() == DbBackend::Sqlite => StoreError::Busy,
            other => other.into(),
        }
    }
}

/// Tells row-level security who this transaction is for. Both settings are always written: a connection that
/// carries another's would else decide.
async fn enter(
    connection: &Connection,
    access: Access,
    principal: Principal,
) -> Result<(), StoreError> {
    let (tenant, platform) = match principal {
        Principal::Tenant(tenant) => (tenant.to_string(), ""),
        Principal::Platform => (String::new(), "on"),
    };
    let read_only = if access == Access::Read { "on" } else { "off" };
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT set_config('app.tenant', $1, true), set_config('app.platform', $2, true), \
         set_config('transaction_read_only', $3, true)",
        [tenant.into(), platform.into(), read_only.into()],
    );
    connection.query_one_raw(statement).await?;
    Ok(())
}

async fn connect_postgres(config: &StoreConfig, kept: Arc<Kept>) -> Result<Pools, StoreError> {
    let settings = [
        (
            "statement_timeout",
            config.statement_timeout.as_millis().to_string(),
        ),
        (
            "idle_in_transaction_session_timeout",
            config.idle_in_transaction_timeout.as_millis().to_string(),
        ),
    ];
    let mut options = common_options(config);
    options
        .set_application_name("wederhoor")
        .map_sqlx_postgres_opts(move |opts| opts.options(settings.clone()))
        .map_sqlx_postgres_before_acquire(move |_, session| {
            let is_fresh = !kept.is_refused() || session.age < RENEWED;
            Box::pin(async move { Ok(is_fresh) })
        });
    let pool = Database::connect(options).await?;
    Ok(Pools {
        readers: pool.clone(),
        writer: pool,
        backend: DbBackend::Postgres,
        waits: Waits::default(),
    })
}

/// When SQLite has no room it ends a transaction by itself, and the driver goes on counting it: what is committed by such a
/// connection afterwards is within a transaction that nobody ends, and does not last. It is closed instead of used.
async fn connect_sqlite(config: &StoreConfig) -> Result<Pools, StoreError> {
    let busy_timeout = config.writer_timeout;
    let synchronous = if config.flushes {
        SqliteSynchronous::Full
    } else {
        SqliteSynchronous::Off
    };
    let pool = |is_writer: bool| {
        let mut options = common_options(config);
        if is_writer {
            options
                .max_connections(1)
                .acquire_timeout(config.writer_timeout);
        }
        options.map_sqlx_sqlite_opts(move |opts| {
            opts.journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                .busy_timeout(busy_timeout)
                .foreign_keys(true)
                .pragma("secure_delete", "ON")
                .pragma("query_only", if is_writer { "OFF" } else { "ON" })
        });
        options.map_sqlx_sqlite_before_acquire(|connection, _| {
            let is_at_rest = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_at_rest) })
        });
        options
    };
    let writer = Database::connect(pool(true)).await?;
    let readers = Database::connect(pool(false)).await?;
    Ok(Pools {
        readers,
        writer,
        backend: DbBackend::Sqlite,
        waits: Waits::default(),
    })
}

fn common_options(config: &StoreConfig) -> ConnectOptions {
    let mut options = ConnectOptions::new(&config.url);
    options
        .max_connections(config.max_connections)
        .acquire_timeout(config.acquire_timeout)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(1));
    options
}
