//! What operators of the platform do: keep organisations. Nothing here reads what is in one.

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_procedure::is_blank;
use wederhoor_store::{PlannedDeletion, TenantRecord};

use crate::{
    Caller, InputCode, InputFault, MemberInput, NewTenant, Operator, PolicySource, Request,
    ServiceError, Tenant,
};

/// How long an organisation that is to be deleted can still be taken into use again, in real time.
const GRACE: TimeDelta = TimeDelta::days(30);
/// The most characters of a reason.
const LONGEST_REASON: usize = 2_000;

/// An organisation, as an operator sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptTenant {
    /// What the store knows of it.
    pub record: TenantRecord,
    /// How many of its members have a login.
    pub logins: u64,
    /// Who its letters may be from.
    pub allowed_senders: Vec<String>,
}

impl KeptTenant {
    /// From when on it may be deleted; `None` when it is not to be.
    pub fn deletion_due_at(&self) -> Option<DateTime<Utc>> {
        self.record.deletion.map(|planned| planned.due_at)
    }
}

impl Request {
    /// All organisations, by their names in addresses.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an operator; `SecondFactorRequired`.
    pub async fn kept_tenants(&self) -> Result<Vec<KeptTenant>, ServiceError> {
        self.operator()?;
        let platform = self.service().store().platform();
        let all = platform.tenants().await?;
        let logins = platform.count_logins().await?;
        let kept = |record: TenantRecord| {
            Ok(KeptTenant {
                logins: logins.get(&record.id).copied().unwrap_or_default(),
                allowed_senders: Tenant::from_record(record.clone())?.settings.mail.allowed,
                record,
            })
        };
        all.into_iter().map(kept).collect()
    }

    /// Founds an organisation and invites its first administrator. What is `known` already to be wrong with the input is
    /// told beside the rest.
    ///
    /// # Errors
    /// `NotAllowed`, `SecondFactorRequired`, `RecentSignInRequired`; `Invalid` with everything that is not fit.
    pub async fn found_tenant(
        &self,
        new: NewTenant,
        regulation: Option<&PolicySource>,
        administrator: &MemberInput,
        known: Vec<InputFault>,
    ) -> Result<KeptTenant, ServiceError> {
        self.operator()?;
        self.require_recent()?;
        let slug = new.slug.clone();
        let service = self.service();
        service
            .found(new, regulation.map(Ok), administrator, known)
            .await?;
        self.kept(&slug).await
    }

    /// Puts an organisation on hold, for a reason.
    ///
    /// # Errors
    /// `NotAllowed`, `SecondFactorRequired`, `RecentSignInRequired`; `Invalid` without a reason; `NotFound`.
    pub async fn put_on_hold(&self, slug: &str, reason: &str) -> Result<KeptTenant, ServiceError> {
        self.operator()?;
        self.require_recent()?;
        let (reason, mut faults) = (reason.trim(), Vec::new());
        if is_blank(reason) {
            let (nl, en) = ("Zeg waarom.", "Say why.");
            faults.push(InputFault::at(InputCode::Required, "reason", nl, en));
        } else if reason.chars().count() > LONGEST_REASON {
            let (nl, en) = (
                "Gebruik hoogstens 2000 tekens.",
                "Use at most 2,000 characters.",
            );
            faults.push(InputFault::at(InputCode::TooLong, "reason", nl, en));
        }
        ServiceError::unless_faultless(&faults, &[])?;
        let service = self.service();
        service.suspend_tenant(slug, Some(reason)).await?;
        self.kept(slug).await
    }

    /// Takes an organisation into use again, also one that was to be deleted.
    ///
    /// # Errors
    /// `NotAllowed`, `SecondFactorRequired`, `RecentSignInRequired`; `NotFound`.
    pub async fn take_into_use(&self, slug: &str) -> Result<KeptTenant, ServiceError> {
        self.operator()?;
        self.require_recent()?;
        self.service().resume_tenant(slug).await?;
        self.kept(slug).await
    }

    /// Puts an organisation on hold until it is deleted, 30 days from now; until then it can be taken into use again.
    ///
    /// # Errors
    /// `NotAllowed`, `SecondFactorRequired`, `RecentSignInRequired`; `Invalid` when its name is not written twice alike;
    /// `NotFound`.
    pub async fn let_go(&self, slug: &str, again: &str) -> Result<KeptTenant, ServiceError> {
        let by = self.operator()?.login.account;
        self.require_recent()?;
        if slug != again {
            return Err(ServiceError::invalid(
                InputCode::Contradictory,
                "slugAgain",
                "Dit is een andere naam dan de eerste.",
                "This is another name than the first.",
            ));
        }
        let service = self.service();
        let asked_at = service.real_now();
        let planned = PlannedDeletion {
            asked_at,
            asked_by: by,
            due_at: asked_at + GRACE,
        };
        let platform = service.store().platform();
        if !platform.plan_deletion(slug, planned).await? {
            return Err(ServiceError::NotFound);
        }
        self.kept(slug).await
    }

    /// Says who the letters of an organisation may be from.
    ///
    /// # Errors
    /// `NotAllowed`, `SecondFactorRequired`, `RecentSignInRequired`; `Invalid` with everything that is neither an address nor
    /// a domain; `NotFound`.
    pub async fn let_write_as(
        &self,
        slug: &str,
        senders: &[String],
    ) -> Result<KeptTenant, ServiceError> {
        let by = self.operator()?;
        self.require_recent()?;
        let service = self.service();
        service
            .allow_senders_noting(slug, senders, Some(by))
            .await?;
        self.kept(slug).await
    }

    async fn kept(&self, slug: &str) -> Result<KeptTenant, ServiceError> {
        let all = self.kept_tenants().await?.into_iter();
        let mut found = all.filter(|one| one.record.slug == slug);
        found.next().ok_or(ServiceError::NotFound)
    }

    /// Refuses anyone but an operator with a second factor.
    pub(crate) fn operator(&self) -> Result<&Operator, ServiceError> {
        self.require_factor()?;
        match self.caller() {
            Caller::Anonymous => Err(ServiceError::Unauthenticated),
            Caller::Operator(operator) => Ok(operator),
            Caller::Person(_) | Caller::Link(_) | Caller::Key(_) | Caller::Service(_) => {
                Err(ServiceError::NotAllowed)
            }
        }
    }
}
