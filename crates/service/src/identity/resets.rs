//! A forgotten password, replaced by who reads the mail of the account. It lets nobody in: they sign in with it, by all
//! that signing in asks.

use chrono::TimeDelta;
use wederhoor_letters::WordedKind;
use wederhoor_procedure::Locale;
use wederhoor_store::{
    AccountRecord, LetterChannel, NewPassword, OutboxDraft, PasswordResetRecord,
};

use super::{NewLink, Purpose, new_link::hash_of};
use crate::{
    Caller, Request, ServiceError, Tenant,
    attempt::{Attempt, until_first},
    letters::Wordings,
};

/// What the letter is.
const KIND: WordedKind = WordedKind::PasswordReset;
/// In how much real time an account is sent one letter.
const PAUSE: TimeDelta = TimeDelta::minutes(5);

impl Request {
    /// Sends an account a link by which its password is replaced, in the name of an organisation in which it is a member.
    /// Whether there is such an account, and whether a letter went to it just before, shows neither in the answer nor in
    /// what is done: all is written, and kept only if it is to go out.
    ///
    /// # Errors
    /// `RateLimited`; `TenantSuspended` while the organisation is on hold.
    pub async fn request_password_reset(
        &self,
        slug: &str,
        email: &str,
    ) -> Result<(), ServiceError> {
        self.finish().await;
        self.concerns_slug(slug);
        self.asks_for_letter(email).await?;
        let service = self.service();
        let Some(tenant) = service.tenant_by_slug(slug).await? else {
            return Ok(());
        };
        tenant.require_active()?;
        let inside = service
            .request(Caller::Service(tenant.id), self.locale(), None)
            .with_tenant((*tenant).clone());
        until_first(|| inside.send_reset(&tenant, email)).await
    }

    async fn send_reset(&self, tenant: &Tenant, email: &str) -> Result<(), Attempt> {
        let service = self.service();
        let tx = self.writing().await?;
        let found = tx.hold_account(email.trim()).await?;
        let is_known = found.is_some();
        let nobody = || service.account("", "", Locale::default(), None);
        let account = found.unwrap_or_else(nobody);
        let is_member = tx.is_member(account.id).await?;
        let lately = service.real_now() - PAUSE;
        let sent = tx.count_password_resets(account.id, lately).await?;
        let link = service.new_link(Purpose::Password);
        let wordings = Wordings::read(&tx, [KIND]).await?;
        let letter = self.reset_letter(&wordings, tenant, &account, &link);
        tx.insert_letters(vec![letter]).await?;
        tx.insert_password_reset(PasswordResetRecord {
            token_hash: link.hash,
            account_id: account.id,
            created_at: link.created_at,
            expires_at: link.expires_at,
        })
        .await?;
        if is_known && is_member && sent == 0 {
            // Nobody who watches sees it; and to tell them would be more work than there is for who is not known.
            tx.commit_unheard().await?;
        }
        Ok(())
    }

    fn reset_letter(
        &self,
        wordings: &Wordings,
        tenant: &Tenant,
        account: &AccountRecord,
        link: &NewLink,
    ) -> OutboxDraft {
        let locale = account.locale;
        let rendered = wederhoor_letters::password_reset(
            &wordings.sender(tenant, KIND, locale),
            &account.name,
            &link.url,
            locale,
        );
        OutboxDraft {
            id: self.service().new_id(),
            subject_id: account.id.0,
            complaint_id: None,
            letter_key: format!("password-reset/{}", hex::encode(&link.hash[..8])),
            kind: KIND.code().to_owned(),
            recipient: String::new(),
            channel: LetterChannel::Mail,
            to_address: Some(account.email.clone()),
            locale,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            created_at: self.now(),
            due_at: self.now(),
        }
    }

    /// Puts a new password in the place of the forgotten one: every session of the account ends, and every other link to it
    /// is withdrawn. A password that is not fit leaves the link as it is.
    ///
    /// # Errors
    /// `SignInFailed` when the link is unknown, used, withdrawn or over; `Invalid` when the password is not fit.
    pub async fn reset_password(&self, token: &str, password: &str) -> Result<(), ServiceError> {
        self.finish().await;
        let email = self.reset_once(token, password).await?;
        self.is_at_home(&email).await
    }

    /// The address of the account.
    async fn reset_once(&self, token: &str, password: &str) -> Result<String, ServiceError> {
        let service = self.service();
        let platform = service.store().platform();
        let (token_hash, refused) = (hash_of(token), || ServiceError::SignInFailed);
        let link = platform.password_reset(&token_hash, service.real_now());
        let link = link.await?.ok_or_else(refused)?;
        let account = platform.account_by_id(link.account_id).await?;
        let account = account.ok_or_else(refused)?;
        let memberships = platform.memberships(account.id).await?;
        let tenants = memberships.iter().map(|(_, tenant)| tenant);
        let names = tenants.flat_map(|one| [&*one.name, &*one.slug]);
        let about: Vec<&str> = [&*account.name, &*account.email]
            .into_iter()
            .chain(names)
            .collect();
        let has_factor = service.counting_factor(account.id).await?.is_some();
        let hashed = service
            .passwords()
            .hash(password, &about, has_factor, service.entropy());
        let new = NewPassword {
            token_hash,
            account_id: account.id,
            password_hash: hashed.await?,
            now: service.real_now(),
        };
        let is_reset = platform.reset_password(new).await?;
        is_reset.then_some(account.email).ok_or_else(refused)
    }
}
