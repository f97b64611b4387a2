//! What is due.

use async_graphql::Object;
use wederhoor_service::WorkItem;

use crate::{
    connection::{Known, connection},
    object::{complaint::Complaint, deadline::Deadline, people::NamedMember},
};

/// Something that is due.
#[derive(Clone, Debug)]
pub(crate) struct WorkQueueItem(pub(crate) WorkItem);

/// Something that is due in a complaint the viewer may see (*werkvoorraad*).
#[Object]
impl WorkQueueItem {
    /// What people quote of the complaint (*kenmerk*).
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// Who handles or decides it now; `null` while nobody does.
    async fn handler(&self) -> Option<NamedMember> {
        self.0.handler.map(NamedMember::from)
    }

    /// What is due, and when.
    async fn deadline(&self) -> Deadline {
        Deadline::listed(
            self.0.complaint,
            (self.0.kind, self.0.due_on, self.0.due_at),
        )
    }

    /// The complaint.
    async fn complaint(&self) -> Complaint {
        Complaint::named(self.0.complaint)
    }
}

connection!(
    /// What is due in complaints that the viewer may see, the earliest first.
    WorkQueueConnection,
    /// Something due in a list.
    WorkQueueEdge,
    WorkQueueItem,
    total: Known
);
