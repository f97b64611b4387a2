//! What the administration keeps; conflicts of interest and audiences follow every change at once.

mod absences;
mod closing_days;
mod contacts;
mod courses;
mod founding;
mod members;

use serde_json::Value;
use wederhoor_store::{ComplaintFilter, WriteTx};

pub use absences::AbsenceInput;
pub use contacts::InformalContactInput;
pub use courses::{CourseInput, NewCourse};
pub use founding::Roster;
pub use members::{Invited, MemberInput};

use crate::{
    InputCode, Request, ServiceError,
    attempt::{Attempt, commit},
};

impl Request {
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

/// Every complaint that is not closed.
fn open_ones() -> ComplaintFilter {
    ComplaintFilter {
        is_open: Some(true),
        ..ComplaintFilter::default()
    }
}

/// The input names a person whom this organisation does not know.
pub(crate) fn unknown_member(path: &str) -> ServiceError {
    let (nl, en) = (
        "Deze persoon is hier niet bekend.",
        "This person is not known here.",
    );
    ServiceError::invalid(InputCode::Unknown, path, nl, en)
}
