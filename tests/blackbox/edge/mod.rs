//! The edge: what anyone may send, and what comes back.

mod abuse;
mod codes;
mod cursors;
mod errors;
mod hidden_schema;
mod passwords;
mod resetting;
mod sessions;
mod signing_out;
mod tokens;
