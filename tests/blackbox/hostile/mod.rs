//! Input that is not right, from people who may not: generated from the schema, so that a new operation is tried by
//! itself, or fails a test until someone says how to try it.

mod anonymous;
mod attempt;
mod bad_input;
mod bad_values;
mod ended;
mod extremes;
mod fields;
mod foreign_ids;
mod ground;
mod input;
mod notes;
mod of_key;
mod of_operator;
mod on_hold;
mod operations;
mod places;
mod recent_sign_in;
mod schema;
mod second_factor_required;
mod states;
mod who;
mod wrong_state;

pub(crate) use input::absent;
