//! Blijf Groep: each requirement, each end, and what comes late or comes back.

mod addresses;
mod afterwards;
pub(crate) mod appeal;
mod calendar;
mod dates;
mod delivery;
mod handling;
mod intake;
mod reading;
mod response;
mod staffing;
mod ways_in;
