//! One request: who asks, in which language, and the one read transaction that answers it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::{Mutex, OnceCell};
use wederhoor_procedure::{Locale, TenantId, facts::Facts};
use wederhoor_store::{MemberRecord, ReadTx, WriteTx};

use crate::{
    Caller, Person, Service, ServiceError, Tenant, facts::people_of, repetition::IdempotencyKey,
};

/// One request. Cheap to clone; all clones read in the same transaction, opened when it is first needed.
#[derive(Clone)]
pub struct Request {
    inner: Arc<Inner>,
    idempotency_key: Option<IdempotencyKey>,
}

struct Inner {
    service: Service,
    caller: Caller,
    locale: Locale,
    now: DateTime<Utc>,
    tenant: OnceCell<Arc<Tenant>>,
    reading: Mutex<Option<Arc<Reading>>>,
}

/// A read transaction, with the people of the tenant as it sees them: whoever is named is known without a statement of
/// their own.
pub(crate) struct Reading {
    pub(crate) tx: ReadTx,
    members: OnceCell<Vec<MemberRecord>>,
    people: OnceCell<Arc<Facts>>,
}

impl Request {
    pub(crate) fn new(
        service: Service,
        caller: Caller,
        locale: Locale,
        idempotency_key: Option<String>,
    ) -> Self {
        let now = service.procedure_now();
        let idempotency_key = idempotency_key.map(IdempotencyKey::new);
        let (tenant, reading) = (OnceCell::new(), Mutex::new(None));
        let inner = Inner {
            service,
            caller,
            locale,
            now,
            tenant,
            reading,
        };
        Self {
            inner: Arc::new(inner),
            idempotency_key,
        }
    }

    /// The same request, with the idempotency key of one of its mutations.
    #[must_use]
    pub fn with_idempotency_key(&self, key: String) -> Self {
        Self {
            inner: self.inner.clone(),
            idempotency_key: Some(IdempotencyKey::new(key)),
        }
    }

    /// The same request, with a key of its own for one of several mutations that were sent under one.
    #[must_use]
    pub fn for_part(&self, part: &str) -> Self {
        let key = self.idempotency_key.clone();
        self.with_key(key.map(|key| key.within(part)))
    }

    pub(crate) fn with_key(&self, idempotency_key: Option<IdempotencyKey>) -> Self {
        Self {
            inner: self.inner.clone(),
            idempotency_key,
        }
    }

    /// The same request of a tenant that has just changed.
    pub(crate) fn with_tenant(&self, tenant: Tenant) -> Self {
        let Inner {
            service,
            caller,
            locale,
            now,
            ..
        } = &*self.inner;
        let inner = Inner {
            service: service.clone(),
            caller: caller.clone(),
            locale: *locale,
            now: *now,
            tenant: OnceCell::new_with(Some(Arc::new(tenant))),
            reading: Mutex::new(None),
        };
        Self {
            inner: Arc::new(inner),
            idempotency_key: self.idempotency_key.clone(),
        }
    }

    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.inner.caller
    }

    /// The language of the answer.
    pub fn locale(&self) -> Locale {
        self.inner.locale
    }

    /// The procedure's present, the same for the whole request.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.now
    }

    /// SQL statements run so far in the present read transaction.
    pub async fn statements(&self) -> u32 {
        self.inner
            .reading
            .lock()
            .await
            .as_ref()
            .map_or(0, |reading| reading.tx.statements())
    }

    /// Ends the read transaction: nothing is read any more.
    pub async fn finish(&self) {
        self.inner.reading.lock().await.take();
    }

    pub(crate) fn service(&self) -> &Service {
        &self.inner.service
    }

    pub(crate) fn idempotency_key(&self) -> Option<&IdempotencyKey> {
        self.idempotency_key.as_ref()
    }

    /// Who signed in.
    pub(crate) fn person(&self) -> Result<&Person, ServiceError> {
        self.inner
            .caller
            .person()
            .ok_or(ServiceError::Unauthenticated)
    }

    pub(crate) fn tenant_id(&self) -> Result<TenantId, ServiceError> {
        self.inner
            .caller
            .tenant()
            .ok_or(ServiceError::Unauthenticated)
    }

    /// The caller's tenant.
    ///
    /// # Errors
    /// `Unauthenticated` for someone unknown.
    pub async fn tenant(&self) -> Result<Arc<Tenant>, ServiceError> {
        let id = self.tenant_id()?;
        let load = || self.inner.service.tenant(id);
        Ok(self.inner.tenant.get_or_try_init(load).await?.clone())
    }

    /// The read transaction of the caller's tenant.
    pub(crate) async fn reading(&self) -> Result<Arc<Reading>, ServiceError> {
        let tenant = self.tenant_id()?;
        let mut reading = self.inner.reading.lock().await;
        if let Some(open) = reading.as_ref() {
            return Ok(open.clone());
        }
        self.tenant().await?;
        let tx = self.inner.service.store().tenant(tenant).read().await?;
        let opened = Arc::new(Reading {
            tx,
            members: OnceCell::new(),
            people: OnceCell::new(),
        });
        *reading = Some(opened.clone());
        Ok(opened)
    }

    /// A write transaction of the caller's tenant. The read transaction ends first, so that what is read after it
    /// sees what it wrote, and no request holds two connections: the tenant, which is read by a connection of its own,
    /// is known by then. Requests that each hold one and wait for another would wait for each other.
    pub(crate) async fn writing(&self) -> Result<WriteTx, ServiceError> {
        let tenant = self.tenant_id()?;
        self.finish().await;
        self.tenant().await?;
        Ok(self.inner.service.store().tenant(tenant).write().await?)
    }

    /// The people and the calendar of the caller's tenant, without a course.
    pub(crate) async fn people(&self, reading: &Reading) -> Result<Arc<Facts>, ServiceError> {
        let tenant = self.tenant().await?;
        let load = || async {
            let members = reading.members().await?;
            let people = people_of(&reading.tx, &tenant, self.now(), members);
            people.await.map(Arc::new)
        };
        Ok(reading.people.get_or_try_init(load).await?.clone())
    }
}

impl Reading {
    /// Everybody, by name; read once.
    pub(crate) async fn members(&self) -> Result<&Vec<MemberRecord>, ServiceError> {
        let load = || async { Ok(self.tx.members().await?) };
        self.members.get_or_try_init(load).await
    }
}
