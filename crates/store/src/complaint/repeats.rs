//! Other complaints, as far as a complaint that they are linked to needs to know of them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, FromQueryResult, sea_query::Alias, sea_query::Expr};
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;

use crate::entity::{complaint, complaint_audience};
use crate::{AudienceRow, ReadTx, StoreError};

/// A complaint of which there is a dossier, with its cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatRecord {
    /// What people quote.
    pub reference: String,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// What it was about.
    pub cause: String,
    /// Who may see it now, or may not.
    pub audience: Vec<AudienceRow>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    reference: String,
    received_at: DateTime<Utc>,
    cause: String,
    viewer: Option<String>,
    level: Option<String>,
}

impl ReadTx {
    /// These complaints, in one statement; without those of which no cause is known any more.
    pub async fn repeats(
        &self,
        ids: &[ComplaintId],
    ) -> Result<BTreeMap<ComplaintId, RepeatRecord>, StoreError> {
        use complaint::Column as C;
        use complaint_audience::Column as A;
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let seen = |column: A| Expr::col((Alias::new("seen"), column));
        let rows = self
            .scope
            .find::<complaint::Entity>()
            .left_join::<complaint_audience::Entity>("seen", (C::Id, A::ComplaintId))
            .column(seen(A::Viewer), "viewer")
            .column(seen(A::Level), "level")
            .filter(C::Id.is_in(ids.iter().map(|id| id.0)))
            .filter(C::Cause.is_not_null())
            .rows::<Row>()
            .await?;
        let mut found = BTreeMap::new();
        for row in rows {
            let one = found.entry(ComplaintId(row.id)).or_insert(RepeatRecord {
                reference: row.reference,
                received_at: row.received_at,
                cause: row.cause,
                audience: Vec::new(),
            });
            if let Some((viewer, level)) = row.viewer.zip(row.level) {
                one.audience.push(AudienceRow { viewer, level });
            }
        }
        Ok(found)
    }
}
