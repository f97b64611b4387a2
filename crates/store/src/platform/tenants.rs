//! Tenants.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Insert, QueryFilter, QueryOrder,
    QueryTrait,
};
use serde_json::Value;
use wederhoor_procedure::TenantId;

use super::PlatformStore;
use crate::entity::tenant;
use crate::{StoreError, WriteTx};

/// Whether a tenant may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantStatus {
    /// It may.
    Active,
    /// The operator has put it on hold.
    Suspended,
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
}

impl PlatformStore {
    /// The tenant with this name in addresses.
    ///
    /// # Errors
    /// As every statement.
    pub async fn tenant_by_slug(&self, slug: &str) -> Result<Option<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let row = tenant::Entity::find()
            .filter(tenant::Column::Slug.eq(slug))
            .one(&connection)
            .await?;
        row.map(TenantRecord::try_from).transpose()
    }

    /// The tenant with this id.
    ///
    /// # Errors
    /// As every statement.
    pub async fn tenant_by_id(&self, id: TenantId) -> Result<Option<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let row = tenant::Entity::find_by_id(id.0).one(&connection).await?;
        row.map(TenantRecord::try_from).transpose()
    }

    /// All tenants, by slug.
    ///
    /// # Errors
    /// As every statement.
    pub async fn tenants(&self) -> Result<Vec<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let rows = tenant::Entity::find()
            .order_by_asc(tenant::Column::Slug)
            .all(&connection)
            .await?;
        rows.into_iter().map(TenantRecord::try_from).collect()
    }

    /// The tenants with these ids, in no order.
    ///
    /// # Errors
    /// As every statement.
    pub async fn tenants_by_id(&self, ids: &[TenantId]) -> Result<Vec<TenantRecord>, StoreError> {
        let connection = self.read().await?;
        let rows = tenant::Entity::find()
            .filter(tenant::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .all(&connection)
            .await?;
        rows.into_iter().map(TenantRecord::try_from).collect()
    }

    /// Puts a tenant on hold, or takes it into use again; false when there is none of that name. Waits for what is being
    /// done in it.
    ///
    /// # Errors
    /// As every statement.
    pub async fn set_tenant_status(
        &self,
        slug: &str,
        status: TenantStatus,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let changed = tenant::Entity::update_many()
            .col_expr(tenant::Column::Status, Expr::value(status.word()))
            .filter(tenant::Column::Slug.eq(slug))
            .exec(&connection)
            .await?;
        connection.commit().await?;
        Ok(changed.rows_affected == 1)
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
        };
        connection.execute(&Insert::one(row).into_query()).await?;
        connection.commit().await
    }
}

impl WriteTx {
    /// The tenant itself, to change what lies around its complaints: people, courses, days on which it is closed. Until the
    /// commit nobody else does, and nobody acts on a complaint. Ask for it before any other lock.
    ///
    /// # Errors
    /// `Corrupt` when there is none.
    pub async fn hold_surroundings(&self) -> Result<TenantRecord, StoreError> {
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
    ///
    /// # Errors
    /// As every statement.
    pub async fn write_settings(&self, settings: Value) -> Result<(), StoreError> {
        self.scope.write_settings(settings).await
    }
}

impl TenantStatus {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }
}

impl TryFrom<tenant::Model> for TenantRecord {
    type Error = StoreError;

    fn try_from(row: tenant::Model) -> Result<Self, StoreError> {
        let status = [TenantStatus::Active, TenantStatus::Suspended]
            .into_iter()
            .find(|status| status.word() == row.status)
            .ok_or_else(|| StoreError::corrupt("a tenant has an unknown status"))?;
        Ok(Self {
            id: TenantId(row.id),
            slug: row.slug,
            name: row.name,
            status,
            settings: row.settings,
            created_at: row.created_at,
        })
    }
}
