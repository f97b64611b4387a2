//! Doors for the fuzz targets; not part of the program.

use aws_lc_rs::signature::Ed25519KeyPair;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::tokens::{PERSON_LIFE, TokenKeys, TokenSeeds};

const SEED: [u8; 32] = [7; 32];

/// A verifier with a known key, at a fixed instant.
pub struct Verifier {
    keys: TokenKeys,
    pair: Ed25519KeyPair,
    own: String,
}

impl Verifier {
    /// The verifier.
    ///
    /// # Panics
    /// Never: every seed makes a key.
    #[expect(
        clippy::new_without_default,
        clippy::expect_used,
        reason = "it is a harness"
    )]
    pub fn new() -> Self {
        let keys = TokenKeys::new(&TokenSeeds::one(SEED));
        let pair = Ed25519KeyPair::from_seed_unchecked(&SEED).expect("a seed of 32 bytes");
        let ids = [1, 2, 3].map(Uuid::from_u128);
        let signed = keys.sign(ids[0], ids[1], None, ids[2], now(), PERSON_LIFE);
        let own = signed.expect("a token").0.expose_secret().to_owned();
        Self { keys, pair, own }
    }

    /// Whether the token would be taken.
    pub fn takes(&self, token: &str) -> bool {
        self.keys.verify(token, now()).is_some()
    }

    /// Whether this is the one token that was made.
    pub fn made(&self, token: &str) -> bool {
        token == self.own
    }

    /// A token of any header and claims with a true signature.
    pub fn sign(&self, header: &str, claims: &str) -> String {
        let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
        let signed = format!("{header}.{claims}");
        let signature = self.pair.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }
}

/// 2 March 2026, 12:00.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_452_800, 0).unwrap_or_default()
}
