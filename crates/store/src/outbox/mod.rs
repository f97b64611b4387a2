//! Letters, written in the transaction of what they tell, sent or printed afterwards.

mod delivery;
mod record;

pub use record::{LetterChannel, LetterStatus, OutboxDraft, OutboxLetter};
