//! The dossier of a complaint: a chain of events that only grows.

mod append;
mod destroy;
mod read;
mod seal;
mod verify;

#[cfg(test)]
mod tests;

pub use append::{Entropy, EntryDraft};
pub use read::StoredEntry;
pub use verify::{ChainFault, Verified};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::canonical;

/// The event with which all content goes, and after which nothing is due any more.
pub(crate) const DESTROYED: &str = "destroyed";

/// What the first event of a complaint follows on.
const ORIGIN: [u8; 32] = [0; 32];

/// An event as it enters the chain: confidential content only as digests.
struct Link<'a> {
    tenant: Uuid,
    complaint: Uuid,
    seq: u32,
    at: DateTime<Utc>,
    registered_at: DateTime<Utc>,
    actor: &'a Value,
    kind: &'a str,
    event_version: u16,
    payload: &'a Value,
}

impl Link<'_> {
    /// SHA-256 over the previous hash and the canonical bytes of this event.
    fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let bytes = canonical::json(&json!({
            "tenant": self.tenant.to_string(),
            "complaint": self.complaint.to_string(),
            "seq": self.seq,
            "at": canonical::instant(self.at),
            "registered_at": canonical::instant(self.registered_at),
            "actor": self.actor,
            "kind": self.kind,
            "event_version": self.event_version,
            "payload": self.payload,
        }));
        let mut digest = Sha256::new();
        digest.update(previous);
        digest.update(bytes.as_bytes());
        digest.finalize().into()
    }
}
