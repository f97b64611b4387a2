//! Links by which a party without an account reaches a complaint.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QueryTrait,
};
use wederhoor_procedure::{ComplaintId, TenantId};

use super::PlatformStore;
use crate::entity::access_link;
use crate::{StoreError, WriteTx};

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
    /// A digest of the address that it was sent to.
    pub address: String,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
}

impl PlatformStore {
    /// Uses a link up, in one statement; `None` when it is unknown, used or over. Of two at once one wins.
    ///
    /// # Errors
    /// As every statement.
    pub async fn consume_access_link(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<AccessLinkRecord>, StoreError> {
        let connection = self.write().await?;
        let mut update = access_link::Entity::update_many()
            .col_expr(access_link::Column::UsedAt, Expr::value(now))
            .filter(access_link::Column::TokenHash.eq(token_hash.to_vec()))
            .filter(access_link::Column::UsedAt.is_null())
            .filter(access_link::Column::ExpiresAt.gt(now))
            .into_query();
        update.returning(Query::returning().all());
        let row = connection.query_one(&update).await?;
        let link = row
            .map(|row| access_link::Model::from_query_result(&row, ""))
            .transpose()?;
        connection.commit().await?;
        Ok(link.map(AccessLinkRecord::from))
    }
}

impl WriteTx {
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
                address: Set(link.address),
                created_at: Set(link.created_at),
                expires_at: Set(link.expires_at),
                ..Default::default()
            })
            .await
    }
}

impl From<access_link::Model> for AccessLinkRecord {
    fn from(row: access_link::Model) -> Self {
        Self {
            token_hash: row.token_hash,
            tenant_id: TenantId(row.tenant_id),
            complaint_id: ComplaintId(row.complaint_id),
            party: row.party,
            address: row.address,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}
