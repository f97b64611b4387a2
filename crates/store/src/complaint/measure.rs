//! Measures that are still to be done, by who sees to them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, FromQueryResult, Order, Select};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, MeasureId, MemberId, decide::DueMeasure};

use crate::entity::{complaint, measure_due};
use crate::scope::Scoped;
use crate::{ReadTx, StoreError, WriteTx};

/// A measure as an overview names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueMeasureRecord {
    /// What people quote of the complaint it came from.
    pub reference: String,
    /// The last day.
    pub due_on: NaiveDate,
}

#[derive(FromQueryResult)]
struct Named {
    reference: Option<String>,
    due_on: NaiveDate,
}

#[derive(FromQueryResult)]
struct Count {
    member_id: Uuid,
    measures: i64,
}

impl ReadTx {
    /// How many measures are to be done by a day, or should have been, by who sees to them; nobody who has none.
    pub async fn count_measures_due(
        &self,
        by: NaiveDate,
    ) -> Result<BTreeMap<MemberId, u64>, StoreError> {
        use measure_due::Column as M;
        let due = self.scope.find::<measure_due::Entity>();
        let member = Expr::col((measure_due::Entity, M::MemberId));
        let counts = due
            .filter(M::DueOn.lte(by))
            .select_only()
            .column(member.clone(), "member_id")
            .column(member.count(), "measures")
            .group_by(M::MemberId)
            .rows::<Count>()
            .await?;
        let counts = counts.into_iter();
        let each = counts.map(|one| (MemberId(one.member_id), one.measures.unsigned_abs()));
        Ok(each.collect())
    }

    /// At most `limit` of those of one member; what is due first comes first.
    pub async fn measures_due(
        &self,
        member: MemberId,
        by: NaiveDate,
        limit: u64,
    ) -> Result<Vec<DueMeasureRecord>, StoreError> {
        let rows = self.due_of(member, by).limit(limit).rows::<Named>().await?;
        let named = rows.into_iter().map(|row| DueMeasureRecord {
            reference: row.reference.unwrap_or_default(),
            due_on: row.due_on,
        });
        Ok(named.collect())
    }

    pub(crate) fn due_of(
        &self,
        member: MemberId,
        by: NaiveDate,
    ) -> Scoped<'_, Select<measure_due::Entity>> {
        use measure_due::Column as M;
        let reference = Expr::col((Alias::new("about"), complaint::Column::Reference));
        let due = self.scope.find::<measure_due::Entity>();
        due.left_join::<complaint::Entity>("about", (M::ComplaintId, complaint::Column::Id))
            .column(reference, "reference")
            .filter(M::MemberId.eq(member.0))
            .filter(M::DueOn.lte(by))
            .order(M::DueOn, Order::Asc)
            .order(M::ComplaintId, Order::Asc)
            .order(M::MeasureId, Order::Asc)
    }

    /// All that are still to be done of these complaints, each in order.
    pub async fn measures_due_of(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<BTreeMap<ComplaintId, Vec<DueMeasure>>, StoreError> {
        use measure_due::Column as M;
        let rows = self
            .scope
            .find::<measure_due::Entity>()
            .filter(M::ComplaintId.is_in(complaints.iter().map(|id| id.0)))
            .order(M::MeasureId, Order::Asc)
            .order(M::MemberId, Order::Asc)
            .all()
            .await?;
        let mut due: BTreeMap<ComplaintId, Vec<DueMeasure>> = BTreeMap::new();
        for row in rows {
            let one = DueMeasure {
                measure: MeasureId(row.measure_id),
                member: MemberId(row.member_id),
                due_on: row.due_on,
            };
            due.entry(ComplaintId(row.complaint_id))
                .or_default()
                .push(one);
        }
        Ok(due)
    }
}

impl WriteTx {
    pub(super) async fn replace_measures_due(
        &self,
        complaint: ComplaintId,
        is_new: bool,
        measures: Vec<DueMeasure>,
    ) -> Result<(), StoreError> {
        if !is_new {
            let mine = measure_due::Column::ComplaintId.eq(complaint.0);
            self.scope
                .delete::<measure_due::Entity>()
                .filter(mine)
                .run()
                .await?;
        }
        let rows = measures.into_iter().map(|one| measure_due::ActiveModel {
            complaint_id: Set(complaint.0),
            measure_id: Set(one.measure.0),
            member_id: Set(one.member.0),
            due_on: Set(one.due_on),
            ..Default::default()
        });
        self.scope.insert_all(rows).await
    }
}
