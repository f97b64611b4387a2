//! That something has changed, told to whoever watches: of whom, never what. Who is told looks for themselves.
//!
//! On PostgreSQL a hint is sent in the transaction that it tells of, and reaches every process after the commit; on SQLite
//! it stays within the process. Nothing is kept for who does not watch, and whoever falls behind looks once for all that
//! they missed.

mod listening;

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use sha2::{Digest, Sha256};
use tokio::sync::{
    OnceCell,
    broadcast::{self, Receiver, Sender, error::RecvError},
};
use uuid::Uuid;
use wederhoor_procedure::{AccountId, ComplaintId, TenantId};

use crate::connection::Connection;
use crate::{Store, StoreError};
use listening::Listening;

/// So many hints wait for a watch at most.
const WAITING: usize = 1_024;
/// So many hints a transaction sends at most; beyond that its tenant as a whole has changed.
const MOST: usize = 16;

/// Of whom something has changed. Ids are digested: other logins of the same server may listen too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hint {
    /// Of a tenant, and who knows what.
    Tenant(Id),
    /// Of one complaint of a tenant.
    Complaint(Id, Id),
    /// Of what an account is signed in to.
    Account(Id),
}

/// The first half of a digest.
type Id = [u8; 16];

/// What is told within the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Hint(Hint),
    /// Something may have been missed.
    Anything,
}

/// Where hints come together in this process.
pub(crate) struct Hub {
    told: Sender<Told>,
    /// Where PostgreSQL is listened to.
    url: Option<String>,
    listening: OnceCell<Listening>,
}

/// Tells that something of interest has changed, as long as it is kept.
pub struct Watch {
    told: Receiver<Told>,
    tenant: Id,
    account: Option<Id>,
    complaint: Option<Id>,
}

fn digest(id: Uuid) -> Id {
    let mut half = Id::default();
    half.copy_from_slice(&Sha256::digest(id.as_bytes())[..16]);
    half
}

impl Hint {
    pub(crate) fn tenant(id: TenantId) -> Self {
        Self::Tenant(digest(id.0))
    }

    pub(crate) fn complaint(tenant: TenantId, id: ComplaintId) -> Self {
        Self::Complaint(digest(tenant.0), digest(id.0))
    }

    pub(crate) fn account(id: AccountId) -> Self {
        Self::Account(digest(id.0))
    }

    fn written(self) -> String {
        match self {
            Self::Tenant(tenant) => format!("tenant {}", hex::encode(tenant)),
            Self::Complaint(tenant, one) => {
                format!("complaint {} {}", hex::encode(tenant), hex::encode(one))
            }
            Self::Account(account) => format!("account {}", hex::encode(account)),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let kind = words.next()?;
        let mut id = || -> Option<Id> { hex::decode(words.next()?).ok()?.try_into().ok() };
        match kind {
            "tenant" => Some(Self::Tenant(id()?)),
            "complaint" => Some(Self::Complaint(id()?, id()?)),
            "account" => Some(Self::Account(id()?)),
            _ => None,
        }
    }
}

impl Hub {
    /// Listens at this address once somebody watches; to nobody without one.
    pub(crate) fn new(url: Option<String>) -> Arc<Self> {
        Arc::new(Self {
            told: broadcast::channel(WAITING).0,
            url,
            listening: OnceCell::new(),
        })
    }

    /// Before a commit: sends what it is to tell along with it.
    pub(crate) async fn send(
        &self,
        connection: &Connection,
        hints: &[Hint],
    ) -> Result<(), StoreError> {
        if hints.is_empty() || connection.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let places =
            (1..=hints.len()).map(|n| format!("pg_notify('{}', ${n})", listening::CHANNEL));
        let places = places.collect::<Vec<_>>().join(", ");
        let values = hints.iter().map(|hint| Value::from(hint.written()));
        let statement =
            Statement::from_sql_and_values(DbBackend::Postgres, format!("SELECT {places}"), values);
        connection.query_one_raw(statement).await?;
        Ok(())
    }

    /// After a commit: tells it in this process, where the database does not.
    pub(crate) fn tell(&self, backend: DbBackend, hints: &[Hint]) {
        if backend != DbBackend::Postgres {
            for hint in hints {
                // Nobody may be watching.
                let _ = self.told.send(Told::Hint(*hint));
            }
        }
    }

    /// Listens no more.
    pub(crate) fn close(&self) {
        if let Some(listening) = self.listening.get() {
            listening.stop();
        }
    }
}

/// What a transaction tells: not more than so much.
pub(crate) fn summed_up(mut hints: Vec<Hint>) -> Vec<Hint> {
    hints.sort_unstable();
    hints.dedup();
    if hints.len() > MOST {
        for hint in &mut hints {
            if let Hint::Complaint(tenant, _) = *hint {
                *hint = Hint::Tenant(tenant);
            }
        }
        hints.dedup();
    }
    hints
}

impl Store {
    /// Watches a tenant, and where somebody is signed in: from now on nothing of either changes without a word.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be listened to.
    pub async fn watch(
        &self,
        tenant: TenantId,
        account: Option<AccountId>,
    ) -> Result<Watch, StoreError> {
        let hub = self.hub();
        let told = hub.told.subscribe();
        if let Some(url) = &hub.url {
            let listen = || Listening::begin(url, hub.told.clone());
            hub.listening.get_or_try_init(listen).await?;
        }
        Ok(Watch {
            told,
            tenant: digest(tenant.0),
            account: account.map(|id| digest(id.0)),
            complaint: None,
        })
    }
}

impl Watch {
    /// Of complaints only this one is of interest from now on.
    pub fn narrow(&mut self, complaint: ComplaintId) {
        self.complaint = Some(digest(complaint.0));
    }

    /// Returns when something of interest has changed since the last time, or may have; once for all of it.
    pub async fn changed(&mut self) {
        loop {
            let is_meant = match self.told.recv().await {
                Ok(told) => self.concerns(told),
                Err(RecvError::Lagged(_)) => true,
                // The store is gone: nothing changes any more.
                Err(RecvError::Closed) => std::future::pending().await,
            };
            if is_meant {
                self.told = self.told.resubscribe();
                return;
            }
        }
    }

    fn concerns(&self, told: Told) -> bool {
        let Told::Hint(hint) = told else {
            return true;
        };
        match hint {
            Hint::Tenant(tenant) => tenant == self.tenant,
            Hint::Complaint(tenant, one) => {
                tenant == self.tenant && self.complaint.is_none_or(|only| only == one)
            }
            Hint::Account(account) => Some(account) == self.account,
        }
    }
}
