//! Proof of work: what a computer works out before nobody in particular is listened to.

use async_graphql::{InputObject, SimpleObject};
use wederhoor_service::{Challenge, Proof};

use crate::scalar::Instant;

/// A task for a computer (*rekenopgave*): find any `nonce`, of at most 64 characters, with which the SHA-256 of the UTF-8 text
/// `<challenge>:<nonce>` begins with `difficulty` zero bits, the most significant bit of the first byte first. Counting up
/// from 0 in decimal digits finds one after 2 to the power of `difficulty` tries on average. An answer counts once.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ProofChallenge {
    /// What the text that is hashed begins with.
    challenge: String,
    /// With how many zero bits its SHA-256 begins.
    difficulty: u8,
    /// When it ends.
    expires_at: Instant,
}

/// The answer to a `ProofChallenge` (*rekenbewijs*).
#[derive(InputObject)]
pub(crate) struct ProofInput {
    /// Its `challenge`, as it was given.
    challenge: String,
    /// What was found.
    nonce: String,
}

impl From<Challenge> for ProofChallenge {
    fn from(challenge: Challenge) -> Self {
        Self {
            challenge: challenge.challenge,
            difficulty: challenge.difficulty,
            expires_at: Instant(challenge.expires_at),
        }
    }
}

impl From<ProofInput> for Proof {
    fn from(input: ProofInput) -> Self {
        Self {
            challenge: input.challenge,
            nonce: input.nonce,
        }
    }
}
