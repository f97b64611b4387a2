//! What comes in: its shape is checked here, at the edge, and each fault names its field.

mod check;
mod day;
mod person;
mod shape;

pub(crate) use check::Check;
pub(crate) use person::{AddressInput, PartyInput, PersonContactInput};
