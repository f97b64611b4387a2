//! What the database may hold but not show: sealed by AES-256-GCM under a key that only the server's configuration has.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
};

use crate::{Entropy, ServiceError};

/// What keys follow from: each 32 random bytes.
#[derive(Clone)]
pub struct SealingKeys {
    /// Of the key that seals.
    pub sealing: [u8; 32],
    /// Of keys that sealed before, and only open.
    pub opening: Vec<[u8; 32]>,
}

impl SealingKeys {
    /// One key, and no other.
    pub const fn one(sealing: [u8; 32]) -> Self {
        let opening = Vec::new();
        Self { sealing, opening }
    }
}

/// Seals and opens. Each seal has random bytes of its own, and is bound to what it belongs to. Which key made it shows by
/// which one opens it.
pub(crate) struct Sealer {
    key: LessSafeKey,
    older: Vec<LessSafeKey>,
}

/// What was sealed.
pub(super) struct Opened {
    pub(super) open: Vec<u8>,
    /// Whether a key sealed it that only opens by now.
    pub(super) is_stale: bool,
}

impl Sealer {
    /// # Errors
    /// `Internal` when no key can be derived.
    pub(crate) fn new(keys: &SealingKeys) -> Result<Self, ServiceError> {
        let older = keys.opening.iter().map(derived);
        Ok(Self {
            key: derived(&keys.sealing)?,
            older: older.collect::<Result<_, _>>()?,
        })
    }

    /// Seals it for what `of` names: it opens for nothing else.
    pub(super) fn seal(
        &self,
        entropy: &dyn Entropy,
        of: &[u8],
        open: &[u8],
    ) -> Result<Vec<u8>, ServiceError> {
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce);
        let mut sealed = open.to_vec();
        let (once, of) = (Nonce::assume_unique_for_key(nonce), Aad::from(of));
        let done = self.key.seal_in_place_append_tag(once, of, &mut sealed);
        done.map_err(|_| failed("seal"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed.
    ///
    /// # Errors
    /// `Internal` when none of the keys sealed it, when it was sealed for something else, or was changed since.
    pub(super) fn open(&self, of: &[u8], sealed: &[u8]) -> Result<Opened, ServiceError> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or_else(unknown)?;
        let by = |key: &LessSafeKey| {
            let (once, mut open) = (Nonce::assume_unique_for_key(*nonce), sealed.to_vec());
            let opened = key.open_in_place(once, Aad::from(of), &mut open);
            opened.ok().map(|open| open.to_vec())
        };
        let opened = |is_stale| move |open| Opened { open, is_stale };
        let newest = by(&self.key).map(opened(false));
        let older = || self.older.iter().find_map(by).map(opened(true));
        newest.or_else(older).ok_or_else(unknown)
    }
}

fn derived(secret: &[u8; 32]) -> Result<LessSafeKey, ServiceError> {
    let salt = Salt::new(HKDF_SHA256, &[]);
    let key = salt
        .extract(secret)
        .expand(&[b"wederhoor second factor".as_slice()], &AES_256_GCM)
        .map(UnboundKey::from);
    let key = key.map_err(|_| failed("derive a key"))?;
    Ok(LessSafeKey::new(key))
}

fn unknown() -> ServiceError {
    let what = "a second factor is sealed by a key that is not set, or was changed";
    ServiceError::Internal(what.to_owned())
}

fn failed(to: &str) -> ServiceError {
    ServiceError::Internal(format!("cannot {to} a second factor"))
}

#[cfg(test)]
mod tests;
