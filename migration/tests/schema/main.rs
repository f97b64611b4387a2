//! The schema goes up, down and up again on both databases, and walls every table on PostgreSQL.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod causes;
mod forgotten;
mod looked_at_anew;
mod roles;
mod steps;
mod support;
mod walls;
