//! A complaint as it is written and as it is listed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, FromQueryResult};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, CourseId, MemberId, PolicyId};

use crate::StoreError;
use crate::convert::{signed, unsigned};
use crate::entity::complaint;

/// What lists sort and filter by. Words are the heart's; the store does not read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintProjection {
    /// The policy version that governs it.
    pub policy_id: PolicyId,
    /// Its state.
    pub state: String,
    /// How it ended.
    pub outcome: Option<String>,
    /// How it came in.
    pub channel: String,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// The course that it is about.
    pub course_id: Option<CourseId>,
    /// What it was about, while there is a dossier of it.
    pub cause: Option<String>,
    /// Who decides now, as lists show it.
    pub handler_id: Option<MemberId>,
    /// The complainant, where that is a member.
    pub complainant_member_id: Option<MemberId>,
    /// Which instance has it, from 0.
    pub instance: u32,
    /// The exclusive instant of the next open deadline.
    pub next_due_at: Option<DateTime<Utc>>,
    /// What is due then.
    pub next_due_kind: Option<String>,
    /// Its last day.
    pub next_due_on: Option<NaiveDate>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// From which day it is to be destroyed.
    pub destroy_on: Option<NaiveDate>,
}

impl ComplaintProjection {
    /// The columns, without the keys and the reference.
    pub(super) fn row(self, version: u32) -> Result<complaint::ActiveModel, StoreError> {
        Ok(complaint::ActiveModel {
            version: Set(signed(version)?),
            policy_id: Set(self.policy_id.0),
            state: Set(self.state),
            outcome: Set(self.outcome),
            channel: Set(self.channel),
            received_at: Set(self.received_at),
            registered_at: Set(self.registered_at),
            course_id: Set(self.course_id.map(|id| id.0)),
            cause: Set(self.cause),
            handler_id: Set(self.handler_id.map(|id| id.0)),
            complainant_member_id: Set(self.complainant_member_id.map(|id| id.0)),
            instance: Set(signed(self.instance)?),
            next_due_at: Set(self.next_due_at),
            next_due_kind: Set(self.next_due_kind),
            next_due_on: Set(self.next_due_on),
            closed_at: Set(self.closed_at),
            destroy_on: Set(self.destroy_on),
            ..Default::default()
        })
    }
}

/// A complaint in a list, with the names that the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintRow {
    /// Its id.
    pub id: ComplaintId,
    /// What people quote: `LIVP-2026-0042`.
    pub reference: String,
    /// The number of its events.
    pub version: u32,
    /// What it was when its last event was written.
    pub projection: ComplaintProjection,
    /// The name of who decides now.
    pub handler_name: Option<String>,
    /// The title of its course.
    pub course_title: Option<String>,
}

/// A row of the list's one statement.
#[derive(FromQueryResult)]
pub(super) struct Listed {
    id: Uuid,
    reference: String,
    version: i32,
    policy_id: Uuid,
    state: String,
    outcome: Option<String>,
    channel: String,
    received_at: DateTime<Utc>,
    registered_at: DateTime<Utc>,
    course_id: Option<Uuid>,
    cause: Option<String>,
    handler_id: Option<Uuid>,
    complainant_member_id: Option<Uuid>,
    instance: i32,
    next_due_at: Option<DateTime<Utc>>,
    next_due_kind: Option<String>,
    next_due_on: Option<NaiveDate>,
    closed_at: Option<DateTime<Utc>>,
    destroy_on: Option<NaiveDate>,
    handler_name: Option<String>,
    course_title: Option<String>,
}

impl TryFrom<Listed> for ComplaintRow {
    type Error = StoreError;

    fn try_from(row: Listed) -> Result<Self, StoreError> {
        Ok(Self {
            id: ComplaintId(row.id),
            reference: row.reference,
            version: unsigned(row.version)?,
            projection: ComplaintProjection {
                policy_id: PolicyId(row.policy_id),
                state: row.state,
                outcome: row.outcome,
                channel: row.channel,
                received_at: row.received_at,
                registered_at: row.registered_at,
                course_id: row.course_id.map(CourseId),
                cause: row.cause,
                handler_id: row.handler_id.map(MemberId),
                complainant_member_id: row.complainant_member_id.map(MemberId),
                instance: unsigned(row.instance)?,
                next_due_at: row.next_due_at,
                next_due_kind: row.next_due_kind,
                next_due_on: row.next_due_on,
                closed_at: row.closed_at,
                destroy_on: row.destroy_on,
            },
            handler_name: row.handler_name,
            course_title: row.course_title,
        })
    }
}
