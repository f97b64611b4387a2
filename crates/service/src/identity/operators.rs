//! Operators of the platform: invited on the server, signed in with a second factor, and members of no organisation.

use chrono::TimeDelta;
use secrecy::SecretString;
use uuid::Uuid;
use wederhoor_procedure::Locale;
use wederhoor_store::{
    AccountRecord, FactorProof, NewOperator, OperatorInvitation, OperatorSession,
    PasswordResetRecord, Shown,
};

use super::{NewLink, Purpose, Tokens, new_link::hash_of, recent_sign_in::is_recent};
use crate::{
    InputCode, InputFault, Login, Operator, Request, Service, ServiceError,
    address::is_email,
    attempt::{Attempt, until_first},
    limits::Tried,
    line,
};

/// How long an operator is signed in; nothing prolongs it, and their session is looked at with every request.
const SESSION_LIFE: TimeDelta = TimeDelta::hours(1);

impl Service {
    /// Invites somebody to be an operator: the link, which whoever runs the server hands over; one to the same address
    /// before it works no more.
    ///
    /// # Errors
    /// `Invalid` with everything that is not fit; for the address of a member of an organisation too.
    pub async fn invite_operator(&self, email: &str, name: &str) -> Result<String, ServiceError> {
        let mut faults = Vec::new();
        let email = email.trim().to_lowercase();
        if !is_email(&email) {
            let (nl, en) = ("Dit is geen e-mailadres.", "This is no e-mail address.");
            faults.push(InputFault::at(InputCode::Malformed, "email", nl, en));
        }
        let name = line::name(name, "name", &mut faults);
        ServiceError::unless_faultless(&faults, &[])?;
        let NewLink {
            url,
            hash,
            created_at,
            expires_at,
            ..
        } = self.new_link(Purpose::Operator);
        let invitation = OperatorInvitation {
            token_hash: hash,
            email,
            name: name.to_owned(),
            locale: Locale::default(),
            created_at,
            expires_at,
        };
        if self.store().platform().invite_operator(invitation).await? {
            return Ok(url);
        }
        Err(ServiceError::invalid(
            InputCode::Contradictory,
            "email",
            "Dit adres is van een lid van een organisatie. Een beheerder van het platform is dat niet; neem een ander adres.",
            "This is the address of a member of an organisation. An operator is none: take another address.",
        ))
    }

    /// A link by which an operator who forgot their password chooses another, which whoever runs the server hands over. It
    /// is as one by letter: it works once, for an hour, and does not pass their second factor by.
    ///
    /// # Errors
    /// `NotFound` when the address is no operator's.
    pub async fn reset_operator(&self, email: &str) -> Result<String, ServiceError> {
        let platform = self.store().platform();
        let account = platform.account_by_email(email.trim()).await?;
        let account = account.ok_or(ServiceError::NotFound)?;
        let link = self.new_link(Purpose::Password);
        let reset = PasswordResetRecord {
            token_hash: link.hash,
            account_id: account.id,
            created_at: link.created_at,
            expires_at: link.expires_at,
        };
        let is_operator = platform.reset_operator(reset).await?;
        is_operator
            .then_some(link.url)
            .ok_or(ServiceError::NotFound)
    }

    /// The invitation of this token, which can be taken up.
    async fn operator_invited(&self, token: &[u8]) -> Result<OperatorInvitation, ServiceError> {
        let platform = self.store().platform();
        let invitation = platform.operator_invitation(token, self.real_now()).await?;
        invitation.ok_or(ServiceError::NotFound)
    }

    /// Makes an operator nobody in particular again, at once, and withdraws their invitation.
    ///
    /// # Errors
    /// `NotFound` when the address is no operator's.
    pub async fn remove_operator(&self, email: &str) -> Result<(), ServiceError> {
        let (platform, now) = (self.store().platform(), self.real_now());
        let is_removed = platform.remove_operator(email.trim(), now).await?;
        is_removed.then_some(()).ok_or(ServiceError::NotFound)
    }

    /// The operator of a session, as they are now.
    pub(super) async fn operator(&self, session: Uuid) -> Result<Operator, ServiceError> {
        let refused = || ServiceError::Unauthenticated;
        let (platform, now) = (self.store().platform(), self.real_now());
        let session = platform.operator_session(session).await?;
        let session = session.ok_or_else(refused)?;
        if session.ended_at.is_some() || session.expires_at <= now {
            return Err(refused());
        }
        let account = platform.account_by_id(session.account_id).await?;
        let account = account.ok_or_else(refused)?;
        Ok(Operator {
            login: Login {
                account: account.id,
                session: session.id,
                sign_in: session.id,
            },
            name: account.name,
            locale: account.locale,
            lacks_factor: self.counting_factor(account.id).await?.is_none(),
            is_recent: is_recent(session.authenticated_at, now),
        })
    }

    /// Lets an operator in who showed all that they sign in with, and named no organisation.
    pub(super) async fn open_as_operator(
        &self,
        account: &AccountRecord,
        code: Option<&FactorProof>,
        is_none_named: bool,
    ) -> Result<Tokens, Attempt> {
        let platform = self.store().platform();
        if !is_none_named || !platform.is_operator(account.id).await? {
            return Err(ServiceError::SignInFailed.into());
        }
        let session = self.operator_session(account);
        let id = session.id;
        if !platform
            .open_operator_session(session, &shown(account, code))
            .await?
        {
            return Err(ServiceError::SignInFailed.into());
        }
        Ok(self.operator_tokens(id)?)
    }

    /// Refuses the account of an operator where somebody joins an organisation.
    pub(super) async fn require_no_operator(
        &self,
        account: &AccountRecord,
    ) -> Result<(), ServiceError> {
        if self.store().platform().is_operator(account.id).await? {
            return Err(ServiceError::SignInFailed);
        }
        Ok(())
    }

    fn operator_session(&self, account: &AccountRecord) -> OperatorSession {
        let now = self.real_now();
        OperatorSession {
            id: self.new_id(),
            account_id: account.id,
            created_at: now,
            authenticated_at: now,
            expires_at: now + SESSION_LIFE,
            ended_at: None,
        }
    }

    fn operator_tokens(&self, session: Uuid) -> Result<Tokens, ServiceError> {
        let (now, id) = (self.real_now(), self.new_id());
        let signed = self
            .tokens()
            .sign(session, None, None, id, now, SESSION_LIFE);
        let (access, expires_at): (SecretString, _) = signed?;
        Ok(Tokens {
            access,
            expires_at,
            refresh: None,
        })
    }
}

impl Request {
    /// Takes up an invitation to be an operator: chooses a password, or shows that of the account which the address has.
    ///
    /// # Errors
    /// `NotFound` when the invitation is unknown, used, withdrawn or over; as signing in for an account that exists, and
    /// `SignInFailed` for one that is a member of an organisation.
    pub async fn accept_operator_invitation(
        &self,
        token: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<Tokens, ServiceError> {
        self.finish().await;
        let token = hash_of(token);
        // What is counted are passwords: a token that was made up is none.
        self.service().operator_invited(&token).await?;
        let work = until_first(|| self.accept_operator_once(&token, password, code));
        self.trying(Tried::Invitation(&token), work).await
    }

    async fn accept_operator_once(
        &self,
        token: &[u8],
        password: &str,
        code: Option<&str>,
    ) -> Result<Tokens, Attempt> {
        let service = self.service();
        let platform = service.store().platform();
        let invitation = service.operator_invited(token).await?;
        let existing = platform.account_by_email(&invitation.email).await?;
        let is_new = existing.is_none();
        let (account, code) = if let Some(account) = existing {
            let code = service.all_of(&account, password, code).await?;
            (account, code)
        } else {
            let OperatorInvitation {
                email,
                name,
                locale,
                ..
            } = &invitation;
            let (about, entropy) = ([name.as_str(), email], service.entropy());
            let hashed = service.passwords().hash(password, &about, false, entropy);
            let account = service.account(email, name, *locale, Some(hashed.await?));
            (account, None)
        };
        let new = NewOperator {
            token_hash: token,
            account: &account,
            is_new,
        };
        let session = service.operator_session(&account);
        let id = session.id;
        let shown = shown(&account, code.as_ref());
        if !platform.accept_operator(&new, session, &shown).await? {
            return Err(ServiceError::SignInFailed.into());
        }
        Ok(service.operator_tokens(id)?)
    }
}

fn shown<'a>(account: &'a AccountRecord, code: Option<&'a FactorProof>) -> Shown<'a> {
    Shown {
        password_hash: account.password_hash.as_deref(),
        code,
    }
}
