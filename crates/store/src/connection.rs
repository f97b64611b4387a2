//! One open transaction, whose statements are counted.

use std::sync::{
    Arc,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use crate::StoreError;

/// A transaction of the database. Dropped without a commit, it is rolled back.
pub(crate) struct Connection {
    transaction: DatabaseTransaction,
    backend: DbBackend,
    statements: AtomicU32,
    of_store: Arc<AtomicU64>,
}

impl Connection {
    pub(crate) fn new(transaction: DatabaseTransaction, of_store: Arc<AtomicU64>) -> Self {
        let backend = transaction.get_database_backend();
        Self {
            transaction,
            backend,
            statements: AtomicU32::new(0),
            of_store,
        }
    }

    /// Statements so far, those that set up the transaction included.
    pub(crate) fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }

    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.of_store.fetch_add(1, Ordering::Relaxed);
    }
}

#[async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.count();
        self.transaction.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.count();
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.count();
        self.transaction.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.count();
        self.transaction.query_all_raw(statement).await
    }
}
