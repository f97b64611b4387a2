//! The deadlines of complaints, and the work that they make.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, FromQueryResult, Order, Select};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, MemberId};

use super::audience::seen_as_official;
use super::filter::{Viewer, seen_by};
use crate::entity::{complaint, complaint_deadline};
use crate::scope::Scoped;
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

/// Which open deadlines a work queue holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkFilter {
    /// Whose queue it is: only complaints that they may see.
    pub viewer: Viewer,
    /// Only complaints that the viewer sees as an official.
    pub as_official: bool,
    /// Only what ends before.
    pub due_before: DateTime<Utc>,
    /// These kinds only once they are over by an instant, or not at all where none is named.
    pub once_over: Vec<(String, Option<DateTime<Utc>>)>,
    /// These kinds only where the viewer sees the complaint as an official.
    pub internal: Vec<String>,
}

/// By when what a work queue holds is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkBounds {
    /// What ended by then is overdue.
    pub now: DateTime<Utc>,
    /// The day of it.
    pub today: NaiveDate,
    /// The last day of its week.
    pub week_ends_on: NaiveDate,
}

/// How much a work queue holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// What is overdue.
    pub overdue: u64,
    /// What is due that day, and not overdue.
    pub due_today: u64,
    /// What is due from that day to the end of its week, and not overdue.
    pub due_this_week: u64,
    /// All of it.
    pub total: u64,
}

/// The place in a work queue after which the next page starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkKey {
    /// When the last row seen is due.
    pub due_at: DateTime<Utc>,
    /// Its complaint.
    pub complaint: ComplaintId,
    /// What is due.
    pub kind: String,
    /// Which one of that kind.
    pub key: String,
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

/// The name under which the complaint is joined.
const QUEUED: &str = "queued";
/// What the queue is sorted by.
const PLACE: [complaint_deadline::Column; 4] = [
    complaint_deadline::Column::DueAt,
    complaint_deadline::Column::ComplaintId,
    complaint_deadline::Column::Kind,
    complaint_deadline::Column::Key,
];

#[derive(FromQueryResult)]
struct Sums {
    overdue: i64,
    today: i64,
    week: i64,
    total: i64,
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

    /// At most `limit` open deadlines after the place, the earliest first; the complaint, the kind and the key settle
    /// what is equal.
    pub async fn work_queue(
        &self,
        filter: &WorkFilter,
        after: Option<&WorkKey>,
        limit: u64,
    ) -> Result<Vec<WorkItem>, StoreError> {
        let complaint = |column| Expr::col((Alias::new(QUEUED), column));
        let mut list = self
            .queued(filter)
            .column(complaint(complaint::Column::Reference), "reference")
            .column(complaint(complaint::Column::HandlerId), "handler_id");
        if let Some(after) = after {
            list = list.filter(Expr::tuple(PLACE.map(column)).gt(place(after)));
        }
        for by in PLACE {
            list = list.order(by, Order::Asc);
        }
        let rows = list.limit(limit).rows::<Queued>().await?;
        Ok(rows.into_iter().map(WorkItem::from).collect())
    }

    /// How many deadlines a work queue holds.
    pub async fn count_work(&self, filter: &WorkFilter) -> Result<u64, StoreError> {
        self.queued(filter).count().await
    }

    /// How many deadlines of open complaints have ended by an instant, whoever may see them.
    pub async fn count_overdue(&self, by: DateTime<Utc>) -> Result<u64, StoreError> {
        use complaint_deadline::Column as D;
        let closed_at = Expr::col((Alias::new(QUEUED), complaint::Column::ClosedAt));
        self.scope
            .find::<complaint_deadline::Entity>()
            .left_join::<complaint::Entity>(QUEUED, (D::ComplaintId, complaint::Column::Id))
            .filter(D::DueAt.lte(by))
            .filter(D::MetAt.is_null().and(D::LapsedAt.is_null()))
            .filter(closed_at.is_null())
            .count()
            .await
    }

    /// How much of it is due by when, in one statement.
    pub async fn count_waiting(
        &self,
        filter: &WorkFilter,
        by: WorkBounds,
    ) -> Result<Waiting, StoreError> {
        use complaint_deadline::Column as D;
        let is_over = || Condition::all().add(D::DueAt.lte(by.now));
        let is_due_by = |day: NaiveDate| {
            Condition::all()
                .add(D::DueAt.gt(by.now))
                .add(D::DueOn.lte(day))
        };
        let counted = |condition: Condition| {
            let row: Expr = Expr::case(condition, 1).into();
            row.count()
        };
        let sums = self
            .queued(filter)
            .select_only()
            .column(counted(is_over()), "overdue")
            .column(counted(is_due_by(by.today)), "today")
            .column(counted(is_due_by(by.week_ends_on)), "week")
            .column(column(D::ComplaintId).count(), "total")
            .rows::<Sums>()
            .await?;
        Ok(sums.first().map_or_else(Waiting::default, Waiting::from))
    }

    fn queued(&self, filter: &WorkFilter) -> Scoped<'_, Select<complaint_deadline::Entity>> {
        use complaint_deadline::Column as D;
        let about = (complaint_deadline::Entity, D::ComplaintId);
        let mut matters = Condition::all();
        for (kind, over_by) in &filter.once_over {
            let over = over_by.map(|by| D::DueAt.lte(by));
            matters = matters.add(
                Condition::any()
                    .add(D::Kind.ne(kind.as_str()))
                    .add_option(over),
            );
        }
        let open = self
            .scope
            .find::<complaint_deadline::Entity>()
            .left_join::<complaint::Entity>(QUEUED, (D::ComplaintId, complaint::Column::Id))
            .filter(D::DueAt.lt(filter.due_before))
            .filter(D::MetAt.is_null().and(D::LapsedAt.is_null()))
            .filter(matters)
            .filter(seen_by(&self.scope, &filter.viewer, about));
        if !filter.as_official && filter.internal.is_empty() {
            return open;
        }
        let official = seen_as_official(&self.scope, &filter.viewer.keys, about);
        if filter.as_official {
            return open.filter(official);
        }
        open.filter(
            Condition::any()
                .add(D::Kind.is_not_in(filter.internal.iter().cloned()))
                .add(official),
        )
    }
}

fn column(column: complaint_deadline::Column) -> Expr {
    Expr::col((complaint_deadline::Entity, column))
}

fn place(key: &WorkKey) -> Expr {
    Expr::tuple([
        Expr::val(key.due_at),
        Expr::val(key.complaint.0),
        Expr::val(key.kind.as_str()),
        Expr::val(key.key.as_str()),
    ])
}

impl WorkItem {
    /// Its place in the queue.
    pub fn place(&self) -> WorkKey {
        WorkKey {
            due_at: self.deadline.due_at,
            complaint: self.complaint_id,
            kind: self.deadline.kind.clone(),
            key: self.deadline.key.clone(),
        }
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

impl From<&Sums> for Waiting {
    fn from(sums: &Sums) -> Self {
        Self {
            overdue: sums.overdue.unsigned_abs(),
            due_today: sums.today.unsigned_abs(),
            due_this_week: sums.week.unsigned_abs(),
            total: sums.total.unsigned_abs(),
        }
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
