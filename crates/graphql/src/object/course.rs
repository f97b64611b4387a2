//! Courses.

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};
use wederhoor_procedure::CourseId;
use wederhoor_service::CourseRecord;

use crate::{connection::connection, id::Opaque, object::people::NamedMember, scalar::Date};

/// A course.
#[derive(Clone, Debug)]
pub(crate) struct Course(pub(crate) Arc<CourseRecord>);

/// A training activity or course (*cursus*), with its sessions and who gives it.
#[Object]
impl Course {
    /// Its id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.opaque()
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The organisation's own mark.
    async fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The days of its sessions, in order.
    async fn session_days(&self) -> Vec<Date> {
        self.0
            .sessions
            .iter()
            .map(|session| Date(session.held_on))
            .collect()
    }

    /// The day of its last session as organised: a filing window starts there.
    async fn ended_on(&self) -> Option<Date> {
        let last = self.0.sessions.iter().map(|session| session.held_on).max();
        last.or(self.0.ended_on).map(Date)
    }

    /// Who trains it (*trainers*): excluded from handling complaints about it where the regulation says so.
    async fn trainers(&self) -> Vec<NamedMember> {
        self.0
            .trainers
            .iter()
            .map(|id| NamedMember::from(*id))
            .collect()
    }

    /// Who organised it (*organisator*).
    async fn organiser(&self) -> Option<NamedMember> {
        self.0.organiser_id.map(NamedMember::from)
    }

    /// Whether the complaint form offers it.
    async fn is_open(&self) -> bool {
        self.0.is_open
    }
}

connection!(
    /// Courses, newest first.
    CourseConnection,
    /// A course in a list.
    CourseEdge,
    Course
);

/// The course a complaint is about (*cursus*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ComplaintCourse {
    /// Its id.
    id: ID,
    /// What it is called.
    title: Option<String>,
}

impl ComplaintCourse {
    pub(crate) fn of(id: CourseId, title: Option<String>) -> Self {
        let id = id.opaque();
        Self { id, title }
    }
}
