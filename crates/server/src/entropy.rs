//! The one place where the operating system's randomness is read.

use chrono::{DateTime, Utc};
use rand::{TryRng, rngs::SysRng};
use uuid::{Builder, Uuid};
use wederhoor_service::Entropy;

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        fill(buffer);
    }
}

/// Fills the buffer with random bytes of the operating system.
///
/// # Panics
/// When the operating system has none to give: nothing that needs a secret may go on then.
pub fn fill(buffer: &mut [u8]) {
    SysRng
        .try_fill_bytes(buffer)
        .expect("the operating system gives randomness");
}

/// A new id (UUIDv7) of the given instant.
pub fn new_id(now: DateTime<Utc>) -> Uuid {
    let mut random = [0; 10];
    fill(&mut random);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
