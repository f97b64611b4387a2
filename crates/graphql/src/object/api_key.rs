//! API keys, and what they were used for.

use async_graphql::{Context, ID, Object, SimpleObject};
use secrecy::ExposeSecret;
use wederhoor_service::{ApiKey as Known, ApiKeyUse as Used, ShownApiKey};

use crate::{
    connection::connection,
    enums::ApiKeyScope,
    error::locale,
    id::{Kind, encode},
    object::people::NamedMember,
    scalar::Instant,
};

/// An API key.
#[derive(Clone, Debug)]
pub(crate) struct ApiKey {
    known: Known,
    /// Whether it asks itself: it sees nobody.
    is_own: bool,
}

/// An API key (*API-sleutel*): by it a program of the organisation reads statistics, and does nothing else. It belongs to the
/// organisation, and stays when who made it leaves.
#[Object]
impl ApiKey {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Kind::ApiKey, self.known.record.id)
    }

    /// What the organisation calls it.
    async fn name(&self) -> &str {
        &self.known.record.name
    }

    /// What all its secrets begin with, by which it is known where one was found.
    async fn prefix(&self) -> &str {
        &self.known.record.prefix
    }

    /// What it may read.
    async fn scopes(&self) -> Vec<ApiKeyScope> {
        self.known
            .scopes
            .iter()
            .map(|scope| (*scope).into())
            .collect()
    }

    /// What whoever has it reads by it, in plain words, in the language of the request.
    async fn meaning(&self, ctx: &Context<'_>) -> String {
        self.known.meaning().in_locale(locale(ctx)).to_owned()
    }

    /// How many requests it may make in a minute; fewer where the platform allows fewer.
    async fn requests_per_minute(&self) -> u32 {
        self.known.record.per_minute
    }

    /// Who made it; `null` where a key asks.
    async fn made_by(&self) -> Option<NamedMember> {
        (!self.is_own).then(|| self.known.record.made_by.into())
    }

    /// When it was made, by the real clock.
    async fn made_at(&self) -> Instant {
        Instant(self.known.record.made_at)
    }

    /// Since when it has the secret that it has; `null`: since it was made.
    async fn rotated_at(&self) -> Option<Instant> {
        self.known.record.rotated_at.map(Instant)
    }

    /// Until when a secret that `rotateApiKey` replaced works too; `null` where none does.
    async fn replaced_secret_expires_at(&self) -> Option<Instant> {
        self.known.replaced_ends_at.map(Instant)
    }

    /// When it ends, by the real clock.
    async fn expires_at(&self) -> Instant {
        Instant(self.known.record.expires_at)
    }

    /// Since when it was taken back; `null` where it was not.
    async fn revoked_at(&self) -> Option<Instant> {
        self.known.record.revoked_at.map(Instant)
    }

    /// When it was used last, as it is known a minute later; `null` where it never was.
    async fn last_used_at(&self) -> Option<Instant> {
        self.known.record.last_used_at.map(Instant)
    }
}

impl From<Known> for ApiKey {
    fn from(known: Known) -> Self {
        let is_own = false;
        Self { known, is_own }
    }
}

impl ApiKey {
    /// The key by which is asked.
    pub(crate) fn own(known: Known) -> Self {
        let is_own = true;
        Self { known, is_own }
    }
}

connection!(
    /// API keys of the organisation, newest first, those of no use any more among them.
    ApiKeyConnection,
    /// An API key in a list.
    ApiKeyEdge,
    ApiKey
);

/// The secret of an API key that somebody has just made (*geheim*): shown once, and kept nowhere where it can be read.
#[derive(SimpleObject)]
pub(crate) struct ApiKeySecret {
    /// The secret: for `Authorization: Bearer …`, and where a program asks for a name and a password, the password beside any
    /// name.
    secret: String,
    /// The key.
    api_key: ApiKey,
}

impl From<ShownApiKey> for ApiKeySecret {
    fn from(shown: ShownApiKey) -> Self {
        Self {
            secret: shown.secret.expose_secret().to_owned(),
            api_key: shown.key.into(),
        }
    }
}

/// That an API key was used (*gebruik van een API-sleutel*): each request by it.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ApiKeyUse {
    /// When, by the real clock.
    used_at: Instant,
    /// What was asked: the fields of a query, or the address of a file; `null` for something that the key may not ask, which
    /// was refused.
    operation: Option<String>,
    /// From which network address; of IPv6 the first half.
    source: String,
}

impl From<Used> for ApiKeyUse {
    fn from(used: Used) -> Self {
        Self {
            used_at: Instant(used.at),
            operation: used.operation,
            source: used.source,
        }
    }
}

connection!(
    /// What an API key was used for, newest first.
    ApiKeyUseConnection,
    /// One use of an API key, in a list.
    ApiKeyUseEdge,
    ApiKeyUse
);
