//! What complaints contribute to the figures, and the sums that are kept of it: in one transaction with what they follow from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use uuid::{Builder, Uuid};
use wederhoor_procedure::ComplaintId;
use wederhoor_procedure::figures::{CellKey, ComplaintFigures, Table, contributions};

use crate::chain::Entropy;
use crate::convert::unsigned;
use crate::entity::{fact_complaint, figure_cell};
use crate::{ReadTx, StoreError, WriteTx};

/// How many complaints are read together where all of them are.
const FACTS_AT_ONCE: u64 = 1_000;

/// How many complaints there are in cells.
pub type Cells = BTreeMap<CellKey, i64>;

/// What one complaint contributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRecord {
    /// The complaint.
    pub complaint: ComplaintId,
    /// What it is called where nobody may know which complaint it is: drawn at random, and never changed.
    pub row_key: Uuid,
    /// Its contribution.
    pub figures: ComplaintFigures,
}

/// A place in the list of facts, which is in the order of filing. It names no complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactPlace {
    /// The day of the last one seen.
    pub filed_on: NaiveDate,
    /// Its key.
    pub row_key: Uuid,
}

impl ReadTx {
    /// What these complaints contribute; what was never written is left out.
    pub async fn facts_of(&self, ids: &[ComplaintId]) -> Result<Vec<FactRecord>, StoreError> {
        let rows = self
            .scope
            .find::<fact_complaint::Entity>()
            .filter(fact_complaint::Column::ComplaintId.is_in(ids.iter().map(|id| id.0)));
        let rows = rows.all().await?;
        rows.into_iter().map(FactRecord::try_from).collect()
    }

    /// At most `limit` contributions after a place, in the order of filing.
    pub async fn facts(
        &self,
        after: Option<FactPlace>,
        limit: u64,
    ) -> Result<Vec<FactRecord>, StoreError> {
        use fact_complaint::Column as F;
        let mut list = self.scope.find::<fact_complaint::Entity>();
        if let Some(place) = after {
            let key = Expr::tuple([F::FiledOn, F::RowKey].map(Expr::col));
            let place = Expr::tuple([Expr::val(place.filed_on), Expr::val(place.row_key)]);
            list = list.filter(key.gt(place));
        }
        for by in [F::FiledOn, F::RowKey] {
            list = list.order(by, Order::Asc);
        }
        let rows = list.limit(limit).all().await?;
        rows.into_iter().map(FactRecord::try_from).collect()
    }

    /// How many complaints there are in the cells of these tables, of those that came in in these months, both included. Empty
    /// cells are left out.
    pub async fn cells(
        &self,
        tables: &[Table],
        months: (NaiveDate, NaiveDate),
    ) -> Result<Cells, StoreError> {
        use figure_cell::Column as C;
        let codes = tables.iter().map(|table| table.entry().code);
        let rows = self
            .scope
            .find::<figure_cell::Entity>()
            .filter(C::Month.gte(months.0).and(C::Month.lte(months.1)))
            .filter(C::Figure.is_in(codes))
            .filter(C::Complaints.ne(0));
        let rows = rows.all().await?;
        rows.into_iter().map(counted).collect()
    }

    /// The first day of the month in which the first complaint came in that is counted.
    pub async fn first_counted_month(&self) -> Result<Option<NaiveDate>, StoreError> {
        let first = self
            .scope
            .find::<figure_cell::Entity>()
            .filter(figure_cell::Column::Complaints.ne(0))
            .order(figure_cell::Column::Month, Order::Asc)
            .limit(1);
        Ok(first.one().await?.map(|cell| cell.month))
    }
}

impl WriteTx {
    /// Writes what a complaint contributes over what it did before; the sums follow with the commit. Whoever calls holds the
    /// complaint. Says whether anything is new.
    pub async fn write_figures(
        &self,
        complaint: ComplaintId,
        figures: &ComplaintFigures,
        entropy: Entropy<'_>,
    ) -> Result<bool, StoreError> {
        let before = self.facts_of(&[complaint]).await?.pop();
        match before {
            Some(before) if before.figures == *figures => return Ok(false),
            Some(before) => {
                self.scope
                    .update::<fact_complaint::Entity>()
                    .set(fact_complaint::Column::FiledOn, figures.filed_on)
                    .set(fact_complaint::Column::Figures, json(figures)?)
                    .filter(fact_complaint::Column::ComplaintId.eq(complaint.0))
                    .run()
                    .await?;
                self.scope.count(&contributions(&before.figures), -1);
                self.scope.count(&contributions(figures), 1);
            }
            None => self.insert_figures(complaint, figures, entropy).await?,
        }
        Ok(true)
    }

    /// As [`Self::write_figures`], of a complaint that is new.
    pub(crate) async fn insert_figures(
        &self,
        complaint: ComplaintId,
        figures: &ComplaintFigures,
        entropy: Entropy<'_>,
    ) -> Result<(), StoreError> {
        let mut random = [0; 16];
        entropy(&mut random);
        self.scope
            .insert(fact_complaint::ActiveModel {
                complaint_id: Set(complaint.0),
                row_key: Set(Builder::from_random_bytes(random).into_uuid()),
                filed_on: Set(figures.filed_on),
                figures: Set(json(figures)?),
                ..Default::default()
            })
            .await?;
        self.scope.count(&contributions(figures), 1);
        Ok(())
    }

    /// How far the sums are from what all complaints contribute; empty where they are equal. While this runs, and until the
    /// transaction ends, nobody else's write of a complaint ends.
    pub async fn differing_cells(&self) -> Result<Cells, StoreError> {
        self.scope.hold_cells().await?;
        let (mut differing, mut after) = (Cells::new(), None);
        loop {
            let facts = self.facts(after, FACTS_AT_ONCE).await?;
            let Some(last) = facts.last() else {
                break;
            };
            after = Some(last.place());
            for (key, count) in facts.iter().flat_map(|one| contributions(&one.figures)) {
                *differing.entry(key).or_default() += count;
            }
        }
        let kept = self.scope.find::<figure_cell::Entity>().all().await?;
        for (key, count) in kept
            .into_iter()
            .map(counted)
            .collect::<Result<Vec<_>, _>>()?
        {
            *differing.entry(key).or_default() -= count;
        }
        differing.retain(|_, count| *count != 0);
        Ok(differing)
    }

    /// Adds to the sums with the commit.
    pub fn mend_cells(&self, differing: &Cells) {
        self.scope.count(differing, 1);
    }
}

impl FactRecord {
    /// Its place in the list.
    pub fn place(&self) -> FactPlace {
        FactPlace {
            filed_on: self.figures.filed_on,
            row_key: self.row_key,
        }
    }
}

impl TryFrom<fact_complaint::Model> for FactRecord {
    type Error = StoreError;

    fn try_from(row: fact_complaint::Model) -> Result<Self, StoreError> {
        let figures = serde_json::from_value(row.figures);
        Ok(Self {
            complaint: ComplaintId(row.complaint_id),
            row_key: row.row_key,
            figures: figures
                .map_err(|_| StoreError::corrupt("what a complaint contributes cannot be read"))?,
        })
    }
}

fn json(figures: &ComplaintFigures) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(figures).map_err(|error| StoreError::Internal(error.to_string()))
}

fn counted(row: figure_cell::Model) -> Result<(CellKey, i64), StoreError> {
    let known = |table: &&Table| table.entry().code == row.figure;
    let table = Table::ALL.iter().find(known);
    let table = table.ok_or_else(|| StoreError::corrupt("a sum is of a figure that is unknown"))?;
    let key = CellKey {
        month: row.month,
        table: *table,
        value: row.value,
        days: unsigned(row.days)?,
    };
    Ok((key, row.complaints.into()))
}
