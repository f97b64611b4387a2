//! Tenants.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Func, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Insert, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, UpdateMany,
};
use serde_json::Value;
use uuid::Uuid;
use wederhoor_procedure::{AccountId, TenantId};

use super::PlatformStore;
use crate::entity::{account_membership, tenant};
use crate::hints::Hint;
use crate::{StoreError, WriteTx};

/// Whether a tenant may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantStatus {
    /// It may.
    Active,
    /// The operator has put it on hold.
    Suspended,
    /// Its rows are being deleted; nothing brings it back.
    Deleting,
}

/// That a tenant is to be deleted, on real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedDeletion {
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Which operator asked for it.
    pub asked_by: AccountId,
    /// From when on it may be done.
    pub due_at: DateTime<Utc>,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct TenantRecord {
    /// Its id.
    pub id: TenantId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether it may be used.
    pub status: TenantStatus,
    /// The service's settings; the store does not read them.
    pub settings: Value,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// Why it is on hold, as the operator wrote it.
    pub status_reason: Option<String>,
    /// That it is to be deleted; it is on hold then.
    pub deletion: Option<PlannedDeletion>,
}

impl PlatformStore {
    /// The tenant with this name in addresses.
    pub async fn tenant_by_slug(&self, slug: &str) -> Result<Option<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let row = tenant::Entity::find()
            .filter(tenant::Column::Slug.eq(slug))
            .one(&connection)
            .await?;
        row.map(TenantRecord::try_from).transpose()
    }

    /// The tenant with this id.
    pub async fn tenant_by_id(&self, id: TenantId) -> Result<Option<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let row = tenant::Entity::find_by_id(id.0).one(&connection).await?;
        row.map(TenantRecord::try_from).transpose()
    }

    /// All tenants, by slug.
    pub async fn tenants(&self) -> Result<Vec<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let rows = tenant::Entity::find()
            .order_by_asc(tenant::Column::Slug)
            .all(&connection)
            .await?;
        rows.into_iter().map(TenantRecord::try_from).collect()
    }

    /// The tenants with these ids, in no order.
    pub async fn tenants_by_id(&self, ids: &[TenantId]) -> Result<Vec<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let rows = tenant::Entity::find()
            .filter(tenant::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .all(&connection)
            .await?;
        rows.into_iter().map(TenantRecord::try_from).collect()
    }

    /// How many members of each tenant have a login; those without any are left out. It tells of nobody who they are.
    pub async fn count_logins(&self) -> Result<BTreeMap<TenantId, u64>, StoreError> {
        let connection = self.read().await?;
        let counted: Vec<(Uuid, i64)> = account_membership::Entity::find()
            .select_only()
            .column(account_membership::Column::TenantId)
            .column_as(account_membership::Column::AccountId.count(), "logins")
            .group_by(account_membership::Column::TenantId)
            .into_tuple()
            .all(&connection)
            .await?;
        let known = |(id, logins): (Uuid, i64)| (TenantId(id), logins.unsigned_abs());
        Ok(counted.into_iter().map(known).collect())
    }

    /// Puts a tenant on hold, or takes it into use again, by which it is not to be deleted any more; false when there is
    /// none of that name, or it is being deleted. Waits for what is being done in it.
    pub async fn set_tenant_status(
        &self,
        slug: &str,
        status: TenantStatus,
        reason: Option<&str>,
    ) -> Result<bool, StoreError> {
        let mut update = tenant::Entity::update_many()
            .col_expr(tenant::Column::Status, Expr::value(status.word()))
            .col_expr(tenant::Column::StatusReason, Expr::value(reason));
        if status == TenantStatus::Active {
            let none = || Expr::value(Option::<DateTime<Utc>>::None);
            update = update
                .col_expr(tenant::Column::DeletionAskedAt, none())
                .col_expr(
                    tenant::Column::DeletionAskedBy,
                    Expr::value(Option::<Uuid>::None),
                )
                .col_expr(tenant::Column::DeletionDueAt, none());
        }
        self.change_tenant(update, slug).await
    }

    /// Puts a tenant on hold until it is deleted. One that is to be deleted already keeps to its day. False when there is
    /// none of that name, or it is being deleted.
    pub async fn plan_deletion(
        &self,
        slug: &str,
        planned: PlannedDeletion,
    ) -> Result<bool, StoreError> {
        let earlier = |column, new: Expr| Func::coalesce([Expr::col(column), new]).into();
        let update = tenant::Entity::update_many()
            .col_expr(
                tenant::Column::Status,
                Expr::value(TenantStatus::Suspended.word()),
            )
            .col_expr(
                tenant::Column::DeletionAskedAt,
                earlier(
                    tenant::Column::DeletionAskedAt,
                    Expr::value(planned.asked_at),
                ),
            )
            .col_expr(
                tenant::Column::DeletionAskedBy,
                earlier(
                    tenant::Column::DeletionAskedBy,
                    Expr::value(planned.asked_by.0),
                ),
            )
            .col_expr(
                tenant::Column::DeletionDueAt,
                earlier(tenant::Column::DeletionDueAt, Expr::value(planned.due_at)),
            );
        self.change_tenant(update, slug).await
    }

    /// Adds a tenant.
    ///
    /// # Errors
    /// `Conflict` when the slug is taken.
    pub async fn create_tenant(&self, tenant: TenantRecord) -> Result<(), StoreError> {
        let connection = self.write().await?;
        let row = tenant::ActiveModel {
            id: Set(tenant.id.0),
            slug: Set(tenant.slug),
            name: Set(tenant.name),
            status: Set(tenant.status.word().to_owned()),
            settings: Set(tenant.settings),
            created_at: Set(tenant.created_at),
            ..Default::default()
        };
        connection.execute(&Insert::one(row).into_query()).await?;
        connection.commit().await
    }
}

impl PlatformStore {
    async fn change_tenant(
        &self,
        update: UpdateMany<tenant::Entity>,
        slug: &str,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let changed = update
            .filter(tenant::Column::Slug.eq(slug))
            .filter(tenant::Column::Status.ne(TenantStatus::Deleting.word()))
            .exec(&connection)
            .await?;
        let own = tenant::Entity::find().filter(tenant::Column::Slug.eq(slug));
        if let Some(own) = own.one(&connection).await? {
            connection.hint(Hint::tenant(TenantId(own.id)));
        }
        connection.commit().await?;
        Ok(changed.rows_affected == 1)
    }
}

impl WriteTx {
    /// The tenant itself, to change what lies around its complaints: people, courses, days on which it is closed. Until the
    /// commit nobody else does, and nobody acts on a complaint. Ask for it before any other lock.
    ///
    /// # Errors
    /// `Corrupt` when there is none.
    pub async fn hold_surroundings(&self) -> Result<TenantRecord, StoreError> {
        self.scope.hint_tenant();
        // Not FOR UPDATE: rows that refer to the tenant may be written meanwhile.
        self.own_tenant(LockType::NoKeyUpdate).await
    }

    /// The tenant itself. Until the commit nobody changes what lies around complaints: it is told by
    /// [`hold_surroundings`](Self::hold_surroundings), and waits. Ask for it before any other lock.
    ///
    /// # Errors
    /// `Corrupt` when there is none.
    pub async fn share_surroundings(&self) -> Result<TenantRecord, StoreError> {
        self.own_tenant(LockType::Share).await
    }

    async fn own_tenant(&self, lock: LockType) -> Result<TenantRecord, StoreError> {
        let own = self.scope.own_tenant(lock).await?;
        own.ok_or_else(|| StoreError::corrupt("a tenant is missing"))?
            .try_into()
    }

    /// Writes the settings of the tenant itself.
    pub async fn write_settings(&self, settings: Value) -> Result<(), StoreError> {
        self.scope.write_settings(settings).await
    }
}

impl TenantStatus {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deleting => "deleting",
        }
    }
}

impl TryFrom<tenant::Model> for TenantRecord {
    type Error = StoreError;

    fn try_from(row: tenant::Model) -> Result<Self, StoreError> {
        let all = [
            TenantStatus::Active,
            TenantStatus::Suspended,
            TenantStatus::Deleting,
        ];
        let status = all
            .into_iter()
            .find(|status| status.word() == row.status)
            .ok_or_else(|| StoreError::corrupt("a tenant has an unknown status"))?;
        let planned = (
            row.deletion_asked_at,
            row.deletion_asked_by,
            row.deletion_due_at,
        );
        let deletion = match planned {
            (Some(asked_at), Some(asked_by), Some(due_at)) => Some(PlannedDeletion {
                asked_at,
                asked_by: AccountId(asked_by),
                due_at,
            }),
            _ => None,
        };
        Ok(Self {
            id: TenantId(row.id),
            slug: row.slug,
            name: row.name,
            status,
            settings: row.settings,
            created_at: row.created_at,
            status_reason: row.status_reason,
            deletion,
        })
    }
}
