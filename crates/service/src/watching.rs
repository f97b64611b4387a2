//! Who watches: a caller to whom it is told that something has changed, and who then looks with the rights that they have
//! at that moment.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use wederhoor_procedure::{ComplaintId, TenantId};
use wederhoor_store::{AccessRecord, Watch};

use crate::{Caller, Request, Service, ServiceError};

/// What a look comes to, before it is known whether anything of it is shown.
#[derive(Default)]
pub(crate) struct Looking(Mutex<Looked>);

#[derive(Default)]
struct Looked {
    only: Option<ComplaintId>,
    seen: Vec<(TenantId, i64, AccessRecord)>,
}

impl Looking {
    /// Keeps what was seen until it is shown.
    pub(crate) fn note(&self, tenant: TenantId, hour: i64, record: AccessRecord) {
        self.held().seen.push((tenant, hour, record));
    }

    fn held(&self) -> MutexGuard<'_, Looked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Watches what changes around a caller: from now on nothing does without a word, or without the next look.
    ///
    /// # Errors
    /// `Unauthenticated` for who is in no organisation; `Unavailable`.
    pub async fn watch(&self, caller: &Caller) -> Result<Watch, ServiceError> {
        let tenant = caller.tenant().ok_or(ServiceError::Unauthenticated)?;
        let account = caller.login().map(|login| login.account);
        Ok(self.store().watch(tenant, account).await?)
    }

    /// How long a token is still taken, if nobody ends it before that; nothing when it is not.
    pub fn lasts(&self, token: &str) -> Duration {
        let now = self.real_now();
        let ends_at = self.tokens().ends_at(token, now);
        let left = ends_at.map(|end| end - now);
        left.and_then(|left| left.to_std().ok()).unwrap_or_default()
    }
}

impl Caller {
    /// Whether whoever this was has kept all rights that they had. What they came to have since does not matter.
    pub fn is_kept_by(&self, now: &Self) -> bool {
        match (self, now) {
            (Self::Person(was), Self::Person(is)) => {
                was.session == is.session
                    && was.roles.is_subset(&is.roles)
                    && (was.is_out || !is.is_out)
                    && (was.lacks_factor || !is.lacks_factor)
            }
            (was, is) => was == is,
        }
    }
}

impl Request {
    /// The same request, of who watches: what is seen in it is noted once it [is shown](Self::was_shown).
    #[must_use]
    pub fn looking(self) -> Self {
        self.with_looking(Looking::default())
    }

    /// Of all complaints only this one matters to who watches.
    pub fn watches_only(&self, complaint: ComplaintId) {
        if let Some(looking) = self.look() {
            looking.held().only = Some(complaint);
        }
    }

    /// Which complaint alone matters to who watches, if that was said.
    pub fn watched(&self) -> Option<ComplaintId> {
        self.look().and_then(|looking| looking.held().only)
    }

    /// Notes what was seen.
    pub fn was_shown(&self) {
        let seen = self
            .look()
            .map(|looking| std::mem::take(&mut looking.held().seen));
        for (tenant, hour, record) in seen.into_iter().flatten() {
            self.service().reads().note(tenant, hour, record);
        }
    }
}
