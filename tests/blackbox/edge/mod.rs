//! The edge: what anyone may send, and what comes back.

mod abuse;
mod errors;
mod hidden_schema;
mod tokens;
