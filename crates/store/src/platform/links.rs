//! Links by which a party without an account reaches a complaint.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use wederhoor_procedure::{ComplaintId, TenantId};

use super::PlatformStore;
use crate::convert::{signed, unsigned};
use crate::entity::access_link;
use crate::{ReadTx, StoreError, WriteTx};

/// A link for one party to one complaint, to be used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLinkRecord {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// Where.
    pub tenant_id: TenantId,
    /// To which complaint.
    pub complaint_id: ComplaintId,
    /// For whom, in the service's words.
    pub party: String,
    /// Whether its party asked for it; others come with the letters that bring news.
    pub is_asked_for: bool,
    /// To which mailbox of its party it was mailed: the sequence number of the event that gave that one. `None` for a link
    /// on paper, and for one that went to an address which is not the party's own in this complaint.
    pub mailed_to: Option<u32>,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
}

impl PlatformStore {
    /// A link that can be used; `None` when it is unknown, used or over. Looking uses nothing up.
    pub async fn access_link(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<AccessLinkRecord>, StoreError> {
        let connection = self.read().await?;
        let row = access_link::Entity::find()
            .filter(usable(token_hash, now))
            .one(&connection)
            .await?;
        row.map(AccessLinkRecord::try_from).transpose()
    }
}

/// The link of this token, unless it is used or over.
fn usable(token_hash: &[u8], now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(access_link::Column::TokenHash.eq(token_hash.to_vec()))
        .add(access_link::Column::UsedAt.is_null())
        .add(access_link::Column::ExpiresAt.gt(now))
}

impl ReadTx {
    /// How many links a party asked for after an instant of real time.
    pub async fn count_links_asked_for(
        &self,
        complaint: ComplaintId,
        party: &str,
        since: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        self.scope
            .find::<access_link::Entity>()
            .filter(access_link::Column::ComplaintId.eq(complaint.0))
            .filter(access_link::Column::Party.eq(party))
            .filter(access_link::Column::IsAskedFor.eq(true))
            .filter(access_link::Column::CreatedAt.gt(since))
            .count()
            .await
    }
}

impl WriteTx {
    /// Uses a link up; says whether it could be used. Of two at once one wins, when it commits.
    pub async fn consume_access_link(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let used = self
            .scope
            .update::<access_link::Entity>()
            .set(access_link::Column::UsedAt, now)
            .filter(usable(token_hash, now))
            .run()
            .await?;
        Ok(used == 1)
    }

    /// Ends the links of a party that have not been used.
    pub async fn end_access_links(
        &self,
        complaint: ComplaintId,
        party: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let theirs = Condition::all()
            .add(access_link::Column::ComplaintId.eq(complaint.0))
            .add(access_link::Column::Party.eq(party))
            .add(access_link::Column::UsedAt.is_null());
        let ended = self
            .scope
            .update::<access_link::Entity>()
            .set(access_link::Column::UsedAt, now)
            .filter(theirs)
            .run();
        ended.await.map(drop)
    }

    /// Adds a link to a complaint of this tenant.
    ///
    /// # Errors
    /// `Dangling`, at the commit, when there is no such complaint; `Internal` when the record names another tenant.
    pub async fn insert_access_link(&self, link: AccessLinkRecord) -> Result<(), StoreError> {
        if link.tenant_id != self.tenant() {
            return Err(StoreError::Internal(
                "a link names another tenant".to_owned(),
            ));
        }
        self.scope
            .insert(access_link::ActiveModel {
                token_hash: Set(link.token_hash),
                complaint_id: Set(link.complaint_id.0),
                party: Set(link.party),
                is_asked_for: Set(link.is_asked_for),
                mailed_to: Set(link.mailed_to.map(signed).transpose()?),
                created_at: Set(link.created_at),
                expires_at: Set(link.expires_at),
                ..Default::default()
            })
            .await
    }
}

impl TryFrom<access_link::Model> for AccessLinkRecord {
    type Error = StoreError;

    fn try_from(row: access_link::Model) -> Result<Self, StoreError> {
        Ok(Self {
            token_hash: row.token_hash,
            tenant_id: TenantId(row.tenant_id),
            complaint_id: ComplaintId(row.complaint_id),
            party: row.party,
            is_asked_for: row.is_asked_for,
            mailed_to: row.mailed_to.map(unsigned).transpose()?,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }
}
