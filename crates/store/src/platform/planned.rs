//! What is planned of a tenant's complaints and letters, and what is not though it should be.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;

use super::WorkKind;
use crate::chain::DESTROYED;
use crate::entity::{complaint, complaint_event, due_work, outbox};
use crate::scope::Scope;
use crate::{ReadTx, StoreError};

impl ReadTx {
    /// When the work of a kind is due, of these subjects; who has none is missing.
    pub async fn scheduled(
        &self,
        kind: WorkKind,
        subjects: &[Uuid],
    ) -> Result<BTreeMap<Uuid, DateTime<Utc>>, StoreError> {
        let rows = self
            .scope
            .find::<due_work::Entity>()
            .filter(due_work::Column::Kind.eq(kind.word()))
            .filter(due_work::Column::SubjectId.is_in(subjects.iter().copied()))
            .all()
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.subject_id, row.due_at))
            .collect())
    }

    /// Complaints for which no work of a kind is planned, but for those that are destroyed: those need none.
    pub async fn without_work(&self, kind: WorkKind) -> Result<Vec<Uuid>, StoreError> {
        let own = Expr::col((complaint::Entity, complaint::Column::Id));
        let rows = self
            .scope
            .find::<complaint::Entity>()
            .filter(planned(&self.scope, kind, own).not())
            .filter(destroyed(&self.scope).not())
            .all()
            .await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// All complaints but those that are destroyed, of which nothing is due any more.
    pub async fn kept(&self) -> Result<Vec<ComplaintId>, StoreError> {
        let rows = self.scope.find::<complaint::Entity>();
        let rows = rows.filter(destroyed(&self.scope).not()).all().await?;
        Ok(rows.into_iter().map(|row| ComplaintId(row.id)).collect())
    }

    /// Whether mail is planned for the subject of a letter.
    pub(crate) fn planned_mail(&self) -> Expr {
        let subject = Expr::col((outbox::Entity, outbox::Column::SubjectId));
        planned(&self.scope, WorkKind::Letters, subject)
    }
}

/// Whether work of a kind is planned for a subject.
fn planned(scope: &Scope, kind: WorkKind, subject: Expr) -> Expr {
    scope.exists_in::<due_work::Entity>(work_of(kind, subject))
}

/// Whether a term of a complaint has ended at an instant, be it that nobody has looked at it yet.
pub(crate) fn has_fallen_due(scope: &Scope, complaint: Expr, at: DateTime<Utc>) -> Expr {
    let due = work_of(WorkKind::Clock, complaint).add(due_work::Column::DueAt.lte(at));
    scope.exists_in::<due_work::Entity>(due)
}

fn work_of(kind: WorkKind, subject: Expr) -> Condition {
    Condition::all()
        .add(due_work::Column::Kind.eq(kind.word()))
        .add(Expr::col((due_work::Entity, due_work::Column::SubjectId)).eq(subject))
}

/// Whether a complaint was destroyed.
fn destroyed(scope: &Scope) -> Expr {
    let about = (
        complaint_event::Entity,
        complaint_event::Column::ComplaintId,
    );
    let own = Expr::col((complaint::Entity, complaint::Column::Id));
    let destroyed = Condition::all()
        .add(complaint_event::Column::Kind.eq(DESTROYED))
        .add(Expr::col(about).eq(own));
    scope.exists_in::<complaint_event::Entity>(destroyed)
}
