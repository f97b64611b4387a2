//! Reading the chain with its content.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Order};
use serde_json::Value;
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;

use super::{DESTROYED, seal};
use crate::convert::unsigned;
use crate::entity::{complaint_content, complaint_event};
use crate::{ReadTx, StoreError};

/// An event of the chain, with its content where that still exists.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEntry {
    /// Its number in the chain, from 1.
    pub seq: u32,
    /// When it took effect.
    pub at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// Who did it.
    pub actor: Value,
    /// Which event it is.
    pub kind: String,
    /// In which version of its shape it is written.
    pub event_version: u16,
    /// What happened; destroyed content reads `{"confidential": null}`.
    pub payload: Value,
    /// Its hash: 32 bytes.
    pub hash: Vec<u8>,
}

impl ReadTx {
    /// The complaints that were destroyed, each with when.
    pub async fn destroyed_complaints(
        &self,
    ) -> Result<Vec<(ComplaintId, DateTime<Utc>)>, StoreError> {
        let rows = self
            .scope
            .find::<complaint_event::Entity>()
            .filter(complaint_event::Column::Kind.eq(DESTROYED))
            .order(complaint_event::Column::ComplaintId, Order::Asc)
            .all()
            .await?;
        let destroyed = rows
            .iter()
            .map(|row| (ComplaintId(row.complaint_id), row.at));
        Ok(destroyed.collect())
    }

    /// The events of these complaints, each in order, in two statements; one that does not exist has none.
    ///
    /// # Errors
    /// `Corrupt` when a row cannot be read.
    pub async fn load_events_many(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<BTreeMap<ComplaintId, Vec<StoredEntry>>, StoreError> {
        let (events, mut contents) = self.chain_rows(complaints).await?;
        let mut loaded: BTreeMap<ComplaintId, Vec<StoredEntry>> = BTreeMap::new();
        for event in events {
            let key = (event.complaint_id, event.seq);
            let texts = contents.remove(&key).unwrap_or_default();
            let complaint = ComplaintId(event.complaint_id);
            let entry = entry(event, texts.into_iter().map(|content| content.content))?;
            loaded.entry(complaint).or_default().push(entry);
        }
        Ok(loaded)
    }

    /// As [`Self::load_events_many`], in one statement: whatever is confidential reads as if it were destroyed.
    ///
    /// # Errors
    /// `Corrupt` when a row cannot be read.
    pub async fn load_bare_events(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<BTreeMap<ComplaintId, Vec<StoredEntry>>, StoreError> {
        let mut loaded: BTreeMap<ComplaintId, Vec<StoredEntry>> = BTreeMap::new();
        for event in self.event_rows(complaints).await? {
            let complaint = ComplaintId(event.complaint_id);
            let entry = entry(event, std::iter::empty())?;
            loaded.entry(complaint).or_default().push(entry);
        }
        Ok(loaded)
    }

    async fn event_rows(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<Vec<complaint_event::Model>, StoreError> {
        let ids = complaints.iter().map(|id| id.0);
        self.scope
            .find::<complaint_event::Entity>()
            .filter(complaint_event::Column::ComplaintId.is_in(ids))
            .order(complaint_event::Column::ComplaintId, Order::Asc)
            .order(complaint_event::Column::Seq, Order::Asc)
            .all()
            .await
    }

    /// The rows of the chains, and their contents by complaint and event.
    pub(super) async fn chain_rows(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<(Vec<complaint_event::Model>, Contents), StoreError> {
        let events = self.event_rows(complaints).await?;
        let ids = complaints.iter().map(|id| id.0);
        let rows = self
            .scope
            .find::<complaint_content::Entity>()
            .filter(complaint_content::Column::ComplaintId.is_in(ids))
            .order(complaint_content::Column::ComplaintId, Order::Asc)
            .order(complaint_content::Column::Seq, Order::Asc)
            .order(complaint_content::Column::Position, Order::Asc)
            .all()
            .await?;
        let mut contents = Contents::new();
        for row in rows {
            contents
                .entry((row.complaint_id, row.seq))
                .or_default()
                .push(row);
        }
        Ok((events, contents))
    }
}

pub(super) type Contents = BTreeMap<(Uuid, i32), Vec<complaint_content::Model>>;

fn entry(
    event: complaint_event::Model,
    mut contents: impl Iterator<Item = Option<String>>,
) -> Result<StoredEntry, StoreError> {
    let (mut actor, mut payload) = (parsed(&event.actor)?, parsed(&event.payload)?);
    seal::unseal(&mut actor, &mut contents)?;
    seal::unseal(&mut payload, &mut contents)?;
    Ok(StoredEntry {
        seq: unsigned(event.seq)?,
        at: event.at,
        registered_at: event.registered_at,
        actor,
        kind: event.kind,
        event_version: u16::try_from(event.event_version)
            .map_err(|_| StoreError::corrupt("the version of an event is out of range"))?,
        payload,
        hash: event.hash,
    })
}

pub(super) fn parsed(text: &str) -> Result<Value, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::corrupt("an event is not JSON"))
}
