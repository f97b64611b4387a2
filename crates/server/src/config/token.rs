use std::{collections::HashSet, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox};
pub use wederhoor_service::TokenSeeds;

use super::reader::Reader;

const KEY: &str = "WEDERHOOR_TOKEN_KEY";
const TAKEN: &str = "WEDERHOOR_TOKEN_KEYS_TAKEN";
const HOW: &str = "32 random bytes in base64; make it with: head -c 32 /dev/urandom | base64";

/// The seed of the Ed25519 key that signs access tokens.
pub type TokenKey = SecretBox<[u8; 32]>;

/// What access tokens are signed with, and taken by.
#[derive(Debug, Clone)]
pub struct TokenConfig {
    /// The signing key.
    pub key: Arc<TokenKey>,
    /// Further keys whose tokens are taken.
    pub taken: Vec<Arc<TokenKey>>,
}

impl TokenConfig {
    /// The seeds of all keys.
    pub fn seeds(&self) -> TokenSeeds {
        let seed = |key: &Arc<TokenKey>| *key.expose_secret();
        TokenSeeds {
            signing: seed(&self.key),
            taken: self.taken.iter().map(seed).collect(),
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<TokenConfig> {
    let (key, taken) = keys(reader, KEY, TAKEN)?;
    Some(TokenConfig { key, taken })
}

/// A key that is required, and further keys, which need not be.
pub(super) fn keys(
    reader: &mut Reader<'_>,
    own: &'static str,
    further: &'static str,
) -> Option<(Arc<TokenKey>, Vec<Arc<TokenKey>>)> {
    let others = reader.secret(further).unwrap_or_default();
    let others: Vec<&str> = others.split_whitespace().collect();
    let Some(text) = reader.secret(own) else {
        reader.problem(own, format!("is required: {HOW}"));
        return None;
    };
    let mut checked = |name, text: &str| match parse(text) {
        Ok(key) => Some(Arc::new(key)),
        Err(what) => {
            reader.problem(name, what);
            None
        }
    };
    let key = checked(own, &text);
    let others: Vec<_> = others.iter().map(|text| checked(further, text)).collect();
    Some((key?, others.into_iter().collect::<Option<_>>()?))
}

/// The 32 random bytes that a text stands for.
fn parse(text: &str) -> Result<TokenKey, String> {
    let bytes = STANDARD
        .decode(text.trim())
        .map_err(|_| format!("is not base64; expected {HOW}"))?;
    let bytes: [u8; 32] = bytes
        .try_into()
        .map_err(|bytes: Vec<u8>| format!("has {} bytes; expected {HOW}", bytes.len()))?;
    if is_guessable(&bytes) {
        return Err(format!("can be guessed; expected {HOW}"));
    }
    Ok(SecretBox::new(Box::new(bytes)))
}

/// Whether a person rather than a source of randomness made these bytes: few different values, even steps, or plain
/// text. Of 32 random bytes fewer than one key in 10^13 looks so.
fn is_guessable(bytes: &[u8; 32]) -> bool {
    let distinct = bytes.iter().collect::<HashSet<_>>().len();
    let steps = bytes
        .windows(2)
        .map(|pair| pair[1].wrapping_sub(pair[0]))
        .collect::<HashSet<_>>()
        .len();
    let is_text = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    distinct < 16 || steps < 12 || is_text
}
