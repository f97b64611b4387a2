//! Adding to the chain.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use serde_json::Value;
use wederhoor_procedure::ComplaintId;

use super::{Link, ORIGIN, seal};
use crate::canonical::micros;
use crate::convert::signed;
use crate::entity::{complaint_content, complaint_event};
use crate::{StoreError, WriteTx, canonical};

/// Fills a buffer with random bytes, for salts.
pub type Entropy<'a> = &'a mut (dyn FnMut(&mut [u8]) + Send);

/// An event to be added. Instants are kept to the microsecond.
#[derive(Clone, Debug)]
pub struct EntryDraft {
    /// When it took effect.
    pub at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// Who did it; what is confidential in it is kept apart as it is in the payload.
    pub actor: Value,
    /// Which event it is.
    pub kind: String,
    /// In which version of its shape it is written.
    pub event_version: u16,
    /// What happened; each `{"confidential": X}` in it is kept apart from the chain.
    pub payload: Value,
}

impl WriteTx {
    /// Adds events to the chain, after `expected_version` of them; the new version is that plus their number.
    ///
    /// # Errors
    /// `Conflict` when the chain has another length; `Internal` when a payload holds an object whose one key is
    /// `sealed`, which the chain keeps for itself.
    pub(crate) async fn append(
        &self,
        complaint: ComplaintId,
        expected_version: u32,
        drafts: Vec<EntryDraft>,
        entropy: Entropy<'_>,
    ) -> Result<Vec<u32>, StoreError> {
        let mut previous = self.head(complaint, expected_version).await?;
        let mut events = Vec::with_capacity(drafts.len());
        let mut contents = Vec::new();
        let mut seqs = Vec::with_capacity(drafts.len());
        for (seq, mut draft) in (expected_version + 1..).zip(drafts) {
            let mut sealed = seal::seal(&mut draft.actor, entropy)?;
            sealed.extend(seal::seal(&mut draft.payload, entropy)?);
            let link = Link {
                tenant: self.scope.tenant(),
                complaint: complaint.0,
                seq,
                at: micros(draft.at),
                registered_at: micros(draft.registered_at),
                actor: &draft.actor,
                kind: &draft.kind,
                event_version: draft.event_version,
                payload: &draft.payload,
            };
            let hash = link.hash(&previous);
            events.push(event_row(&link, &sealed, hash, previous)?);
            contents.extend(content_rows(&link, sealed)?);
            seqs.push(seq);
            previous = hash;
        }
        self.scope.insert_all(events).await?;
        self.scope.insert_all(contents).await?;
        Ok(seqs)
    }

    /// The hash that the next event follows on.
    async fn head(
        &self,
        complaint: ComplaintId,
        expected_version: u32,
    ) -> Result<[u8; 32], StoreError> {
        if expected_version == 0 {
            return Ok(ORIGIN);
        }
        let last = self
            .scope
            .find::<complaint_event::Entity>()
            .filter(complaint_event::Column::ComplaintId.eq(complaint.0))
            .order(complaint_event::Column::Seq, Order::Desc)
            .limit(1)
            .one()
            .await?
            .ok_or(StoreError::Conflict)?;
        if last.seq != signed(expected_version)? {
            return Err(StoreError::Conflict);
        }
        last.hash
            .try_into()
            .map_err(|_| StoreError::corrupt("a hash of the chain has another length"))
    }
}

fn event_row(
    link: &Link<'_>,
    sealed: &[seal::Content],
    hash: [u8; 32],
    previous: [u8; 32],
) -> Result<complaint_event::ActiveModel, StoreError> {
    let content_count = i32::try_from(sealed.len())
        .map_err(|_| StoreError::Internal("an event has too many contents".to_owned()))?;
    Ok(complaint_event::ActiveModel {
        complaint_id: Set(link.complaint),
        seq: Set(signed(link.seq)?),
        at: Set(link.at),
        registered_at: Set(link.registered_at),
        actor: Set(canonical::json(link.actor)),
        kind: Set(link.kind.to_owned()),
        event_version: Set(link.event_version.into()),
        payload: Set(canonical::json(link.payload)),
        content_count: Set(content_count),
        hash: Set(hash.to_vec()),
        previous_hash: Set(previous.to_vec()),
        ..Default::default()
    })
}

fn content_rows(
    link: &Link<'_>,
    sealed: Vec<seal::Content>,
) -> Result<Vec<complaint_content::ActiveModel>, StoreError> {
    let seq = signed(link.seq)?;
    let rows = (0..)
        .zip(sealed)
        .map(|(position, content)| complaint_content::ActiveModel {
            complaint_id: Set(link.complaint),
            seq: Set(seq),
            position: Set(position),
            key_id: Set(None),
            salt: Set(Some(content.salt.to_vec())),
            content: Set(Some(content.text)),
            ..Default::default()
        });
    Ok(rows.collect())
}
