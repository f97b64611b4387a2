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
    let further = reader.optional(TAKEN).unwrap_or_default();
    let further: Vec<&str> = further.split_whitespace().collect();
    let Some(text) = reader.optional(KEY) else {
        reader.problem(KEY, format!("is required: {HOW}"));
        return None;
    };
    let mut keys = Vec::new();
    for (name, text) in [(KEY, text.as_str())]
        .into_iter()
        .chain(further.iter().map(|text| (TAKEN, *text)))
    {
        match parse(text) {
            Ok(key) => keys.push(Arc::new(key)),
            Err(what) => reader.problem(name, what),
        }
    }
    if keys.len() != further.len() + 1 {
        return None;
    }
    let key = keys.remove(0);
    Some(TokenConfig { key, taken: keys })
}

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
