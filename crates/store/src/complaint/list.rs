//! Lists of complaints, by keyset.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, Order};
use wederhoor_procedure::ComplaintId;

use super::filter::ComplaintFilter;
use super::record::{ComplaintRow, Listed};
use crate::entity::{complaint, course, member};
use crate::{ReadTx, StoreError};

/// How a list is sorted; the id settles what is equal, and rows without the value come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplaintOrder {
    /// Newest first.
    ReceivedDesc,
    /// Oldest first.
    ReceivedAsc,
    /// What is due first comes first.
    NextDueAsc,
    /// What was closed last comes first.
    ClosedDesc,
}

/// The place in a list after which the next page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CursorKey {
    /// What the list is sorted by, of the last row seen.
    pub value: Option<DateTime<Utc>>,
    /// Its id.
    pub id: ComplaintId,
}

impl ComplaintOrder {
    /// The place of a row in a list sorted this way.
    pub fn cursor(self, row: &ComplaintRow) -> CursorKey {
        let value = match self {
            Self::ReceivedDesc | Self::ReceivedAsc => Some(row.projection.received_at),
            Self::NextDueAsc => row.projection.next_due_at,
            Self::ClosedDesc => row.projection.closed_at,
        };
        CursorKey { value, id: row.id }
    }

    fn column(self) -> complaint::Column {
        match self {
            Self::ReceivedDesc | Self::ReceivedAsc => complaint::Column::ReceivedAt,
            Self::NextDueAsc => complaint::Column::NextDueAt,
            Self::ClosedDesc => complaint::Column::ClosedAt,
        }
    }

    fn direction(self) -> Order {
        match self {
            Self::ReceivedAsc | Self::NextDueAsc => Order::Asc,
            Self::ReceivedDesc | Self::ClosedDesc => Order::Desc,
        }
    }

    /// Whether some rows have no value to sort by.
    fn is_sparse(self) -> bool {
        matches!(self, Self::NextDueAsc | Self::ClosedDesc)
    }

    fn after(self, cursor: CursorKey) -> Condition {
        let pair = Expr::tuple([column(self.column()), column(complaint::Column::Id)]);
        let id = cursor.id.0;
        let Some(value) = cursor.value else {
            let id_after = match self.direction() {
                Order::Asc => complaint::Column::Id.gt(id),
                _ => complaint::Column::Id.lt(id),
            };
            return Condition::all().add(self.column().is_null()).add(id_after);
        };
        let seen = Expr::tuple([Expr::val(value), Expr::val(id)]);
        let beyond = match self.direction() {
            Order::Asc => pair.gt(seen),
            _ => pair.lt(seen),
        };
        let beyond = Condition::any().add(beyond);
        if self.is_sparse() {
            beyond.add(self.column().is_null())
        } else {
            beyond
        }
    }
}

impl ReadTx {
    /// At most `limit` complaints after the cursor, with the names that a list shows, in one statement.
    pub async fn complaints(
        &self,
        filter: &ComplaintFilter,
        order: ComplaintOrder,
        after: Option<CursorKey>,
        limit: u64,
    ) -> Result<Vec<ComplaintRow>, StoreError> {
        let mut list = self
            .scope
            .find::<complaint::Entity>()
            .left_join::<member::Entity>(
                "handler",
                (complaint::Column::HandlerId, member::Column::Id),
            )
            .left_join::<course::Entity>("about", (complaint::Column::CourseId, course::Column::Id))
            .column(
                Expr::col((Alias::new("handler"), member::Column::Name)),
                "handler_name",
            )
            .column(
                Expr::col((Alias::new("about"), course::Column::Title)),
                "course_title",
            )
            .filter(filter.condition(&self.scope));
        if let Some(cursor) = after {
            list = list.filter(order.after(cursor));
        }
        if order.is_sparse() {
            list = list.order(column(order.column()).is_null(), Order::Asc);
        }
        list.order(order.column(), order.direction())
            .order(complaint::Column::Id, order.direction())
            .limit(limit)
            .rows::<Listed>()
            .await?
            .into_iter()
            .map(ComplaintRow::try_from)
            .collect()
    }

    /// How many complaints there are.
    pub async fn count_complaints(&self, filter: &ComplaintFilter) -> Result<u64, StoreError> {
        self.scope
            .find::<complaint::Entity>()
            .filter(filter.condition(&self.scope))
            .count()
            .await
    }

    /// One complaint, whoever may see it.
    pub async fn complaint(&self, id: ComplaintId) -> Result<Option<ComplaintRow>, StoreError> {
        let filter = ComplaintFilter {
            ids: Some(vec![id]),
            ..ComplaintFilter::default()
        };
        Ok(self
            .complaints(&filter, ComplaintOrder::ReceivedDesc, None, 1)
            .await?
            .pop())
    }
}

fn column(column: complaint::Column) -> Expr {
    Expr::col((complaint::Entity, column))
}
