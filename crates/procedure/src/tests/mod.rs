//! The tests of the heart: scenarios that a jurist can read, one table of rights, and what must hold of everything.

pub(crate) mod cast;
pub(crate) mod frozen;
mod laws;
mod rights;
mod scenarios;
mod script;
mod terms;
mod told;
mod verbs;
mod world;
