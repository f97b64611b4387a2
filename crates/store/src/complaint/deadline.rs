//! The deadlines of complaints, and the work that they make.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, FromQueryResult, Order};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, MemberId};

use super::filter::{Viewer, seen_by};
use crate::entity::{complaint, complaint_deadline};
use crate::{ReadTx, StoreError, WriteTx};

/// A deadline of a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineRow {
    /// What is due.
    pub kind: String,
    /// Which one, where there are several of a kind.
    pub key: String,
    /// The last day.
    pub due_on: NaiveDate,
    /// The exclusive instant.
    pub due_at: DateTime<Utc>,
    /// When it was met.
    pub met_at: Option<DateTime<Utc>>,
    /// When it lapsed.
    pub lapsed_at: Option<DateTime<Utc>>,
}

/// An open deadline in a work queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// The complaint.
    pub complaint_id: ComplaintId,
    /// What people quote.
    pub reference: String,
    /// Who decides it now.
    pub handler_id: Option<MemberId>,
    /// What is due.
    pub deadline: DeadlineRow,
}

#[derive(FromQueryResult)]
struct Queued {
    complaint_id: Uuid,
    kind: String,
    key: String,
    due_on: NaiveDate,
    due_at: DateTime<Utc>,
    met_at: Option<DateTime<Utc>>,
    lapsed_at: Option<DateTime<Utc>>,
    reference: Option<String>,
    handler_id: Option<Uuid>,
}

impl ReadTx {
    /// The deadlines of these complaints, the earliest first.
    ///
    /// # Errors
    /// As every statement.
    pub async fn deadlines(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<Vec<(ComplaintId, DeadlineRow)>, StoreError> {
        let rows = self
            .scope
            .find::<complaint_deadline::Entity>()
            .filter(complaint_deadline::Column::ComplaintId.is_in(complaints.iter().map(|id| id.0)))
            .order(complaint_deadline::Column::DueAt, Order::Asc)
            .order(complaint_deadline::Column::Kind, Order::Asc)
            .all()
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (ComplaintId(row.complaint_id), row.into()))
            .collect())
    }

    /// The open deadlines that end before an instant, of complaints that the viewer may see; the earliest first.
    /// Of closed complaints only those kinds that matter after closing, where an instant is named only once it is
    /// over by then.
    ///
    /// # Errors
    /// As every statement.
    pub async fn work_queue(
        &self,
        viewer: &Viewer,
        due_before: DateTime<Utc>,
        after_closing: &[(&str, Option<DateTime<Utc>>)],
        limit: u64,
    ) -> Result<Vec<WorkItem>, StoreError> {
        use complaint_deadline::Column as D;
        let queue = "queued";
        let closed_at = Expr::col((Alias::new(queue), complaint::Column::ClosedAt));
        let mut matters = Condition::any().add(closed_at.is_null());
        for (kind, over_by) in after_closing {
            let mut one = Condition::all().add(D::Kind.eq(*kind));
            if let Some(by) = over_by {
                one = one.add(D::DueAt.lte(*by));
            }
            matters = matters.add(one);
        }
        let rows = self
            .scope
            .find::<complaint_deadline::Entity>()
            .left_join::<complaint::Entity>(queue, (D::ComplaintId, complaint::Column::Id))
            .column(
                Expr::col((Alias::new(queue), complaint::Column::Reference)),
                "reference",
            )
            .column(
                Expr::col((Alias::new(queue), complaint::Column::HandlerId)),
                "handler_id",
            )
            .filter(D::DueAt.lt(due_before))
            .filter(D::MetAt.is_null().and(D::LapsedAt.is_null()))
            .filter(matters)
            .filter(seen_by(
                &self.scope,
                viewer,
                (complaint_deadline::Entity, D::ComplaintId),
            ))
            .order(D::DueAt, Order::Asc)
            .order(D::ComplaintId, Order::Asc)
            .limit(limit)
            .rows::<Queued>()
            .await?;
        Ok(rows.into_iter().map(WorkItem::from).collect())
    }
}

impl WriteTx {
    pub(super) async fn replace_deadlines(
        &self,
        complaint: ComplaintId,
        is_new: bool,
        deadlines: Vec<DeadlineRow>,
    ) -> Result<(), StoreError> {
        if !is_new {
            let mine = complaint_deadline::Column::ComplaintId.eq(complaint.0);
            self.scope
                .delete::<complaint_deadline::Entity>()
                .filter(mine)
                .run()
                .await?;
        }
        self.scope
            .insert_all(
                deadlines
                    .into_iter()
                    .map(|row| complaint_deadline::ActiveModel {
                        complaint_id: Set(complaint.0),
                        kind: Set(row.kind),
                        key: Set(row.key),
                        due_on: Set(row.due_on),
                        due_at: Set(row.due_at),
                        met_at: Set(row.met_at),
                        lapsed_at: Set(row.lapsed_at),
                        ..Default::default()
                    }),
            )
            .await
    }
}

impl From<complaint_deadline::Model> for DeadlineRow {
    fn from(row: complaint_deadline::Model) -> Self {
        Self {
            kind: row.kind,
            key: row.key,
            due_on: row.due_on,
            due_at: row.due_at,
            met_at: row.met_at,
            lapsed_at: row.lapsed_at,
        }
    }
}

impl From<Queued> for WorkItem {
    fn from(row: Queued) -> Self {
        Self {
            complaint_id: ComplaintId(row.complaint_id),
            reference: row.reference.unwrap_or_default(),
            handler_id: row.handler_id.map(MemberId),
            deadline: DeadlineRow {
                kind: row.kind,
                key: row.key,
                due_on: row.due_on,
                due_at: row.due_at,
                met_at: row.met_at,
                lapsed_at: row.lapsed_at,
            },
        }
    }
}
