//! Signing in, and staying in: refresh tokens rotate, and one used twice ends the whole family.

use std::sync::Arc;

use chrono::TimeDelta;
use uuid::Uuid;
use wederhoor_procedure::{AccountId, TenantId};
use wederhoor_store::{
    AccountRecord, FactorProof, MemberRecord, Membership, RotateSession, Rotation, SessionRecord,
    Shown, StoreError, TenantRecord,
};

use super::{Tokens, new_link::hash_of, tokens::PERSON_LIFE};
use crate::{
    InputCode, Request, Service, ServiceError, Tenant,
    ambient::{digest, new_secret},
    attempt::{Attempt, until_first},
    limits::{Proof, Tried},
};

/// How long a session lasts, however often it is refreshed.
const SESSION_LIFE: TimeDelta = TimeDelta::hours(12);
/// How long a lost answer may be asked for again.
const GRACE: TimeDelta = TimeDelta::seconds(10);

impl Request {
    /// Signs in to one organisation; without its name, to the only one the account is a member of, or as an operator. Who has
    /// a second factor shows a code of it too; and who tries it while it is tried too often, a proof of work.
    ///
    /// # Errors
    /// `RateLimited`, or `Invalid` where a proof of work is asked for, after too many wrong tries; `SignInFailed`, the same for
    /// an unknown address, a wrong password or code, and a membership that does not exist;
    /// `CodeRequired` when all is right but for a code, which was left out.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        slug: Option<&str>,
        code: Option<&str>,
        proof: Option<&Proof>,
    ) -> Result<Tokens, ServiceError> {
        if let Some(slug) = slug {
            self.concerns_slug(slug);
        }
        let work = until_first(|| self.sign_in_once(email, password, slug, code));
        let done = self.trying(Tried::SignIn { email, proof }, work).await;
        self.service().count_sign_in(&done);
        done
    }

    /// One try; another is worth it when the password was replaced meanwhile.
    async fn sign_in_once(
        &self,
        email: &str,
        password: &str,
        slug: Option<&str>,
        code: Option<&str>,
    ) -> Result<Tokens, Attempt> {
        let service = self.service();
        let account = service
            .store()
            .platform()
            .account_by_email(email.trim())
            .await?;
        let known = account
            .as_ref()
            .and_then(|account| account.password_hash.as_deref());
        let is_right = service.passwords().verify(password, known).await?;
        let account = account
            .filter(|_| is_right)
            .ok_or(ServiceError::SignInFailed)?;
        let account = service.keep_strong(account, password).await?;
        // Where somebody is a member shows in no answer before all that they sign in with was shown.
        let code = service.factor_proof(&account, code).await?;
        let code = code.as_ref();
        match service.meant(account.id, slug).await?.as_slice() {
            // An operator is a member nowhere.
            [] => {
                let is_none_named = slug.is_none();
                service
                    .open_as_operator(&account, code, is_none_named)
                    .await
            }
            [membership] => {
                self.concerns_tenant(membership.tenant_id);
                service.open_session(&account, membership, code).await
            }
            _ => {
                service.require_counting(account.id, code).await?;
                Err(several().into())
            }
        }
    }

    /// Goes on in another organisation in which the account is a member, without a password: this session ends, and one
    /// there takes its place, until the same instant.
    ///
    /// # Errors
    /// `Unauthenticated` for who did not sign in, or whose session is over; `NotFound` for an organisation that does not
    /// exist, and for one in which they are no member.
    pub async fn switch_tenant(&self, slug: &str) -> Result<Tokens, ServiceError> {
        let person = self.person()?;
        self.concerns_slug(slug);
        self.finish().await;
        let service = self.service();
        let meant = service.meant(person.account, Some(slug)).await?;
        let membership = meant.first().ok_or(ServiceError::NotFound)?;
        let platform = service.store().platform();
        let now = service.real_now();
        let from = platform.session(person.session).await?;
        let from = from.ok_or(ServiceError::Unauthenticated)?;
        let (there, secret) = service.session(from.account_id, membership);
        let there = SessionRecord {
            family: from.family,
            authenticated_at: from.authenticated_at,
            expires_at: from.expires_at,
            ..there
        };
        let (id, tenant) = (there.id, there.tenant_id);
        if !platform.switch_session(from.id, there, now).await? {
            return Err(ServiceError::Unauthenticated);
        }
        service.tokens_for(id, tenant, &secret)
    }

    /// The next tokens for a refresh token, which is used up.
    ///
    /// # Errors
    /// `Unauthenticated` when it is unknown, over, or was used before: then
    /// the whole family ends.
    pub async fn refresh_session(&self, refresh: &str) -> Result<Tokens, ServiceError> {
        let rotated = self.rotate(refresh).await?;
        let (session, next) = rotated.ok_or(ServiceError::Unauthenticated)?;
        self.concerns_tenant(session.tenant_id);
        let service = self.service();
        service.tokens_for(session.id, session.tenant_id, &next)
    }

    /// The session of a refresh token, and the secret of the next; `None` where it is over, which happens to everybody and
    /// is no try of a secret.
    async fn rotate(
        &self,
        refresh: &str,
    ) -> Result<Option<(SessionRecord, [u8; 32])>, ServiceError> {
        let service = self.service();
        let token = service.tokens().read_refresh(refresh);
        let token = token.ok_or(ServiceError::Unauthenticated)?;
        let next = service.tokens().next_refresh(&token.secret);
        let request = RotateSession {
            session: token.session,
            presented_hash: digest(&token.secret),
            is_ours: token.is_ours,
            new_hash: digest(&next),
            now: service.real_now(),
            grace: GRACE,
        };
        match service.store().platform().rotate_session(request).await? {
            Rotation::Rotated(session) => Ok(Some((session, next))),
            Rotation::Over => Ok(None),
            Rotation::Reused(_) | Rotation::Unknown => Err(ServiceError::Unauthenticated),
        }
    }

    /// Takes up an invitation: chooses a password, or joins with the account of the invited address.
    ///
    /// # Errors
    /// `NotFound` when the invitation is unknown, used or over; as [`sign_in`](Self::sign_in) for an account that exists.
    pub async fn accept_invitation(
        &self,
        slug: &str,
        token: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<Tokens, ServiceError> {
        self.concerns_slug(slug);
        self.finish().await;
        let token = hash_of(token);
        // What is counted are passwords: a token that was made up is none.
        self.service().invited_to(slug, &token).await?;
        let work = self.accept_once(slug, &token, password, code);
        self.trying(Tried::Invitation(&token), work).await
    }

    async fn accept_once(
        &self,
        slug: &str,
        token: &[u8],
        password: &str,
        code: Option<&str>,
    ) -> Result<Tokens, ServiceError> {
        let service = self.service();
        let (tenant, member) = service.invited_to(slug, token).await?;
        let email = member.email.clone().ok_or(ServiceError::NotFound)?;
        let existing = service.store().platform().account_by_email(&email).await?;
        let is_new = existing.is_none();
        let (account, code) = match existing {
            Some(account) => {
                service.require_no_operator(&account).await?;
                let code = service.all_of(&account, password, code).await?;
                (account, code)
            }
            None => (
                service.joining(&tenant, &member, &email, password).await?,
                None,
            ),
        };
        // All that takes time or another connection is done before: this holds the invitation, and on SQLite every writer.
        let tx = service.store().tenant(tenant.id).write().await?;
        tx.consume_invitation(token, service.real_now())
            .await?
            .ok_or(ServiceError::NotFound)?;
        if is_new {
            tx.create_account(account.clone()).await?;
        }
        tx.link_account(member.id, account.id).await?;
        let (tenant_id, member_id) = (tenant.id, member.id);
        let membership = Membership {
            tenant_id,
            member_id,
        };
        let (session, secret) = service.session(account.id, &membership);
        let id = session.id;
        let shown = Shown {
            password_hash: account.password_hash.as_deref(),
            code: code.as_ref(),
        };
        // Without a code that counts, and a password that still does, nobody joins: the invitation stays as it was.
        match tx.open_session(session, &shown).await {
            Ok(true) => tx.commit().await?,
            Ok(false) | Err(StoreError::Conflict) => return Err(ServiceError::SignInFailed),
            Err(error) => return Err(error.into()),
        }
        service.tokens_for(id, tenant_id, &secret)
    }
}

impl Service {
    /// Where and whom an invitation that can be taken up is for.
    async fn invited_to(
        &self,
        slug: &str,
        token: &[u8],
    ) -> Result<(Arc<Tenant>, MemberRecord), ServiceError> {
        let tenant = self.tenant_by_slug(slug).await?;
        let tenant = tenant.ok_or(ServiceError::NotFound)?;
        tenant.require_active()?;
        let tx = self.store().tenant(tenant.id).read().await?;
        let invitation = tx.invitation(token, self.real_now()).await?;
        let invitation = invitation.ok_or(ServiceError::NotFound)?;
        let member = tx.member(invitation.member_id).await?;
        Ok((tenant, member.ok_or(ServiceError::NotFound)?))
    }

    /// What shows the second factor of an account, whose password is asked for too.
    pub(super) async fn all_of(
        &self,
        account: &AccountRecord,
        password: &str,
        code: Option<&str>,
    ) -> Result<Option<FactorProof>, ServiceError> {
        let known = account.password_hash.as_deref();
        if !self.passwords().verify(password, known).await? {
            return Err(ServiceError::SignInFailed);
        }
        self.factor_proof(account, code).await
    }

    /// The account of a member who has none yet, with the password that they chose.
    async fn joining(
        &self,
        tenant: &Tenant,
        member: &MemberRecord,
        email: &str,
        password: &str,
    ) -> Result<AccountRecord, ServiceError> {
        let about = [member.name.as_str(), email, &tenant.name, &tenant.slug];
        let hashed = self
            .passwords()
            .hash(password, &about, false, self.entropy());
        let hash = Some(hashed.await?);
        Ok(self.account(email, &member.name, member.locale, hash))
    }

    /// Hashes a password anew that was just shown to be right, where its hash was made with less than is asked for now: the account
    /// as it is then.
    pub(super) async fn keep_strong(
        &self,
        mut account: AccountRecord,
        password: &str,
    ) -> Result<AccountRecord, ServiceError> {
        let Some(known) = account.password_hash.as_deref() else {
            return Ok(account);
        };
        let renewed = self.passwords().renewed(password, known, self.entropy());
        if let Some(renewed) = renewed.await? {
            let platform = self.store().platform();
            platform
                .renew_password_hash(account.id, known, &renewed)
                .await?;
            account.password_hash = Some(renewed);
        }
        Ok(account)
    }

    /// The membership of an account in the organisation of that name; without a name, all of them.
    async fn meant(
        &self,
        account: AccountId,
        slug: Option<&str>,
    ) -> Result<Vec<Membership>, ServiceError> {
        let all = self.store().platform().memberships(account).await?;
        let is_meant = |tenant: &TenantRecord| slug.is_none_or(|slug| tenant.slug == slug);
        let meant = all.into_iter().filter(|(_, tenant)| is_meant(tenant));
        Ok(meant.map(|(one, _)| one).collect())
    }

    /// Lets somebody in who showed what the account signs in with, unless that is something else by now.
    async fn open_session(
        &self,
        account: &AccountRecord,
        membership: &Membership,
        code: Option<&FactorProof>,
    ) -> Result<Tokens, Attempt> {
        let (session, secret) = self.session(account.id, membership);
        let (id, tenant) = (session.id, session.tenant_id);
        let password_hash = account.password_hash.as_deref();
        let shown = Shown {
            password_hash,
            code,
        };
        let platform = self.store().platform();
        if !platform.create_session(session, &shown).await? {
            return Err(ServiceError::SignInFailed.into());
        }
        Ok(self.tokens_for(id, tenant, &secret)?)
    }

    /// A new session, a family of its own, and the secret of its first refresh token.
    fn session(&self, account: AccountId, membership: &Membership) -> (SessionRecord, [u8; 32]) {
        let (now, id) = (self.real_now(), self.new_id());
        let secret = new_secret(self.entropy());
        let session = SessionRecord {
            id,
            tenant_id: membership.tenant_id,
            account_id: account,
            member_id: membership.member_id,
            family: id,
            refresh_hash: digest(&secret),
            created_at: now,
            authenticated_at: now,
            rotated_at: None,
            expires_at: now + SESSION_LIFE,
            ended_at: None,
        };
        (session, secret)
    }

    fn tokens_for(
        &self,
        session: Uuid,
        tenant: TenantId,
        secret: &[u8; 32],
    ) -> Result<Tokens, ServiceError> {
        let now = self.real_now();
        let (access, expires_at) =
            self.tokens()
                .sign(session, tenant.0, None, self.new_id(), now, PERSON_LIFE)?;
        Ok(Tokens {
            access,
            expires_at,
            refresh: Some(self.tokens().refresh_token(session, secret)),
        })
    }

    /// A new account.
    pub(crate) fn account(
        &self,
        email: &str,
        name: &str,
        locale: wederhoor_procedure::Locale,
        password_hash: Option<String>,
    ) -> AccountRecord {
        let (id, created_at) = (AccountId(self.new_id()), self.real_now());
        AccountRecord {
            id,
            email: email.to_lowercase(),
            password_hash,
            name: name.to_owned(),
            locale,
            created_at,
        }
    }
}

fn several() -> ServiceError {
    ServiceError::invalid(
        InputCode::Required,
        "organisation",
        "U bent lid van meer organisaties; kies er één.",
        "You are a member of several organisations; choose one.",
    )
}
