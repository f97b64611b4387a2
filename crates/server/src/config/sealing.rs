use std::sync::Arc;

use secrecy::ExposeSecret;

use super::{
    reader::Reader,
    token::{HOW, TokenKey, parse},
};

const KEY: &str = "WEDERHOOR_SEALING_KEY";

/// What seals what the database may hold but not show.
#[derive(Debug, Clone)]
pub struct SealingConfig {
    key: Arc<TokenKey>,
}

impl SealingConfig {
    /// The key, of 32 bytes.
    pub fn key(&self) -> [u8; 32] {
        *self.key.expose_secret()
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<SealingConfig> {
    let Some(text) = reader.optional(KEY) else {
        reader.problem(KEY, format!("is required: {HOW}"));
        return None;
    };
    match parse(&text) {
        Ok(key) => Some(SealingConfig { key: Arc::new(key) }),
        Err(what) => {
            reader.problem(KEY, what);
            None
        }
    }
}
