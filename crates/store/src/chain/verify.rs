//! Whether a chain is what it was.

use std::collections::BTreeMap;

use sea_orm::ColumnTrait;
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;

use super::read::{Contents, parsed};
use super::{DESTROYED, Link, ORIGIN, seal};
use crate::convert::unsigned;
use crate::entity::{complaint, complaint_content, complaint_event};
use crate::{ReadTx, StoreError};

/// A chain in which every link holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its number of events.
    pub length: u32,
    /// The hash of the last one; 32 bytes, zero for an empty chain.
    pub head: [u8; 32],
}

/// The first link that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {what}")]
pub struct ChainFault {
    /// The number of the event at which it shows.
    pub seq: u32,
    /// What is wrong, without content.
    pub what: String,
}

impl ReadTx {
    /// Checks the links, the hashes, the digests of the content, that none of it is gone unless the chain tells of its
    /// destruction, and that the end was not cut off.
    ///
    /// # Errors
    /// The outer error is the store's; the inner one says where the chain is broken.
    pub async fn verify(
        &self,
        complaint: ComplaintId,
    ) -> Result<Result<Verified, ChainFault>, StoreError> {
        let (events, contents) = self.chain_rows(&[complaint]).await?;
        let mine = complaint::Column::Id.eq(complaint.0);
        let row = self
            .scope
            .find::<complaint::Entity>()
            .filter(mine)
            .one()
            .await?;
        let length = unsigned(row.map_or(0, |row| row.version))?;
        Ok(verify(&events, &contents).and_then(|whole| {
            if whole.length == length {
                Ok(whole)
            } else {
                Err(of_other_length(&whole))
            }
        }))
    }

    /// Checks several chains in two statements. Each must have this length at least: it may have grown since its
    /// length was read.
    ///
    /// # Errors
    /// As [`ReadTx::verify`].
    pub async fn verify_many(
        &self,
        complaints: &[(ComplaintId, u32)],
    ) -> Result<BTreeMap<ComplaintId, Result<Verified, ChainFault>>, StoreError> {
        let ids: Vec<ComplaintId> = complaints.iter().map(|(id, _)| *id).collect();
        let (events, contents) = self.chain_rows(&ids).await?;
        let mut chains: BTreeMap<Uuid, Vec<complaint_event::Model>> = BTreeMap::new();
        for event in events {
            chains.entry(event.complaint_id).or_default().push(event);
        }
        let whole = |(id, length): &(ComplaintId, u32)| {
            let events = chains.get(&id.0).map_or(&[][..], Vec::as_slice);
            let whole = verify(events, &contents).and_then(|whole| {
                if whole.length < *length {
                    Err(of_other_length(&whole))
                } else {
                    Ok(whole)
                }
            });
            (*id, whole)
        };
        Ok(complaints.iter().map(whole).collect())
    }
}

fn verify(events: &[complaint_event::Model], contents: &Contents) -> Result<Verified, ChainFault> {
    let mut verified = Verified {
        length: 0,
        head: ORIGIN,
    };
    let is_destroyed = events.iter().any(|event| event.kind == DESTROYED);
    for event in events {
        let left = contents.get(&(event.complaint_id, event.seq));
        let left = left.map_or(&[][..], Vec::as_slice);
        let head = follow(&verified, event)
            .and_then(|head| {
                matches(event, left, is_destroyed)?;
                Ok(head)
            })
            .map_err(|what| fault(&verified, what))?;
        verified = Verified {
            length: verified.length + 1,
            head,
        };
    }
    Ok(verified)
}

fn fault(verified: &Verified, what: &str) -> ChainFault {
    ChainFault {
        seq: verified.length + 1,
        what: what.to_owned(),
    }
}

fn of_other_length(verified: &Verified) -> ChainFault {
    fault(verified, "the chain and its complaint differ in length")
}

/// The hash of an event that follows on those before it.
fn follow(before: &Verified, event: &complaint_event::Model) -> Result<[u8; 32], &'static str> {
    let seq = before.length + 1;
    if i64::from(event.seq) != i64::from(seq) {
        return Err("an event is missing before it");
    }
    if event.previous_hash != before.head {
        return Err("it does not follow on the event before it");
    }
    let (Ok(actor), Ok(payload)) = (parsed(&event.actor), parsed(&event.payload)) else {
        return Err("it is not JSON");
    };
    let event_version =
        u16::try_from(event.event_version).map_err(|_| "its version is out of range")?;
    let link = Link {
        tenant: event.tenant_id,
        complaint: event.complaint_id,
        seq,
        at: event.at,
        registered_at: event.registered_at,
        actor: &actor,
        kind: &event.kind,
        event_version,
        payload: &payload,
    };
    let hash = link.hash(&before.head);
    if event.hash != hash {
        return Err("it is not what was hashed");
    }
    Ok(hash)
}

/// Whether the content of an event is what its digests say. A salt and its content go together, and only when the
/// dossier is destroyed.
fn matches(
    event: &complaint_event::Model,
    contents: &[complaint_content::Model],
    is_destroyed: bool,
) -> Result<(), &'static str> {
    let (Ok(actor), Ok(payload)) = (parsed(&event.actor), parsed(&event.payload)) else {
        return Err("it is not JSON");
    };
    let mut digests = seal::digests(&actor);
    digests.extend(seal::digests(&payload));
    if usize::try_from(event.content_count).ok() != Some(digests.len())
        || contents.len() != digests.len()
    {
        return Err("its contents are not all there");
    }
    for (digest, content) in digests.iter().zip(contents) {
        match (&content.salt, &content.content) {
            (Some(salt), Some(text)) if seal::digest(salt, text) == *digest => {}
            (Some(_), Some(_)) => return Err("its content is not what was hashed"),
            (None, None) if is_destroyed => {}
            (None, None) => return Err("its content is gone, and nothing tells of that"),
            (None, Some(_)) | (Some(_), None) => {
                return Err("a salt and its content are not both there");
            }
        }
    }
    Ok(())
}
