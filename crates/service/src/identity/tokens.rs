//! Access tokens: JWT, signed with Ed25519 by one key; the algorithm is fixed by us, never by the token. Tokens of a few
//! more keys are taken, so that keys can be changed while the service runs.
//!
//! jsonwebtoken reads the system's clock by itself and accepts a token without audience or issuer, so its checks
//! of time are off, every claim is required by the type it is read into, and our own checks follow.

use std::collections::BTreeSet;

use aws_lc_rs::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wederhoor_procedure::complaint::Party;

use super::super::ambient::digest;
use crate::ServiceError;

const ISSUER: &str = "wederhoor";
const AUDIENCE: &str = "wederhoor-api";
const TYPE: &str = "at+jwt";
/// Leeway for clocks of several machines, in seconds.
const LEEWAY: i64 = 5;
/// How long a person's token lives.
pub(super) const PERSON_LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long a token from an access link lives.
pub(super) const LINK_LIFE: TimeDelta = TimeDelta::hours(2);

/// The seeds of the keys (Ed25519; RFC 8032, 5.1.5), each of 32 random bytes.
#[derive(Clone)]
pub struct TokenSeeds {
    /// Of the key that signs.
    pub signing: [u8; 32],
    /// Of keys whose tokens are taken too: the one before, until its last token has ended, and the next, which processes
    /// that were started earlier sign with later.
    pub taken: Vec<[u8; 32]>,
}

impl TokenSeeds {
    /// One key, and no other.
    pub const fn one(signing: [u8; 32]) -> Self {
        let taken = Vec::new();
        Self { signing, taken }
    }
}

/// The key that signs, and those that check.
pub(crate) struct TokenKeys {
    encoding: EncodingKey,
    /// That of the key that signs first.
    checking: Vec<PublicKey>,
    /// One of each key, in an order that does not depend on which key signs: every process that takes the same keys makes the
    /// same of a refresh token.
    refreshing: Vec<hmac::Key>,
    /// That of the key that signs, which every other process takes.
    sealing: hmac::Key,
}

/// A key that checks.
struct PublicKey {
    /// What a token's header calls it.
    id: String,
    /// Base64url.
    x: String,
    decoding: DecodingKey,
}

/// What an access token says. Every claim is required, save those that only some have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    /// The session of a person; the complaint of a link.
    pub(super) sub: Uuid,
    exp: i64,
    nbf: i64,
    iat: i64,
    jti: Uuid,
    /// The tenant; absent for an operator of the platform.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) tid: Option<Uuid>,
    /// The party of a link; absent for a person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) party: Option<String>,
    /// Of a link, the sequence number of the event by which, when it was used, an address of the party had last been left;
    /// absent where none had been.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) left: Option<u32>,
}

/// A refresh token that is presented.
pub(super) struct RefreshToken {
    /// The session that it names.
    pub(super) session: Uuid,
    /// Its secret.
    pub(super) secret: [u8; 32],
    /// Whether it was given out, now or earlier, by one of the keys that are taken; else it may be made up.
    pub(super) is_ours: bool,
}

/// Who comes by a link, as their token says it.
pub(super) struct ByLink {
    pub(super) party: Party,
    pub(super) left: Option<u32>,
}

impl TokenKeys {
    pub(crate) fn new(seeds: &TokenSeeds) -> Self {
        let all = || [&seeds.signing].into_iter().chain(&seeds.taken);
        let of_seed = |seed: &[u8; 32]| digest(&[b"refresh", seed.as_slice()].concat());
        let in_order: BTreeSet<Vec<u8>> = all().map(of_seed).collect();
        let (refreshing, sealing) = (in_order.iter(), of_seed(&seeds.signing));
        Self {
            encoding: EncodingKey::from_ed_der(&pkcs8(&seeds.signing)),
            checking: all().map(PublicKey::from_seed).collect(),
            refreshing: refreshing
                .map(|key| hmac::Key::new(hmac::HMAC_SHA256, key))
                .collect(),
            sealing: hmac::Key::new(hmac::HMAC_SHA256, &sealing),
        }
    }

    /// The keys that check, as a JWK set (RFC 7517 and RFC 8037).
    pub(crate) fn jwks(&self) -> serde_json::Value {
        let key = |key: &PublicKey| {
            serde_json::json!({
                "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.id, "x": key.x,
            })
        };
        serde_json::json!({ "keys": self.checking.iter().map(key).collect::<Vec<_>>() })
    }

    pub(super) fn sign(
        &self,
        sub: Uuid,
        tid: impl Into<Option<Uuid>>,
        by_link: Option<ByLink>,
        jti: Uuid,
        now: DateTime<Utc>,
        life: TimeDelta,
    ) -> Result<(SecretString, DateTime<Utc>), ServiceError> {
        let expires_at = now + life;
        let (iat, exp) = (now.timestamp(), expires_at.timestamp());
        let (iss, aud) = (ISSUER.to_owned(), AUDIENCE.to_owned());
        let claims = Claims {
            iss,
            aud,
            sub,
            exp,
            nbf: iat,
            iat,
            jti,
            tid: tid.into(),
            party: by_link.as_ref().map(|one| one.party.to_string()),
            left: by_link.and_then(|one| one.left),
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = self.checking.first().map(|key| key.id.clone());
        let token = encode(&header, &claims, &self.encoding);
        let token = token.map_err(|error| ServiceError::Internal(format!("token: {error}")))?;
        Ok((SecretString::from(token), expires_at))
    }

    /// The claims of a token of ours that is valid now; `None` for every other text.
    pub(super) fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let header = decode_header(token).ok()?;
        let key = self
            .checking
            .iter()
            .find(|key| header.kid.as_deref() == Some(&key.id))?;
        let is_ours = header.typ.as_deref() == Some(TYPE);
        let has_extras = header.crit.is_some()
            || header.jku.is_some()
            || header.jwk.is_some()
            || header.x5u.is_some();
        if !is_ours || has_extras || header.alg != Algorithm::EdDSA {
            return None;
        }
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        let claims = decode::<Claims>(token, &key.decoding, &validation)
            .ok()?
            .claims;
        let now = now.timestamp();
        let longest = PERSON_LIFE.max(LINK_LIFE).num_seconds();
        let is_timely = claims.nbf <= now + LEEWAY
            && claims.iat <= now + LEEWAY
            && now < claims.exp.saturating_add(LEEWAY);
        (is_timely && claims.exp.saturating_sub(claims.iat) <= longest).then_some(claims)
    }

    /// Until when a token that is taken now goes on to be.
    pub(crate) fn ends_at(&self, token: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let ends = self.verify(token, now)?.exp.checked_add(LEEWAY)?;
        DateTime::from_timestamp(ends, 0)
    }

    /// The secret of the refresh token that follows on the one with this: the same again for the same, so that a lost answer
    /// can be asked for again.
    pub(super) fn next_refresh(&self, secret: &[u8]) -> [u8; 32] {
        let mut next = [0; 32];
        if let Some(key) = self.refreshing.first() {
            next.copy_from_slice(hmac::sign(key, &[b"next", secret].concat()).as_ref());
        }
        next
    }

    /// A refresh token of a session: the session, the secret, and a seal by which it is known as one that was given out.
    pub(super) fn refresh_token(&self, session: Uuid, secret: &[u8; 32]) -> SecretString {
        let seal = hmac::sign(&self.sealing, &sealed(session, secret));
        let secret = URL_SAFE_NO_PAD.encode([secret.as_slice(), seal.as_ref()].concat());
        SecretString::from(format!("{}.{secret}", session.simple()))
    }

    /// What a refresh token says; `None` for what has not the form of one.
    pub(super) fn read_refresh(&self, token: &str) -> Option<RefreshToken> {
        let (session, secret) = token.split_once('.')?;
        let session = Uuid::try_parse(session).ok()?;
        let bytes = URL_SAFE_NO_PAD.decode(secret).ok()?;
        let (secret, seal) = bytes.split_first_chunk::<32>()?;
        let sealed = sealed(session, secret);
        let is_sealed = |key| hmac::verify(key, &sealed, seal).is_ok();
        Some(RefreshToken {
            session,
            secret: *secret,
            is_ours: self.refreshing.iter().any(is_sealed),
        })
    }
}

/// What the seal of a refresh token is over.
fn sealed(session: Uuid, secret: &[u8; 32]) -> Vec<u8> {
    [b"token".as_slice(), session.as_bytes(), secret].concat()
}

impl PublicKey {
    fn from_seed(seed: &[u8; 32]) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "every seed of 32 bytes makes an Ed25519 key (RFC 8032, 5.1.5)"
        )]
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("a seed of 32 bytes");
        let public = pair.public_key().as_ref();
        let x = URL_SAFE_NO_PAD.encode(public);
        #[expect(
            clippy::expect_used,
            reason = "the text was made by the encoder that this decodes"
        )]
        let decoding = DecodingKey::from_ed_components(&x).expect("base64url of our own");
        Self {
            id: hex::encode(&digest(public)[..8]),
            x,
            decoding,
        }
    }
}

/// The PKCS#8 wrapping of an Ed25519 seed (RFC 8410, section 7).
fn pkcs8(seed: &[u8; 32]) -> Vec<u8> {
    const PREFIX: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    [PREFIX.as_slice(), seed].concat()
}

#[cfg(test)]
mod tests;
