//! What the administration keeps; conflicts of interest and audiences follow every change at once.

mod absences;
mod closing_days;
mod contacts;
mod courses;
mod founding;
mod members;

use serde_json::Value;
use wederhoor_store::{ComplaintFilter, WorkKind, WriteTx};

pub use absences::{AbsenceInput, NotStoodInFor};
pub use contacts::InformalContactInput;
pub use courses::{CourseInput, NewCourse};
pub use founding::Roster;
pub use members::{Invited, MemberInput};

use crate::{
    InputCode, InputFault, Request, ServiceError,
    attempt::{Attempt, commit},
};

impl Request {
    /// People, courses or the calendar are about to change. The tenant's turns are locked first of all, as the worker
    /// does, so that two who look at all complaints cannot deadlock. What has fallen due and no
    /// worker has seen yet is settled with the facts as they were: it must not depend on when the worker runs.
    pub(super) async fn before_change(&self, tx: &WriteTx) -> Result<(), Attempt> {
        tx.hold(WorkKind::People, self.tenant_id()?.0).await?;
        let waiting = ComplaintFilter {
            fallen_due_at: Some(self.now()),
            ..ComplaintFilter::default()
        };
        self.review(tx, &waiting).await
    }

    /// Facts have changed: conflicts and audiences follow in the same transaction, and the answer is kept.
    pub(super) async fn review_and_commit(
        &self,
        tx: WriteTx,
        filter: &ComplaintFilter,
        answer: &Value,
    ) -> Result<(), Attempt> {
        self.review(&tx, filter).await?;
        let tenant = self.tenant().await?;
        self.service().plan_turn(&tx, &tenant).await?;
        self.remember(&tx, answer).await?;
        commit(tx).await
    }
}

/// A fault of a last day that lies before the first.
pub(crate) fn ends_before(path: &str) -> InputFault {
    let (nl, en) = (
        "De laatste dag ligt voor de eerste.",
        "The last day is before the first.",
    );
    InputFault::at(InputCode::Contradictory, path, nl, en)
}

/// The input names a person whom this organisation does not know.
pub(crate) fn unknown_member(path: &str) -> ServiceError {
    ServiceError::Invalid(vec![member_is_unknown(path)])
}

/// A fault of a member that nobody knows.
pub(crate) fn member_is_unknown(path: &str) -> InputFault {
    let (nl, en) = (
        "Deze persoon is hier niet bekend.",
        "This person is not known here.",
    );
    InputFault::at(InputCode::Unknown, path, nl, en)
}
