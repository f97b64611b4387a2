//! The published versions of a tenant's regulation.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use serde_json::Value;
use wederhoor_procedure::{MemberId, PolicyId};

use crate::convert::{signed, unsigned};
use crate::entity::policy;
use crate::{ReadTx, StoreError, WriteTx};

/// One published version.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyRecord {
    /// Its id.
    pub id: PolicyId,
    /// Its number in the tenant, from 1.
    pub version: u32,
    /// The regulation.
    pub document: Value,
    /// Since when it governs what is received.
    pub published_at: DateTime<Utc>,
    /// Who published it.
    pub published_by: Option<MemberId>,
}

impl ReadTx {
    /// All versions, newest first.
    pub async fn policies(&self) -> Result<Vec<PolicyRecord>, StoreError> {
        let rows = self
            .scope
            .find::<policy::Entity>()
            .order(policy::Column::Version, Order::Desc);
        rows.all()
            .await?
            .into_iter()
            .map(PolicyRecord::try_from)
            .collect()
    }

    /// At most `limit` versions after that number, oldest first.
    pub async fn policies_after(
        &self,
        version: u32,
        limit: u64,
    ) -> Result<Vec<PolicyRecord>, StoreError> {
        let rows = self
            .scope
            .find::<policy::Entity>()
            .filter(policy::Column::Version.gt(signed(version)?))
            .order(policy::Column::Version, Order::Asc)
            .limit(limit);
        let rows = rows.all().await?;
        rows.into_iter().map(PolicyRecord::try_from).collect()
    }

    /// One version.
    pub async fn policy(&self, id: PolicyId) -> Result<Option<PolicyRecord>, StoreError> {
        Ok(self.policies_by_ids(&[id]).await?.pop())
    }

    /// These versions, in no order; what does not exist is missing.
    pub async fn policies_by_ids(&self, ids: &[PolicyId]) -> Result<Vec<PolicyRecord>, StoreError> {
        let mine = policy::Column::Id.is_in(ids.iter().map(|id| id.0));
        let rows = self
            .scope
            .find::<policy::Entity>()
            .filter(mine)
            .all()
            .await?;
        rows.into_iter().map(PolicyRecord::try_from).collect()
    }

    /// The version that governs what is received at an instant: the newest that was published then.
    pub async fn policy_at(&self, at: DateTime<Utc>) -> Result<Option<PolicyRecord>, StoreError> {
        self.scope
            .find::<policy::Entity>()
            .filter(policy::Column::PublishedAt.lte(at))
            .order(policy::Column::Version, Order::Desc)
            .limit(1)
            .one()
            .await?
            .map(PolicyRecord::try_from)
            .transpose()
    }

    /// The newest version.
    pub async fn latest_policy(&self) -> Result<Option<PolicyRecord>, StoreError> {
        let rows = self
            .scope
            .find::<policy::Entity>()
            .order(policy::Column::Version, Order::Desc)
            .limit(1);
        rows.one().await?.map(PolicyRecord::try_from).transpose()
    }
}

impl WriteTx {
    /// Publishes a version.
    ///
    /// # Errors
    /// `Conflict` when its number is taken.
    pub async fn insert_policy(&self, policy: PolicyRecord) -> Result<(), StoreError> {
        self.scope
            .insert(policy::ActiveModel {
                id: Set(policy.id.0),
                version: Set(signed(policy.version)?),
                document: Set(policy.document),
                published_at: Set(policy.published_at),
                published_by: Set(policy.published_by.map(|id| id.0)),
                ..Default::default()
            })
            .await
    }
}

impl TryFrom<policy::Model> for PolicyRecord {
    type Error = StoreError;

    fn try_from(row: policy::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: PolicyId(row.id),
            version: unsigned(row.version)?,
            document: row.document,
            published_at: row.published_at,
            published_by: row.published_by.map(MemberId),
        })
    }
}
