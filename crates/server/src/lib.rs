//! The binary's parts: configuration, HTTP, mail, command line. What the procedure is, and what may be seen, is decided
//! elsewhere; here it is connected to the world.

// The future of a request holds those of all mutations.
#![recursion_limit = "256"]

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod demo;
pub mod ending;
pub mod entropy;
mod exports;
pub mod founding;
pub mod http;
pub mod listen;
pub mod mail;
mod metrics;
mod regulation;
pub mod telemetry;
