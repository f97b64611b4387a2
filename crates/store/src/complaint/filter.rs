//! Which complaints a list shows.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait};
use wederhoor_procedure::{ComplaintId, CourseId, MemberId};

use super::audience::{not_official, rows_of, seen_as_official};
use crate::entity::{complaint, complaint_audience, complaint_deadline};
use crate::platform::has_fallen_due;
use crate::scope::Scope;

/// Who looks at a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    /// All keys of the viewer: they see a complaint in whose audience one of these is.
    pub keys: Vec<String>,
    /// The key of the viewer in person, by which he or she can be shut out.
    pub own_key: Option<String>,
    /// Whether what is seen as an official is not seen by this viewer.
    pub only_as_party: bool,
}

/// Which complaints; what is `None` or empty does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComplaintFilter {
    /// Only what this viewer may see. `None` is for work that is nobody's: the clock, letters, a roster that changed.
    pub viewer: Option<Viewer>,
    /// Only these.
    pub ids: Option<Vec<ComplaintId>>,
    /// Only in these states.
    pub states: Vec<String>,
    /// Only with these outcomes.
    pub outcomes: Vec<String>,
    /// Only about this course.
    pub course_id: Option<CourseId>,
    /// Only with this cause, of which there is still a dossier.
    pub cause: Option<String>,
    /// Only decided by this member.
    pub handler_id: Option<MemberId>,
    /// Only received at or after.
    pub received_from: Option<DateTime<Utc>>,
    /// Only received before.
    pub received_before: Option<DateTime<Utc>>,
    /// Only open ones whose next deadline ended at or before.
    pub overdue_at: Option<DateTime<Utc>>,
    /// Only those of which something has fallen due by then, settled or not.
    pub fallen_due_at: Option<DateTime<Utc>>,
    /// Kinds of deadline that only an official learns of: for others they are not overdue.
    pub internal: Vec<String>,
    /// Only this one.
    pub reference: Option<String>,
    /// Only open ones, or only closed ones.
    pub is_open: Option<bool>,
    /// Only those of which a deadline of one of these kinds is open, where the viewer is an official.
    pub waiting_for: Option<Vec<String>>,
}

impl ComplaintFilter {
    pub(super) fn condition(&self, scope: &Scope) -> Condition {
        use complaint::Column as C;
        let words = |words: &Vec<String>, column: C| {
            (!words.is_empty()).then(|| column.is_in(words.iter().cloned()))
        };
        Condition::all()
            .add_option(
                self.viewer
                    .as_ref()
                    .map(|viewer| seen_by(scope, viewer, (complaint::Entity, C::Id))),
            )
            .add_option(
                self.ids
                    .as_ref()
                    .map(|ids| C::Id.is_in(ids.iter().map(|id| id.0))),
            )
            .add_option(words(&self.states, C::State))
            .add_option(words(&self.outcomes, C::Outcome))
            .add_option(self.course_id.map(|id| C::CourseId.eq(id.0)))
            .add_option(self.cause.as_ref().map(|cause| C::Cause.eq(cause)))
            .add_option(self.handler_id.map(|id| C::HandlerId.eq(id.0)))
            .add_option(self.received_from.map(|at| C::ReceivedAt.gte(at)))
            .add_option(self.received_before.map(|at| C::ReceivedAt.lt(at)))
            .add_option(
                self.fallen_due_at
                    .map(|at| has_fallen_due(scope, Expr::col((complaint::Entity, C::Id)), at)),
            )
            .add_option(self.overdue_at.map(|at| self.is_overdue(scope, at)))
            .add_option(
                self.reference
                    .as_ref()
                    .map(|reference| C::Reference.eq(reference)),
            )
            .add_option(
                self.waiting_for
                    .as_ref()
                    .map(|kinds| self.waiting(scope, kinds)),
            )
            .add_option(self.is_open.map(|is_open| {
                if is_open {
                    C::ClosedAt.is_null()
                } else {
                    C::ClosedAt.is_not_null()
                }
            }))
    }

    fn waiting(&self, scope: &Scope, kinds: &[String]) -> Condition {
        use {complaint::Column as C, complaint_deadline::Column as D};
        let (viewer, about) = (self.viewer.as_ref(), (complaint::Entity, C::Id));
        let official = viewer.map(|viewer| seen_as_official(scope, &viewer.keys, about));
        let own = Expr::col((complaint_deadline::Entity, D::ComplaintId));
        let open = Condition::all()
            .add(own.eq(Expr::col(about)))
            .add(D::Kind.is_in(kinds.iter().cloned()))
            .add(D::MetAt.is_null())
            .add(D::LapsedAt.is_null());
        Condition::all()
            .add(scope.exists_in::<complaint_deadline::Entity>(open))
            .add_option(official)
    }

    fn is_overdue(&self, scope: &Scope, at: DateTime<Utc>) -> Condition {
        use complaint::Column as C;
        let overdue = Condition::all()
            .add(C::NextDueAt.lte(at))
            .add(C::ClosedAt.is_null());
        if self.internal.is_empty() {
            return overdue;
        }
        let about = (complaint::Entity, C::Id);
        let official = self
            .viewer
            .as_ref()
            .map(|viewer| seen_as_official(scope, &viewer.keys, about));
        overdue.add(
            Condition::any()
                .add(C::NextDueKind.is_not_in(self.internal.iter().cloned()))
                .add_option(official),
        )
    }
}

/// Complaints with a row for one of the viewer's keys and none that shuts the viewer out.
pub(super) fn seen_by<E: EntityTrait>(
    scope: &Scope,
    viewer: &Viewer,
    complaint: (E, E::Column),
) -> Condition {
    let id = || Expr::col((complaint.0, complaint.1));
    let mut let_in = rows_of(id(), &viewer.keys, false);
    if viewer.only_as_party {
        let_in = let_in.add(not_official());
    }
    let mut condition = Condition::all().add(scope.exists_in::<complaint_audience::Entity>(let_in));
    if let Some(own_key) = &viewer.own_key {
        let shut_out = rows_of(id(), std::slice::from_ref(own_key), true);
        condition = condition.add(
            scope
                .exists_in::<complaint_audience::Entity>(shut_out)
                .not(),
        );
    }
    condition
}
