//! The one place where "who is asking" is made, from a token and from what holds now.

use chrono::NaiveDate;
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId, TenantId,
    actor::{Role, Roles},
    complaint::Party,
};
use wederhoor_store::{MemberRecord, SessionRecord, TRACED, TenantStatus};

use super::{api_keys::API_KEY, recent_sign_in::is_recent, tokens::Claims};
use crate::{
    Caller, LinkHolder, Person, Request, Service, ServiceError, Tenant,
    facts::{is_out_on, roles_on},
};

/// How a member stands in an organisation on a day.
pub(super) struct Standing {
    /// Their roles, as they hold then.
    pub(super) roles: Roles,
    /// Whether the membership does not hold.
    pub(super) is_out: bool,
    /// Whether they have a role, or stand in for who has.
    pub(super) is_in_office: bool,
    /// Whether a second factor is asked of them.
    pub(super) needs_factor: bool,
}

impl Standing {
    /// Whether they could act in it, with a second factor or without.
    pub(super) fn is_let_in(&self, tenant: &Tenant, has_factor: bool) -> bool {
        tenant.status == TenantStatus::Active && !self.is_out && (has_factor || !self.needs_factor)
    }

    pub(super) fn on(day: NaiveDate, tenant: &Tenant, member: &MemberRecord) -> Self {
        let (roles, is_out) = (roles_on(member, day), is_out_on(member, day));
        let settings = &tenant.settings;
        let stands_in = !is_out && settings.stand_in == Some(member.id);
        let is_in_office = !roles.is_empty() || stands_in;
        Self {
            needs_factor: settings.requires_second_factor && is_in_office,
            is_in_office,
            roles,
            is_out,
        }
    }
}

impl Service {
    /// Who is asking, by an access token or an API key. Session and membership, or the key, are read at each request, so that a
    /// right taken away is gone at once.
    ///
    /// # Errors
    /// `Unauthenticated` for what is not valid (any more); `TenantSuspended` while the organisation is on hold, for
    /// all but its administrators, and who only signs out.
    #[tracing::instrument(target = TRACED, skip_all)]
    pub async fn caller(
        &self,
        bearer: Option<&str>,
        only_signs_out: bool,
    ) -> Result<Caller, ServiceError> {
        let Some(token) = bearer else {
            return Ok(Caller::Anonymous);
        };
        if token.starts_with(API_KEY) {
            return self.key_holder(token).await.map(Caller::Key);
        }
        let claims = self
            .tokens()
            .verify(token, self.real_now())
            .ok_or(ServiceError::Unauthenticated)?;
        match (claims.tid.map(TenantId), &claims.party) {
            (Some(tenant), Some(party)) => self.link_holder(tenant, party, &claims).await,
            (Some(tenant), None) => {
                let session = self.lasting(claims.sub, tenant).await?;
                let person = self.signed_in_as(session, only_signs_out).await?;
                Ok(Caller::Person(person))
            }
            (None, None) => self.operator(claims.sub).await.map(Caller::Operator),
            (None, Some(_)) => Err(ServiceError::Unauthenticated),
        }
    }

    async fn link_holder(
        &self,
        tenant: TenantId,
        party: &str,
        claims: &Claims,
    ) -> Result<Caller, ServiceError> {
        let party = Party::from_code(party).ok_or(ServiceError::Unauthenticated)?;
        self.tenant(tenant).await?.require_active()?;
        Ok(Caller::Link(LinkHolder {
            tenant,
            complaint: ComplaintId(claims.sub),
            party,
            left: claims.left,
        }))
    }

    /// A session in a tenant that is not over.
    async fn lasting(&self, id: Uuid, tenant: TenantId) -> Result<SessionRecord, ServiceError> {
        let session = self.store().platform().session(id).await?;
        let session = session.ok_or(ServiceError::Unauthenticated)?;
        let is_over = session.ended_at.is_some() || session.expires_at <= self.real_now();
        if is_over || session.tenant_id != tenant {
            return Err(ServiceError::Unauthenticated);
        }
        Ok(session)
    }

    /// Who is signed in, with the rights that they have at this moment.
    async fn signed_in_as(
        &self,
        session: SessionRecord,
        only_signs_out: bool,
    ) -> Result<Person, ServiceError> {
        let tenant = session.tenant_id;
        let known = self.tenant(tenant).await?;
        let tx = self.store().tenant(tenant).read().await?;
        let member = tx.member(session.member_id).await?;
        drop(tx);
        let member = member
            .filter(|member| member.account_id == Some(session.account_id))
            .ok_or(ServiceError::Unauthenticated)?;
        let Standing {
            roles,
            is_out,
            needs_factor,
            ..
        } = Standing::on(self.today(&known), &known, &member);
        let only_reads = known.status != TenantStatus::Active;
        let may_read =
            roles.contains(&Role::Administrator) && known.status == TenantStatus::Suspended;
        if !may_read && !only_signs_out {
            known.require_active()?;
        }
        let is_recent = is_recent(session.authenticated_at, self.real_now());
        let (account, sign_in) = (session.account_id, session.family);
        let session = session.id;
        let lacks_factor = needs_factor && self.counting_factor(account).await?.is_none();
        let (name, locale, member) = (member.name, member.locale, member.id);
        Ok(Person {
            account,
            session,
            sign_in,
            tenant,
            member,
            roles,
            name,
            locale,
            is_out,
            only_reads,
            lacks_factor,
            is_recent,
        })
    }

    /// The procedure's present day in a tenant's time zone.
    pub(crate) fn today(&self, tenant: &Tenant) -> chrono::NaiveDate {
        self.procedure_now()
            .with_timezone(&tenant.settings.time_zone)
            .date_naive()
    }
}

impl Request {
    /// The address that who asks signs in with; `None` for someone without a login.
    pub async fn own_email(&self) -> Result<Option<String>, ServiceError> {
        let Some(login) = self.caller().login() else {
            return Ok(None);
        };
        let _alone = self.alone().await;
        let platform = self.service().store().platform();
        let account = platform.account_by_id(login.account).await?;
        let account = account.ok_or(ServiceError::Unauthenticated)?;
        Ok(Some(account.email))
    }
}
