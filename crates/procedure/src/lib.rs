//! The pure heart: what the procedure is, decided by functions over values.
//!
//! Nothing here does I/O, reads a clock, draws a random number or knows a database.

pub mod actor;
pub mod audience;
mod blank;
pub mod calendar;
pub mod command;
pub mod complaint;
mod confidential;
pub mod deadline;
pub mod decide;
pub mod facts;
pub mod figures;
pub mod forgetting;
mod ids;
pub mod letter;
mod locale;
pub mod policy;
pub mod preview;
pub mod refusal;
#[cfg(test)]
mod tests;
pub mod view;

pub use blank::{is_blank, is_hidden, turns};
pub use confidential::Confidential;
pub use ids::{AccountId, ComplaintId, CourseId, MeasureId, MemberId, PolicyId, TenantId};
pub use locale::{Locale, Text, Words};
