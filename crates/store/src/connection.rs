//! One open transaction, whose statements are counted.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
};

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use crate::StoreError;
use crate::error::unwritable;
use crate::hints::{Hint, Hub, summed_up};
use crate::store::Access;
use crate::traced::{span_of, within};

tokio::task_local! {
    /// Statements of the piece of work that this task does.
    static OF_WORK: Arc<AtomicU32>;
}

/// What a piece of work comes to, and how many statements it ran, those that set its transactions up included. What it leaves to
/// another task is not counted, unless that does it as [`counted_here`] says.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, u32) {
    let all = Arc::<AtomicU32>::default();
    let done = OF_WORK.scope(all.clone(), work).await;
    (done, all.load(Ordering::Relaxed))
}

/// Work whose statements count for what this task does, whichever task then does it.
pub fn counted_here<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let all = OF_WORK.try_with(Arc::clone).unwrap_or_default();
    OF_WORK.scope(all, work)
}

/// What a store keeps of all its transactions.
#[derive(Default)]
pub(crate) struct Kept {
    statements: AtomicU64,
    is_refused: AtomicBool,
}

impl Kept {
    /// Statements so far.
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Keeps that the database takes no writing, where that is why something failed.
    pub(crate) fn note(&self, access: Access, error: &DbErr) {
        if access == Access::Write && unwritable(error).is_some() {
            self.refuses();
        }
    }

    /// Keeps that it takes none.
    pub(crate) fn refuses(&self) {
        self.is_refused.store(true, Ordering::Relaxed);
    }

    /// Whether the database took no writing when it was last tried.
    pub(crate) fn is_refused(&self) -> bool {
        self.is_refused.load(Ordering::Relaxed)
    }
}

/// A transaction of the database. Dropped without a commit, it is rolled back.
pub(crate) struct Connection {
    transaction: DatabaseTransaction,
    backend: DbBackend,
    statements: AtomicU32,
    of_store: Arc<Kept>,
    access: Access,
    hub: Arc<Hub>,
    hints: Mutex<Vec<Hint>>,
}

impl Connection {
    pub(crate) fn new(
        transaction: DatabaseTransaction,
        of_store: Arc<Kept>,
        access: Access,
        hub: Arc<Hub>,
    ) -> Self {
        let backend = transaction.get_database_backend();
        Self {
            transaction,
            backend,
            statements: AtomicU32::new(0),
            of_store,
            access,
            hub,
            hints: Mutex::default(),
        }
    }

    /// Statements so far, those that set up the transaction included.
    pub(crate) fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The commit tells this to whoever watches.
    pub(crate) fn hint(&self, hint: Hint) {
        self.held_hints(|hints| hints.push(hint));
    }

    /// As [`Self::hint`], unless the commit tells something already.
    pub(crate) fn hint_at_least(&self, hint: Hint) {
        self.held_hints(|hints| {
            if hints.is_empty() {
                hints.push(hint);
            }
        });
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let hints = summed_up(self.held_hints(std::mem::take));
        self.hub.send(&self, &hints).await?;
        let (of_store, access) = (self.of_store, self.access);
        let span = span_of(self.backend, "COMMIT");
        let done = within(span, self.transaction.commit()).await;
        done.inspect_err(|error| of_store.note(access, error))?;
        if access == Access::Write {
            of_store.is_refused.store(false, Ordering::Relaxed);
        }
        self.hub.tell(self.backend, &hints);
        Ok(())
    }

    fn held_hints<T>(&self, look: impl FnOnce(&mut Vec<Hint>) -> T) -> T {
        look(&mut self.hints.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn noted<T>(&self, done: Result<T, DbErr>) -> Result<T, DbErr> {
        done.inspect_err(|error| self.of_store.note(self.access, error))
    }

    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.of_store.statements.fetch_add(1, Ordering::Relaxed);
        // Not all work is counted by itself.
        let _ = OF_WORK.try_with(|all| all.fetch_add(1, Ordering::Relaxed));
    }
}

#[async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.count();
        let span = span_of(self.backend, &statement.sql);
        self.noted(within(span, self.transaction.execute_raw(statement)).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.count();
        let span = span_of(self.backend, sql);
        self.noted(within(span, self.transaction.execute_unprepared(sql)).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.count();
        let span = span_of(self.backend, &statement.sql);
        self.noted(within(span, self.transaction.query_one_raw(statement)).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.count();
        let span = span_of(self.backend, &statement.sql);
        self.noted(within(span, self.transaction.query_all_raw(statement)).await)
    }
}
