//! Who may see a complaint: the rows that lists are filtered by.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait};
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;

use crate::entity::complaint_audience;
use crate::scope::Scope;
use crate::{ReadTx, StoreError, WriteTx};

/// The level that shuts a viewer out, whatever other keys that viewer has.
pub(super) const EXCLUDED: &str = "excluded";
/// The level that sees everything.
const OFFICIAL: &str = "official";

/// One who may see a complaint, or may not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AudienceRow {
    /// A key of the viewer, such as `member:<uuid>`, `role:administrator` or `pool:handler`.
    pub viewer: String,
    /// How much is seen; `excluded` shuts out.
    pub level: String,
}

impl ReadTx {
    /// The rows for these keys at these complaints: from them follows how much the viewer sees.
    pub async fn audience_levels(
        &self,
        complaints: &[ComplaintId],
        keys: &[String],
    ) -> Result<Vec<(ComplaintId, AudienceRow)>, StoreError> {
        let ids = complaints.iter().map(|id| id.0);
        let rows = self
            .scope
            .find::<complaint_audience::Entity>()
            .filter(complaint_audience::Column::ComplaintId.is_in(ids))
            .filter(complaint_audience::Column::Viewer.is_in(keys.iter().cloned()))
            .all()
            .await?;
        Ok(rows.into_iter().map(record).collect())
    }

    /// Everybody who may see these complaints, or may not, each in order.
    pub async fn audiences(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<BTreeMap<ComplaintId, Vec<AudienceRow>>, StoreError> {
        let rows = self
            .scope
            .find::<complaint_audience::Entity>()
            .filter(complaint_audience::Column::ComplaintId.is_in(complaints.iter().map(|id| id.0)))
            .all()
            .await?;
        let mut audiences: BTreeMap<ComplaintId, Vec<AudienceRow>> = BTreeMap::new();
        for (id, row) in rows.into_iter().map(record) {
            audiences.entry(id).or_default().push(row);
        }
        for rows in audiences.values_mut() {
            rows.sort();
        }
        Ok(audiences)
    }

    /// Everybody who may see a complaint, or may not.
    pub async fn audience(&self, complaint: ComplaintId) -> Result<Vec<AudienceRow>, StoreError> {
        let mut audiences = self.audiences(&[complaint]).await?;
        Ok(audiences.remove(&complaint).unwrap_or_default())
    }
}

impl WriteTx {
    pub(super) async fn replace_audience(
        &self,
        complaint: ComplaintId,
        is_new: bool,
        audience: Vec<AudienceRow>,
    ) -> Result<(), StoreError> {
        if !is_new {
            let mine = complaint_audience::Column::ComplaintId.eq(complaint.0);
            self.scope
                .delete::<complaint_audience::Entity>()
                .filter(mine)
                .run()
                .await?;
        }
        self.scope
            .insert_all(
                audience
                    .into_iter()
                    .map(|row| complaint_audience::ActiveModel {
                        complaint_id: Set(complaint.0),
                        viewer: Set(row.viewer),
                        level: Set(row.level),
                        ..Default::default()
                    }),
            )
            .await
    }
}

/// Audience rows of one complaint with these keys, at a level that lets in, or at the one that shuts out.
pub(super) fn rows_of(complaint: Expr, keys: &[String], shut_out: bool) -> Condition {
    let level = complaint_audience::Column::Level;
    keyed(complaint, keys).add(if shut_out {
        level.eq(EXCLUDED)
    } else {
        level.ne(EXCLUDED)
    })
}

/// Audience rows at any other level than that which sees everything.
pub(super) fn not_official() -> Expr {
    complaint_audience::Column::Level.ne(OFFICIAL)
}

/// Whether one of these keys sees the complaint as an official.
pub(crate) fn seen_as_official<E: EntityTrait>(
    scope: &Scope,
    keys: &[String],
    complaint: (E, E::Column),
) -> Expr {
    let id = Expr::col((complaint.0, complaint.1));
    let level = complaint_audience::Column::Level.eq(OFFICIAL);
    scope.exists_in::<complaint_audience::Entity>(keyed(id, keys).add(level))
}

fn keyed(complaint: Expr, keys: &[String]) -> Condition {
    let about = (
        complaint_audience::Entity,
        complaint_audience::Column::ComplaintId,
    );
    Condition::all()
        .add(Expr::col(about).eq(complaint))
        .add(complaint_audience::Column::Viewer.is_in(keys.iter().cloned()))
}

fn record(row: complaint_audience::Model) -> (ComplaintId, AudienceRow) {
    let id: Uuid = row.complaint_id;
    (
        ComplaintId(id),
        AudienceRow {
            viewer: row.viewer,
            level: row.level,
        },
    )
}
