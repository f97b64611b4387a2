//! What is due.

use std::sync::Arc;

use async_graphql::Object;
use wederhoor_procedure::ComplaintId;
use wederhoor_service::WorkItem;

use crate::{
    connection::connection,
    object::{
        complaint::{Complaint, Siblings},
        deadline::Deadline,
        people::NamedMember,
    },
};

/// Something that is due.
#[derive(Clone)]
pub(crate) struct WorkQueueItem {
    item: WorkItem,
    complaint: Complaint,
}

impl WorkQueueItem {
    /// What is due in one of some complaints.
    pub(crate) fn of(item: WorkItem, siblings: &Arc<Siblings>) -> Self {
        let complaint = Complaint::named(item.complaint, siblings);
        Self { item, complaint }
    }

    /// In which complaint.
    pub(crate) fn complaint_key(&self) -> ComplaintId {
        self.item.complaint
    }
}

/// Something that is due in a complaint the viewer may see (*werkvoorraad*).
#[Object]
impl WorkQueueItem {
    /// What people quote of the complaint (*kenmerk*).
    async fn reference(&self) -> &str {
        &self.item.reference
    }

    /// Who handles or decides it now; `null` while nobody does.
    async fn handler(&self) -> Option<NamedMember> {
        self.item.handler.map(NamedMember::from)
    }

    /// What is due, and when.
    async fn deadline(&self) -> Deadline {
        let due = (self.item.kind, self.item.due_on, self.item.due_at);
        Deadline::listed(self.complaint.clone(), due)
    }

    /// The complaint.
    async fn complaint(&self) -> Complaint {
        self.complaint.clone()
    }
}

connection!(
    /// What is due in complaints that the viewer may see, the earliest first.
    WorkQueueConnection,
    /// Something due in a list.
    WorkQueueEdge,
    WorkQueueItem
);
