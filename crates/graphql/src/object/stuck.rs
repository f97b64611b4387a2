//! Work that fails again and again, as an operator of the platform sees it.

use async_graphql::{Enum, SimpleObject};
use wederhoor_service::{StuckWork as Stuck, WorkKind};

use crate::scalar::Instant;

/// Work that fell due and failed again and again (*vastgelopen werk*), as operators of the platform see it: whose it is and how it
/// fares, and nothing of what is in it. It is tried again by itself, less and less often.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct StuckWork {
    /// The name of the organisation in addresses.
    slug: String,
    /// What kind of work.
    kind: StuckWorkKind,
    /// Of what, without saying what that is: by this and its kind it is known to `retryStuckWork`.
    subject: String,
    /// Since when it is due.
    due_at: Instant,
    /// How often it has failed.
    failures: i32,
    /// When it is tried again; `null` when that is as soon as possible.
    retry_at: Option<Instant>,
}

/// What kind of work falls due (*soort werk*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StuckWorkKind {
    /// A term ends (*termijn*).
    Term,
    /// Letters go out (*brieven*).
    Letters,
    /// A leave or a membership begins or has ended (*bezetting*).
    People,
    /// The overview of a morning (*dagoverzicht*).
    Digest,
    /// A complaint is compared with those before it (*herhaling*).
    Recurrence,
}

impl From<WorkKind> for StuckWorkKind {
    fn from(kind: WorkKind) -> Self {
        match kind {
            WorkKind::Clock => Self::Term,
            WorkKind::Letters => Self::Letters,
            WorkKind::People => Self::People,
            WorkKind::Digest => Self::Digest,
            WorkKind::Recurrence => Self::Recurrence,
        }
    }
}

impl From<StuckWorkKind> for WorkKind {
    fn from(kind: StuckWorkKind) -> Self {
        match kind {
            StuckWorkKind::Term => Self::Clock,
            StuckWorkKind::Letters => Self::Letters,
            StuckWorkKind::People => Self::People,
            StuckWorkKind::Digest => Self::Digest,
            StuckWorkKind::Recurrence => Self::Recurrence,
        }
    }
}

impl From<Stuck> for StuckWork {
    fn from(stuck: Stuck) -> Self {
        Self {
            slug: stuck.slug,
            kind: stuck.kind.into(),
            subject: stuck.subject_id.to_string(),
            due_at: Instant(stuck.due_at),
            failures: i32::try_from(stuck.failures).unwrap_or(i32::MAX),
            retry_at: stuck.retry_at.map(Instant),
        }
    }
}
