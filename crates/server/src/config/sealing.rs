use std::sync::Arc;

use secrecy::ExposeSecret;
pub use wederhoor_service::SealingKeys;

use super::{
    reader::Reader,
    token::{TokenKey, keys},
};

const KEY: &str = "WEDERHOOR_SEALING_KEY";
const OLDER: &str = "WEDERHOOR_SEALING_KEYS_OLDER";

/// What seals what the database may hold but not show.
#[derive(Debug, Clone)]
pub struct SealingConfig {
    key: Arc<TokenKey>,
    older: Vec<Arc<TokenKey>>,
}

impl SealingConfig {
    /// All keys.
    pub fn keys(&self) -> SealingKeys {
        let key = |key: &Arc<TokenKey>| *key.expose_secret();
        SealingKeys {
            sealing: key(&self.key),
            opening: self.older.iter().map(key).collect(),
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<SealingConfig> {
    let (key, older) = keys(reader, KEY, OLDER)?;
    Some(SealingConfig { key, older })
}
