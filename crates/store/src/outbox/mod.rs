//! Letters, written in the transaction of what they tell, sent or printed afterwards.

mod delivery;
mod record;
mod undelivered;

pub use record::{LetterChannel, LetterStatus, OutboxDraft, OutboxLetter};
pub use undelivered::LetterFailure;
