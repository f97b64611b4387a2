//! Complaints as lists show them, and the one write that keeps them true to their events.

mod audience;
mod commit;
mod deadline;
mod filter;
mod list;
mod measure;
mod record;
mod reference;
mod repeats;

#[cfg(test)]
mod tests;

pub use audience::AudienceRow;
pub(crate) use audience::seen_as_official;
pub use commit::ComplaintWrite;
pub use deadline::{DeadlineRow, Waiting, WorkBounds, WorkFilter, WorkItem, WorkKey};
pub use filter::{ComplaintFilter, Viewer};
pub use list::{ComplaintOrder, CursorKey};
pub use measure::DueMeasureRecord;
pub use record::{ComplaintProjection, ComplaintRow};
pub use repeats::RepeatRecord;
