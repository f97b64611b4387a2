//! Time and randomness, passed in and never taken.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A source of instants.
pub trait Clock: Send + Sync {
    /// The present.
    fn now(&self) -> DateTime<Utc>;
}

/// A source of random bytes fit for secrets.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// A new id (`UUIDv7`) of an instant.
pub(crate) fn new_id(entropy: &dyn Entropy, now: DateTime<Utc>) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// 256 random bits.
pub(crate) fn new_secret(entropy: &dyn Entropy) -> [u8; 32] {
    let mut secret = [0; 32];
    entropy.fill(&mut secret);
    secret
}

/// 64 random bits.
pub(crate) fn new_number(entropy: &dyn Entropy) -> u64 {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// SHA-256, under which tokens are kept.
pub(crate) fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}
