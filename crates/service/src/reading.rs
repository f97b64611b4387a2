//! The one connection of a request: a read transaction that its parts share, and give up while one of them needs
//! another connection.

use std::{collections::HashSet, ops::Deref, sync::Arc};

use tokio::sync::{Mutex, MutexGuard, Notify, OnceCell};
use uuid::Uuid;
use wederhoor_procedure::facts::Facts;
use wederhoor_store::{MemberRecord, ReadTx};

use crate::ServiceError;

/// A read transaction, with the people of the tenant as it sees them: whoever is named is known without a statement of
/// their own.
pub(crate) struct Reading {
    pub(crate) tx: ReadTx,
    pub(crate) people: OnceCell<Arc<Facts>>,
    members: OnceCell<Vec<MemberRecord>>,
    /// The letters of each pile that are hidden from who asks.
    pub(crate) hidden: [OnceCell<HashSet<Uuid>>; 2],
}

/// Where the read transaction of a request stands, while one is open.
#[derive(Default)]
pub(crate) struct Place {
    open: Mutex<Option<Arc<Reading>>>,
    given_back: Arc<Notify>,
}

/// The read transaction, while a part of the request reads in it.
pub(crate) struct Held {
    reading: Arc<Reading>,
    // Dropped last: whoever is told then finds the transaction given back.
    _tell: Tell,
}

/// While this is held, its holder alone has a connection for the request.
pub(crate) struct Alone<'a> {
    _closed: MutexGuard<'a, Option<Arc<Reading>>>,
}

struct Tell(Arc<Notify>);

impl Place {
    /// The read transaction; `begin` opens it when none is open.
    pub(crate) async fn held(
        &self,
        begin: impl Future<Output = Result<ReadTx, ServiceError>>,
    ) -> Result<Held, ServiceError> {
        let mut open = self.open.lock().await;
        let reading = if let Some(reading) = &*open {
            reading.clone()
        } else {
            let opened = Arc::new(Reading {
                tx: begin.await?,
                members: OnceCell::new(),
                people: OnceCell::new(),
                hidden: Default::default(),
            });
            *open = Some(opened.clone());
            opened
        };
        Ok(Held {
            reading,
            _tell: Tell(self.given_back.clone()),
        })
    }

    /// Ends the read transaction as soon as nobody reads in it.
    pub(crate) async fn finish(&self) {
        self.open.lock().await.take();
    }

    /// Waits until nobody reads, ends the read transaction, and keeps it closed meanwhile. Who reads can always go on
    /// reading, so that nobody waits for each other; who asks for this reads nothing themselves.
    pub(crate) async fn alone(&self) -> Alone<'_> {
        loop {
            let mut given_back = std::pin::pin!(self.given_back.notified());
            given_back.as_mut().enable();
            let mut open = self.open.lock().await;
            match open.take().map(Arc::try_unwrap) {
                None | Some(Ok(_)) => return Alone { _closed: open },
                Some(Err(shared)) => *open = Some(shared),
            }
            drop(open);
            given_back.await;
        }
    }
}

impl Reading {
    /// Everybody, by name; read once.
    pub(crate) async fn members(&self) -> Result<&Vec<MemberRecord>, ServiceError> {
        let load = || async { Ok(self.tx.members().await?) };
        self.members.get_or_try_init(load).await
    }
}

impl Deref for Held {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl Drop for Tell {
    fn drop(&mut self) {
        self.0.notify_waiters();
    }
}
