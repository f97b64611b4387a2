//! Invitations to become a member with a login.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use uuid::Uuid;
use wederhoor_procedure::MemberId;

use crate::entity::invitation;
use crate::{ReadTx, StoreError, WriteTx};

/// A way in for one member, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRecord {
    /// Its id.
    pub id: Uuid,
    /// Who is invited.
    pub member_id: MemberId,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
}

impl ReadTx {
    /// An invitation that can be taken up; `None` when it is unknown, used or over. Looking uses nothing up.
    pub async fn invitation(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<InvitationRecord>, StoreError> {
        let usable = self.scope.find::<invitation::Entity>();
        let row = usable.filter(open(token_hash, now)).one().await?;
        Ok(row.map(InvitationRecord::from))
    }
}

impl WriteTx {
    /// Ends every invitation of a member that was not taken up.
    pub async fn end_invitations(
        &self,
        member: MemberId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.scope
            .update::<invitation::Entity>()
            .set(invitation::Column::UsedAt, now)
            .filter(invitation::Column::MemberId.eq(member.0))
            .filter(invitation::Column::UsedAt.is_null())
            .run()
            .await?;
        Ok(())
    }

    /// Adds an invitation.
    ///
    /// # Errors
    /// `Dangling` when there is no such member.
    pub async fn insert_invitation(&self, invitation: InvitationRecord) -> Result<(), StoreError> {
        self.scope
            .insert(invitation::ActiveModel {
                id: Set(invitation.id),
                member_id: Set(invitation.member_id.0),
                token_hash: Set(invitation.token_hash),
                expires_at: Set(invitation.expires_at),
                ..Default::default()
            })
            .await
    }

    /// Uses an invitation up; `None` when it is unknown, used or over. Of two at the same time one wins.
    pub async fn consume_invitation(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<InvitationRecord>, StoreError> {
        let used = self
            .scope
            .update::<invitation::Entity>()
            .set(invitation::Column::UsedAt, now)
            .filter(open(token_hash, now))
            .run()
            .await?;
        if used == 0 {
            return Ok(None);
        }
        let mine = invitation::Column::TokenHash.eq(token_hash.to_vec());
        let row = self
            .scope
            .find::<invitation::Entity>()
            .filter(mine)
            .one()
            .await?;
        Ok(row.map(InvitationRecord::from))
    }
}

/// The invitation of this token, unless it is used or over.
fn open(token_hash: &[u8], now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(invitation::Column::TokenHash.eq(token_hash.to_vec()))
        .add(invitation::Column::UsedAt.is_null())
        .add(invitation::Column::ExpiresAt.gt(now))
}

impl From<invitation::Model> for InvitationRecord {
    fn from(row: invitation::Model) -> Self {
        Self {
            id: row.id,
            member_id: MemberId(row.member_id),
            token_hash: row.token_hash,
            expires_at: row.expires_at,
        }
    }
}
