//! Dissatisfaction that was not put in writing.

use async_graphql::{ID, Object};
use wederhoor_service::ContactRecord;

use crate::{
    connection::connection,
    id::{Kind, encode},
    object::{course::ComplaintCourse, people::NamedMember},
    scalar::{Date, Instant},
};

/// An informal contact.
#[derive(Clone, Debug)]
pub(crate) struct InformalContact(pub(crate) ContactRecord);

/// Dissatisfaction that was talked over and not put in writing (*informeel contact*): it is logged, and no term runs.
#[Object]
impl InformalContact {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Kind::InformalContact, self.0.id)
    }

    /// The day of the contact.
    async fn contact_on(&self) -> Date {
        Date(self.0.contact_on)
    }

    /// The course it was about.
    async fn course(&self) -> Option<ComplaintCourse> {
        self.0.course_id.map(|id| ComplaintCourse {
            id,
            known_title: None,
        })
    }

    /// Who recorded it.
    async fn recorded_by(&self) -> NamedMember {
        self.0.recorded_by.into()
    }

    /// Whether the person was invited to put it in writing.
    async fn is_invited(&self) -> bool {
        self.0.is_invited
    }

    /// What was said.
    async fn note(&self) -> Option<&str> {
        self.0
            .content
            .get("note")
            .and_then(serde_json::Value::as_str)
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> Instant {
        Instant(self.0.created_at)
    }
}

connection!(
    /// Informal contacts, newest first.
    InformalContactConnection,
    /// An informal contact in a list.
    InformalContactEdge,
    InformalContact
);
