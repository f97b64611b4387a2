//! One request: who asks, in which language, and the one read transaction that answers it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Utc};
use tokio::sync::OnceCell;
use wederhoor_procedure::{Locale, TenantId, facts::Facts};
use wederhoor_store::WriteTx;

use crate::{
    Caller, Login, Person, Service, ServiceError, Tenant,
    facts::people_of,
    limits::Source,
    origins::Concerns,
    reading::{Alone, Held, Place, Reading},
    repetition::IdempotencyKey,
    watching::Looking,
};

/// One request. Cheap to clone; all clones read in the same transaction, opened when it is first needed.
#[derive(Clone)]
pub struct Request {
    inner: Arc<Inner>,
    idempotency_key: Option<IdempotencyKey>,
    source: Option<Source>,
    concerned: Concerns,
    looking: Option<Arc<Looking>>,
}

struct Inner {
    service: Service,
    caller: Caller,
    locale: Locale,
    now: DateTime<Utc>,
    tenant: OnceCell<Arc<Tenant>>,
    reading: Place,
    is_key_use_noted: AtomicBool,
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
        let (tenant, reading) = (OnceCell::new(), Place::default());
        let inner = Inner {
            service,
            caller,
            locale,
            now,
            tenant,
            reading,
            is_key_use_noted: AtomicBool::new(false),
        };
        Self {
            inner: Arc::new(inner),
            idempotency_key,
            source: None,
            concerned: Concerns::default(),
            looking: None,
        }
    }

    /// The same request, from there. What is asked within the program comes from nowhere, and is never held up.
    #[must_use]
    pub fn from_source(self, source: Option<Source>) -> Self {
        Self { source, ..self }
    }

    /// The same request, with the idempotency key of one of its mutations.
    #[must_use]
    pub fn with_idempotency_key(&self, key: String) -> Self {
        Self {
            idempotency_key: Some(IdempotencyKey::new(key)),
            ..self.clone()
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
            idempotency_key,
            ..self.clone()
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
            reading: Place::default(),
            is_key_use_noted: AtomicBool::new(false),
        };
        Self {
            inner: Arc::new(inner),
            ..self.clone()
        }
    }

    /// Whether it was the first to ask this: a request is noted once.
    pub(crate) fn notes_key_use(&self) -> bool {
        !self.inner.is_key_use_noted.swap(true, Ordering::Relaxed)
    }

    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.inner.caller
    }

    /// Before anything is done in an organisation, and before the input is looked at.
    ///
    /// # Errors
    /// `Unauthenticated` for someone unknown and for an API key; `TenantSuspended` while the organisation is on hold;
    /// `SecondFactorRequired` for who lacks one that it asks for.
    pub fn require_acting(&self) -> Result<(), ServiceError> {
        match self.caller() {
            Caller::Person(person) if person.only_reads => Err(ServiceError::TenantSuspended),
            _ => self.require_taking_away(),
        }
    }

    /// As [`require_acting`](Self::require_acting), before something is taken away that leaked: whoever found it does not wait
    /// until the organisation is resumed.
    ///
    /// # Errors
    /// `Unauthenticated` for someone unknown and for an API key; `SecondFactorRequired` for who lacks one that is asked for.
    pub fn require_taking_away(&self) -> Result<(), ServiceError> {
        match self.caller() {
            // A key does nothing in its organisation.
            Caller::Anonymous | Caller::Key(_) => Err(ServiceError::Unauthenticated),
            Caller::Person(_) | Caller::Operator(_) | Caller::Link(_) | Caller::Service(_) => {
                self.require_factor()
            }
        }
    }

    /// Refuses who lacks the second factor that their organisation, or being an operator, asks for.
    pub(crate) fn require_factor(&self) -> Result<(), ServiceError> {
        match self.caller() {
            Caller::Person(person) if person.lacks_factor => {
                Err(ServiceError::SecondFactorRequired)
            }
            Caller::Operator(operator) if operator.lacks_factor => {
                Err(ServiceError::SecondFactorRequired)
            }
            _ => Ok(()),
        }
    }

    /// The language of the answer.
    pub fn locale(&self) -> Locale {
        self.inner.locale
    }

    /// The procedure's present, the same for the whole request.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.now
    }

    /// Ends the read transaction: nothing is read any more.
    pub async fn finish(&self) {
        self.inner.reading.finish().await;
    }

    pub(crate) fn with_looking(self, looking: Looking) -> Self {
        let looking = Some(Arc::new(looking));
        Self { looking, ..self }
    }

    /// Of who watches.
    pub(crate) fn look(&self) -> Option<&Looking> {
        self.looking.as_deref()
    }

    pub(crate) fn service(&self) -> &Service {
        &self.inner.service
    }

    pub(crate) fn concerned(&self) -> &Concerns {
        &self.concerned
    }

    pub(crate) fn source(&self) -> Option<Source> {
        self.source
    }

    pub(crate) fn idempotency_key(&self) -> Option<&IdempotencyKey> {
        self.idempotency_key.as_ref()
    }

    /// The sign-in of who asks.
    pub(crate) fn login(&self) -> Result<Login, ServiceError> {
        let login = self.inner.caller.login();
        login.ok_or(ServiceError::Unauthenticated)
    }

    /// Who signed in to a tenant.
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
    pub(crate) async fn reading(&self) -> Result<Held, ServiceError> {
        let tenant = self.tenant_id()?;
        self.require_factor()?;
        let begin = async {
            self.tenant().await?;
            Ok(self.inner.service.store().tenant(tenant).read().await?)
        };
        self.inner.reading.held(begin).await
    }

    /// Before something is read by another connection than that of the read transaction, which ends first: a request
    /// never holds one connection while it waits for another.
    pub(crate) async fn alone(&self) -> Alone<'_> {
        self.inner.reading.alone().await
    }

    /// A write transaction of the caller's tenant. The read transaction ends first, so that what is read after it
    /// sees what it wrote, and no request holds two connections: the tenant, which is read by a connection of its own,
    /// is known by then. Requests that each hold one and wait for another would wait for each other.
    pub(crate) async fn writing(&self) -> Result<WriteTx, ServiceError> {
        self.tenant_id()?;
        self.require_factor()?;
        self.finish().await;
        self.tenant().await?.require_active()?;
        self.taking_away().await
    }

    /// As [`writing`](Self::writing), also while the organisation is on hold: for what only takes something away.
    pub(crate) async fn taking_away(&self) -> Result<WriteTx, ServiceError> {
        let tenant = self.tenant_id()?;
        self.require_factor()?;
        self.finish().await;
        self.tenant().await?;
        Ok(self.inner.service.store().tenant(tenant).write().await?)
    }

    /// A write transaction during which everything around complaints stays as it is, and the request of the tenant as it
    /// is then.
    pub(crate) async fn acting(&self) -> Result<(WriteTx, Self), ServiceError> {
        let tx = self.writing().await?;
        let tenant = Tenant::from_record(tx.share_surroundings().await?)?;
        tenant.require_active()?;
        Ok((tx, self.with_tenant(tenant)))
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
