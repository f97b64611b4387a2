//! What the administration keeps; conflicts of interest and audiences follow every change at once.

mod absences;
mod closing_days;
mod contacts;
mod courses;
mod founding;
mod members;

use wederhoor_store::{ComplaintFilter, WriteTx};

pub use absences::AbsenceInput;
pub use contacts::InformalContactInput;
pub use courses::{CourseInput, NewCourse};
pub use founding::Roster;
pub use members::{Invited, MemberInput};

use crate::{Request, ServiceError, act::Attempt};

impl Request {
    /// Facts have changed: conflicts and audiences follow in the same transaction.
    pub(super) async fn review_and_commit(
        &self,
        tx: WriteTx,
        filter: ComplaintFilter,
    ) -> Result<(), ServiceError> {
        match self.review(&tx, &filter).await {
            Ok(()) => {
                let tenant = self.tenant().await?;
                self.service().plan_turn(&tx, &tenant).await?;
                Ok(tx.commit().await?)
            }
            Err(Attempt::Overtaken) => Err(ServiceError::Unavailable),
            Err(Attempt::Failed(error)) => Err(error),
        }
    }
}
