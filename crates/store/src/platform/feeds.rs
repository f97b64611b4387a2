//! Calendar feeds: secret addresses at which what is due for a member is read.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use wederhoor_procedure::{AccountId, MemberId, TenantId};

use super::PlatformStore;
use crate::connection::Connection;
use crate::entity::calendar_feed::{ActiveModel, Column, Entity};
use crate::{ReadTx, StoreError, WriteTx};

/// The feed of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFeedRecord {
    /// Where.
    pub tenant_id: TenantId,
    /// Whose it is.
    pub member_id: MemberId,
    /// With which login they made it.
    pub account_id: AccountId,
    /// SHA-256 of the secret in its address.
    pub secret_hash: Vec<u8>,
    /// Since when it exists.
    pub made_at: DateTime<Utc>,
}

impl PlatformStore {
    /// The feed at the address with this secret; `None` when there is none, or none any more.
    pub async fn calendar_feed(
        &self,
        secret_hash: &[u8],
    ) -> Result<Option<CalendarFeedRecord>, StoreError> {
        let connection = self.read().await?;
        let row = Entity::find()
            .filter(Column::SecretHash.eq(secret_hash.to_vec()))
            .one(&connection)
            .await?;
        Ok(row.map(|row| CalendarFeedRecord {
            tenant_id: TenantId(row.tenant_id),
            member_id: MemberId(row.member_id),
            account_id: AccountId(row.account_id),
            secret_hash: row.secret_hash,
            made_at: row.made_at,
        }))
    }
}

/// Ends the feeds that were made with a login.
pub(super) async fn end_of(connection: &Connection, account: AccountId) -> Result<(), StoreError> {
    let theirs = Column::AccountId.eq(account.0);
    let gone = Entity::delete_many().filter(theirs);
    gone.exec(connection).await?;
    Ok(())
}

impl ReadTx {
    /// Since when a member has a feed that they made with this login; `None` while they have none.
    pub async fn calendar_feed_made_at(
        &self,
        member: MemberId,
        account: AccountId,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let row = self
            .scope
            .find::<Entity>()
            .filter(Column::MemberId.eq(member.0))
            .filter(Column::AccountId.eq(account.0))
            .one()
            .await?;
        Ok(row.map(|row| row.made_at))
    }
}

impl WriteTx {
    /// Keeps the feed of a member, in place of the one that they had.
    ///
    /// # Errors
    /// `Dangling` when there is no such member or login; `Internal` when the record names another tenant.
    pub async fn write_calendar_feed(&self, feed: CalendarFeedRecord) -> Result<(), StoreError> {
        if feed.tenant_id != self.tenant() {
            return Err(StoreError::Internal(
                "a feed names another tenant".to_owned(),
            ));
        }
        let row = ActiveModel {
            member_id: Set(feed.member_id.0),
            account_id: Set(feed.account_id.0),
            secret_hash: Set(feed.secret_hash),
            made_at: Set(feed.made_at),
            ..Default::default()
        };
        let replaced = [Column::AccountId, Column::SecretHash, Column::MadeAt];
        self.scope.upsert_all(vec![row], replaced).await
    }

    /// Ends the feed of a member; says whether there was one.
    pub async fn delete_calendar_feed(&self, member: MemberId) -> Result<bool, StoreError> {
        let theirs = Column::MemberId.eq(member.0);
        let gone = self.scope.delete::<Entity>().filter(theirs).run().await?;
        Ok(gone > 0)
    }
}
