//! Work that fails again and again, for who operates the platform: whose, of what kind, and how often, without its content.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{PlatformStore, WorkKind};
use crate::StoreError;
use crate::convert::unsigned;
use crate::entity::{due_work, tenant};

/// A piece of work that has failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StuckWork {
    /// The name of the organisation in addresses.
    pub slug: String,
    /// What kind.
    pub kind: WorkKind,
    /// Of what.
    pub subject_id: Uuid,
    /// Since when it is due, on the procedure's clock.
    pub due_at: DateTime<Utc>,
    /// How often it has failed.
    pub failures: u32,
    /// When it is tried again, in real time; `None`: as soon as there is a worker.
    pub retry_at: Option<DateTime<Utc>>,
}

impl PlatformStore {
    /// At most `limit` pieces of work that have failed at least so often, what is due longest first.
    pub async fn stuck_work(
        &self,
        failures: u32,
        limit: u64,
    ) -> Result<Vec<StuckWork>, StoreError> {
        use due_work::Column as C;
        let connection = self.read().await?;
        let rows = due_work::Entity::find()
            .filter(C::Failures.gte(failures))
            .order_by_asc(C::DueAt)
            .order_by_asc(C::SubjectId)
            .order_by_asc(C::Kind)
            .limit(limit)
            .all(&connection)
            .await?;
        let whose = rows.iter().map(|row| row.tenant_id);
        let slugs: Vec<(Uuid, String)> = tenant::Entity::find()
            .select_only()
            .columns([tenant::Column::Id, tenant::Column::Slug])
            .filter(tenant::Column::Id.is_in(whose))
            .into_tuple()
            .all(&connection)
            .await?;
        let slug_of = |id: Uuid| slugs.iter().find(|(known, _)| *known == id);
        let stuck = rows.iter().filter_map(|row| {
            let (_, slug) = slug_of(row.tenant_id)?;
            Some((row, WorkKind::read(&row.kind)?, slug.clone()))
        });
        stuck
            .map(|(row, kind, slug)| {
                Ok(StuckWork {
                    slug,
                    kind,
                    subject_id: row.subject_id,
                    due_at: row.due_at,
                    failures: unsigned(row.failures)?,
                    retry_at: row.leased_until,
                })
            })
            .collect()
    }

    /// Lets a piece of work that has failed be tried at once; whether there is one. How often it has failed stays.
    pub async fn retry_work(
        &self,
        slug: &str,
        kind: WorkKind,
        subject: Uuid,
    ) -> Result<bool, StoreError> {
        use due_work::Column as C;
        let connection = self.write().await?;
        let whose = tenant::Entity::find()
            .filter(tenant::Column::Slug.eq(slug))
            .one(&connection)
            .await?;
        let Some(whose) = whose else {
            return Ok(false);
        };
        let freed = due_work::Entity::update_many()
            .col_expr(C::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
            .filter(C::TenantId.eq(whose.id))
            .filter(C::Kind.eq(kind.word()))
            .filter(C::SubjectId.eq(subject))
            .filter(C::Failures.gt(0))
            .exec(&connection)
            .await?;
        connection.commit().await?;
        Ok(freed.rows_affected == 1)
    }
}
