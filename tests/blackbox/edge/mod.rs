//! The edge: what anyone may send, and what comes back.

mod abuse;
mod codes;
mod cursors;
mod errors;
mod headers;
mod hidden_schema;
mod logs;
mod origins;
mod passwords;
mod resetting;
mod sealing;
mod second_factor;
mod sessions;
mod signing_out;
mod tokens;

pub(crate) use second_factor::set_up as set_up_second_factor;
pub(crate) use tokens::{expired, forged};
