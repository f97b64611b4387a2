//! The pure heart: what the procedure is, decided by functions over values.
//!
//! Nothing here does I/O, reads a clock, draws a random number or knows a database.

pub mod calendar;
mod confidential;
mod ids;
mod locale;

pub use confidential::Confidential;
pub use ids::{AccountId, ComplaintId, CourseId, MeasureId, MemberId, PolicyId, TenantId};
pub use locale::{Locale, Text};
