//! Black-box tests, by subject; one binary, so that it links once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod architecture;
mod blijf_intake;
mod databases;
mod mail;
mod steps;
