//! Keys of programs, as their holders keep them: what begins with a known mark, holds 256 random bits and ends in a checksum,
//! by which a program that looks for leaked secrets is sure of one, and a mistyped one is known without a look.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;

use crate::{
    Service,
    ambient::{digest, new_secret},
};

/// Bytes of the checksum.
const CHECKED: usize = 4;

impl Service {
    /// A new key that begins so.
    pub(super) fn new_key(&self, mark: &str) -> SecretString {
        let secret = new_secret(self.entropy());
        let checked = [secret.as_slice(), &checksum(mark, &secret)].concat();
        SecretString::from(format!("{mark}{}", URL_SAFE_NO_PAD.encode(checked)))
    }
}

/// Whether a text that begins so is a key as it was shown, whoever's.
pub(super) fn is_whole(key: &str, mark: &str) -> bool {
    let rest = key.strip_prefix(mark);
    let bytes = rest.and_then(|rest| URL_SAFE_NO_PAD.decode(rest).ok());
    bytes.is_some_and(|bytes| {
        let secret = bytes.split_first_chunk::<32>();
        secret.is_some_and(|(secret, sum)| sum == checksum(mark, secret))
    })
}

fn checksum(mark: &str, secret: &[u8; 32]) -> [u8; CHECKED] {
    let whole = digest(&[mark.as_bytes(), secret].concat());
    let mut sum = [0; CHECKED];
    sum.copy_from_slice(&whole[..CHECKED]);
    sum
}

#[cfg(test)]
mod tests;
