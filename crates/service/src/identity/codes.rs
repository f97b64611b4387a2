//! The codes of a second factor: six digits that follow from a secret and the time (RFC 6238), and those for who lost it.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use totp_rs::{Builder, Secret, Totp};

use crate::{Entropy, ServiceError, ambient::digest};

/// What an app that makes codes shows beside the address.
const ISSUER: &str = "wederhoor";
/// How many codes somebody gets for when they lose the factor.
const RECOVERY_CODES: usize = 10;

/// 160 random bits, as long as the hash that codes are made with (RFC 4226, section 4).
pub(super) fn new_secret(entropy: &dyn Entropy) -> [u8; 20] {
    let mut secret = [0; 20];
    entropy.fill(&mut secret);
    secret
}

/// What makes codes of a secret: SHA-1, 6 digits, 30 seconds, one step early or late.
fn maker(secret: &[u8], address: &str) -> Result<Totp, ServiceError> {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_account_name(address)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(|error| ServiceError::Internal(format!("second factor: {error}")))
}

/// What an app takes the secret from: an address, and the secret in base 32 for who types it.
pub(super) fn shown(
    secret: &[u8],
    address: &str,
) -> Result<(SecretString, SecretString), ServiceError> {
    let url = maker(secret, address)?.to_url();
    let url = url.map_err(|error| ServiceError::Internal(format!("second factor: {error}")))?;
    let typed = Secret::new(secret.into()).to_base32();
    Ok((SecretString::from(url), SecretString::from(typed)))
}

/// The step of time that this code is of, when it is one that counts now.
pub(super) fn step_of(
    secret: &[u8],
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<i32>, ServiceError> {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let step = maker(secret, "")?.check(code, seconds);
    Ok(step.and_then(|step| i32::try_from(step).ok()))
}

/// A code as somebody writes it.
pub(super) enum Written {
    /// Six digits.
    Digits(String),
    /// SHA-256 of one for who lost the factor.
    Recovery(Vec<u8>),
}

/// What kind of code this can be; `None` for none. Spaces, hyphens and the size of letters do not matter.
pub(super) fn read(code: &str) -> Option<Written> {
    let bare: String = code
        .chars()
        .filter(|one| !one.is_whitespace() && *one != '-')
        .take(17)
        .collect();
    match bare.len() {
        6 if bare.bytes().all(|one| one.is_ascii_digit()) => Some(Written::Digits(bare)),
        16 => Some(Written::Recovery(hash(&bare))),
        _ => None,
    }
}

fn hash(bare: &str) -> Vec<u8> {
    digest(bare.to_ascii_uppercase().as_bytes())
}

/// Ten new codes, each of 80 random bits in four groups, and what is kept of each.
pub(super) fn recovery(entropy: &dyn Entropy) -> (Vec<SecretString>, Vec<Vec<u8>>) {
    let one = |_| {
        let mut random = [0; 10];
        entropy.fill(&mut random);
        let bare = Secret::new(random.as_slice().into()).to_base32();
        let groups = [&bare[..4], &bare[4..8], &bare[8..12], &bare[12..]];
        (SecretString::from(groups.join("-")), hash(&bare))
    };
    (0..RECOVERY_CODES).map(one).unzip()
}

#[cfg(test)]
mod tests;
