//! Links in letters. What lets its reader in stands behind the `#`, where no server logs it; it is shown in that letter
//! only, and known by its hash from then on.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Service,
    ambient::{digest, new_secret},
};

/// What a link is for. The token of one is nothing to another: each purpose keeps its hashes in a table of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose<'a> {
    /// To come in to one complaint; it can be renewed.
    Access,
    /// To become a member of the organisation of this name in addresses.
    Invitation(&'a str),
    /// To become an operator of the platform.
    Operator,
    /// To choose a password in the place of one that was forgotten.
    Password,
}

const ACCESS: &str = "/access#";
const INVITATION: &str = "/invitation#";
const OPERATOR: &str = "/operator#";
const PASSWORD: &str = "/password#";

/// The pages that redeem links; what follows one in a letter is a secret.
pub(crate) const PAGES: [&str; 4] = [ACCESS, INVITATION, OPERATOR, PASSWORD];

/// A link to be written in a letter, and what is kept of it.
pub(crate) struct NewLink {
    /// Where it leads, its token included.
    pub(crate) url: String,
    /// What its reader hands in.
    pub(crate) token: SecretString,
    /// By which its token is known.
    pub(crate) hash: Vec<u8>,
    /// Real time.
    pub(crate) created_at: DateTime<Utc>,
    /// The exclusive instant of real time at which it ends.
    pub(crate) expires_at: DateTime<Utc>,
}

impl Purpose<'_> {
    const fn life(self) -> TimeDelta {
        match self {
            Self::Access => TimeDelta::days(60),
            Self::Invitation(_) | Self::Operator => TimeDelta::days(7),
            Self::Password => TimeDelta::hours(1),
        }
    }

    /// The page that redeems it, and what its token needs beside it.
    fn page(self) -> String {
        match self {
            Self::Access => ACCESS.to_owned(),
            Self::Invitation(organisation) => format!("{INVITATION}{organisation}."),
            Self::Operator => OPERATOR.to_owned(),
            Self::Password => PASSWORD.to_owned(),
        }
    }
}

impl Service {
    /// A new link; whoever keeps its hash makes it work.
    pub(crate) fn new_link(&self, purpose: Purpose<'_>) -> NewLink {
        let created_at = self.real_now();
        let token = self.new_token();
        let (base, page) = (self.base_url(), purpose.page());
        NewLink {
            url: format!("{base}{page}{}", token.expose_secret()),
            hash: hash_of(token.expose_secret()),
            token,
            created_at,
            expires_at: created_at + purpose.life(),
        }
    }

    /// What its holder shows, 256 random bits, as it stands in an address.
    pub(super) fn new_token(&self) -> SecretString {
        SecretString::from(URL_SAFE_NO_PAD.encode(new_secret(self.entropy())))
    }
}

/// By which a token that somebody hands in is known; what was copied with it around it is left out.
pub(crate) fn hash_of(token: &str) -> Vec<u8> {
    digest(token.trim().as_bytes())
}
