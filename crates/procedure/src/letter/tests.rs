//! Who hears what: whole cases, each step with the letters it made due.

mod appeal;
mod play;
mod response;
mod solution;
mod staffing;
