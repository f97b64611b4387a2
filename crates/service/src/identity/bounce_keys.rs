//! Bounce keys: whoever carries the letters of an organisation says by one what came back, without signing in.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use wederhoor_procedure::{Locale, actor::Role};
use wederhoor_store::AccountEvent;

use super::new_link::hash_of;
use crate::{
    Caller, InputCode, Request, Service, ServiceError,
    attempt::{Attempt, commit, until_first},
    letters::BounceReporter,
    repetition::Begun,
};

/// How a key begins, by which programs that look for leaked secrets find it.
pub const BOUNCE_KEY: &str = "whb_";

/// As whom the rates know whoever has the key of an organisation.
const PRINCIPAL: &str = "bounces";

impl Request {
    /// Makes the bounce key of the organisation, which is known by its hash only from then on. Only where it may be replaced
    /// does it take the place of one that there is.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator; `RecentSignInRequired`; `Invalid` where there is one that is not replaced.
    pub async fn make_bounce_key(&self, is_replacing: bool) -> Result<SecretString, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        until_first(|| self.make_key_once(is_replacing)).await
    }

    async fn make_key_once(&self, is_replacing: bool) -> Result<SecretString, Attempt> {
        let service = self.service();
        let key = service.new_key(BOUNCE_KEY);
        let tx = self.writing().await?;
        if tx.bounce_key_made_at().await?.is_some() && !is_replacing {
            return Err(has_one().into());
        }
        tx.write_bounce_key(hash_of(key.expose_secret()), service.real_now())
            .await?;
        self.note_administered(&tx, AccountEvent::BounceKeyMade)
            .await?;
        commit(tx).await?;
        Ok(key)
    }

    /// Takes the bounce key of the organisation back: nobody says anything by it any more. Also while the organisation is on
    /// hold.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator; `RecentSignInRequired`; `NotFound` where there is none.
    pub async fn revoke_bounce_key(&self) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        until_first(|| self.revoke_key_once()).await
    }

    async fn revoke_key_once(&self) -> Result<(), Attempt> {
        let tx = match self
            .begin_taking_away(AccountEvent::BounceKeyRevoked, &())
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        if !tx.delete_bounce_key().await? {
            return Err(ServiceError::NotFound.into());
        }
        self.remember(&tx, &json!(null)).await?;
        commit(tx).await
    }

    /// Since when the organisation has a bounce key, on real time; `None` while it has none.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator.
    pub async fn bounce_key_made_at(&self) -> Result<Option<DateTime<Utc>>, ServiceError> {
        self.require_role(Role::Administrator)?;
        Ok(self.reading().await?.tx.bounce_key_made_at().await?)
    }
}

impl Service {
    /// Who has this key, to say what came back; `None` where it is no key, or none any more.
    ///
    /// # Errors
    /// `RateLimited`, as often as one may ask; `TenantSuspended`; `Unavailable`.
    pub async fn bounce_reporter(&self, key: &str) -> Result<Option<BounceReporter>, ServiceError> {
        let platform = self.store().platform();
        let Some(id) = platform.bounce_key(&hash_of(key)).await? else {
            return Ok(None);
        };
        self.admit_principal(id, PRINCIPAL).await?;
        self.tenant(id).await?.require_active()?;
        let request = self.request(Caller::Service(id), Locale::default(), None);
        Ok(Some(BounceReporter::new(request)))
    }
}

fn has_one() -> ServiceError {
    let (nl, en) = (
        "Er is al een sleutel. Trek die eerst in, of vervang hem.",
        "There is a key already. Revoke it first, or replace it.",
    );
    ServiceError::invalid(InputCode::Taken, "isReplacing", nl, en)
}
