//! What the database may hold but not show: sealed by AES-256-GCM under a key that only the server's configuration has.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
};

use crate::{Entropy, ServiceError};

/// Seals and opens. Each seal has random bytes of its own, and is bound to what it belongs to.
pub(crate) struct Sealer {
    key: LessSafeKey,
}

impl Sealer {
    /// # Errors
    /// `Internal` when no key can be derived.
    pub(crate) fn new(secret: &[u8; 32]) -> Result<Self, ServiceError> {
        let salt = Salt::new(HKDF_SHA256, &[]);
        let key = salt
            .extract(secret)
            .expand(&[b"wederhoor second factor".as_slice()], &AES_256_GCM)
            .map(UnboundKey::from);
        let key = key.map_err(|_| failed("derive a key"))?;
        Ok(Self {
            key: LessSafeKey::new(key),
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
    /// `Internal` when it was sealed under another key, for something else, or was changed since.
    pub(super) fn open(&self, of: &[u8], sealed: &[u8]) -> Result<Vec<u8>, ServiceError> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or_else(|| failed("open"))?;
        let mut open = sealed.to_vec();
        let (once, of) = (Nonce::assume_unique_for_key(*nonce), Aad::from(of));
        let opened = self.key.open_in_place(once, of, &mut open);
        Ok(opened.map_err(|_| failed("open"))?.to_vec())
    }
}

fn failed(to: &str) -> ServiceError {
    ServiceError::Internal(format!("cannot {to} a second factor"))
}

#[cfg(test)]
mod tests;
