//! How the connections to the database are used, for who watches over the program.

use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{DatabaseConnection, DatabaseConnectionType};

/// How the connections to the database are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolState {
    /// Connections that are open.
    pub open: u32,
    /// Those of them that nobody uses now.
    pub idle: u32,
    /// So many may be open.
    pub most: u32,
    /// How often one was wanted while all were in use.
    pub waits: u64,
    /// How often none came free in time.
    pub in_vain: u64,
}

/// How often somebody waited for a connection.
#[derive(Default)]
pub(crate) struct Waits {
    all: AtomicU64,
    in_vain: AtomicU64,
}

impl Waits {
    /// Before a connection is taken.
    pub(crate) fn before(&self, pool: &DatabaseConnection) {
        let (open, idle, most) = sizes(pool);
        if idle == 0 && open >= most {
            self.all.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// None came free in time.
    pub(crate) fn in_vain(&self) {
        self.in_vain.fetch_add(1, Ordering::Relaxed);
    }
}

impl PoolState {
    pub(crate) fn of(pool: &DatabaseConnection, waits: &Waits) -> Self {
        let (open, idle, most) = sizes(pool);
        Self {
            open,
            idle,
            most,
            waits: waits.all.load(Ordering::Relaxed),
            in_vain: waits.in_vain.load(Ordering::Relaxed),
        }
    }

    /// With another pool of the same store.
    pub(crate) fn and(self, pool: &DatabaseConnection) -> Self {
        let (open, idle, most) = sizes(pool);
        Self {
            open: self.open + open,
            idle: self.idle + idle,
            most: self.most + most,
            ..self
        }
    }
}

/// Connections that are open, that nobody uses, and that may be open.
fn sizes(pool: &DatabaseConnection) -> (u32, u32, u32) {
    let (open, idle, most) = match &pool.inner {
        DatabaseConnectionType::SqlxPostgresPoolConnection(_) => {
            let pool = pool.get_postgres_connection_pool();
            (
                pool.size(),
                pool.num_idle(),
                pool.options().get_max_connections(),
            )
        }
        DatabaseConnectionType::SqlxSqlitePoolConnection(_) => {
            let pool = pool.get_sqlite_connection_pool();
            (
                pool.size(),
                pool.num_idle(),
                pool.options().get_max_connections(),
            )
        }
        DatabaseConnectionType::Disconnected => (0, 0, 0),
    };
    (open, u32::try_from(idle).unwrap_or(u32::MAX), most)
}
