//! Proof of work (*rekenbewijs*): what costs a computer a moment and a flood a fortune, without anybody else looking on.
//!
//! A challenge holds all that must be known of it, under a keyed digest; only the ones that were used are remembered, until
//! they end.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use wederhoor_procedure::TenantId;
use wederhoor_store::Tally;

use crate::{InputCode, Request, Service, ServiceError};

/// How long a challenge can be answered: a form takes a while.
const LIFE: TimeDelta = TimeDelta::hours(1);
/// The most that a nonce may be long.
const NONCE_BYTES: usize = 64;
/// Purpose, bits, tenant, end, random bytes.
const BODY_BYTES: usize = 1 + 1 + 16 + 8 + 16;

/// A task for who files or signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// What the answer begins with.
    pub challenge: String,
    /// With how many zero bits its SHA-256 must begin.
    pub difficulty: u8,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
}

/// An answer to a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The challenge.
    pub challenge: String,
    /// What makes SHA-256 of `challenge:nonce` begin with the zero bits.
    pub nonce: String,
}

/// What a proof is for; one for another purpose does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Filing a complaint with this organisation.
    Filing(TenantId),
    /// Signing in.
    SignIn,
}

/// Whether a proof that is right was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It was not, and is now.
    Fresh,
    /// It was.
    Spent,
}

impl Purpose {
    fn bytes(self) -> [u8; 17] {
        let mut bytes = [0; 17];
        match self {
            Self::Filing(tenant) => {
                bytes[0] = 1;
                bytes[1..].copy_from_slice(tenant.0.as_bytes());
            }
            Self::SignIn => bytes[0] = 2,
        }
        bytes
    }
}

impl Request {
    /// What a sign-in that must show a proof of work answers; `None` where none is ever asked.
    pub fn sign_in_challenge(&self) -> Option<Challenge> {
        let service = self.service();
        let config = service.limits().config;
        config.tries?;
        Some(service.challenge(Purpose::SignIn, config.sign_in_proof_bits))
    }
}

impl Service {
    /// What who files with an organisation as nobody in particular answers; `None` where it is not asked.
    pub(crate) fn intake_challenge(&self, tenant: TenantId) -> Option<Challenge> {
        let bits = self.limits().config.intake_proof_bits;
        (bits > 0).then(|| self.challenge(Purpose::Filing(tenant), bits))
    }

    /// Whether who files as nobody in particular shows a proof of work.
    pub(crate) fn asks_for_proof(&self) -> bool {
        self.limits().config.intake_proof_bits > 0
    }

    fn challenge(&self, purpose: Purpose, difficulty: u8) -> Challenge {
        let expires_at = self.real_now() + LIFE;
        let mut random = [0; 16];
        self.entropy().fill(&mut random);
        let end = expires_at.timestamp().to_be_bytes();
        let body = [&purpose.bytes(), [difficulty].as_slice(), &end, &random].concat();
        let seal = hmac::sign(&self.limits().key, &sealed(&body));
        let challenge = URL_SAFE_NO_PAD.encode([&body, seal.as_ref()].concat());
        let whole = DateTime::from_timestamp(expires_at.timestamp(), 0);
        Challenge {
            challenge,
            difficulty,
            expires_at: whole.unwrap_or(expires_at),
        }
    }

    /// Uses a proof up.
    ///
    /// # Errors
    /// `Invalid` when there is none, it is wrong, or its time is over.
    pub(crate) async fn spend_proof(
        &self,
        purpose: Purpose,
        proof: Option<&Proof>,
    ) -> Result<Standing, ServiceError> {
        let proof = proof.ok_or_else(proof_is_asked)?;
        let ends_at = self.checked(purpose, proof)?;
        let subject = self.spent(proof);
        let change = move |tallies: &mut [Tally]| {
            let Some(tally) = tallies.first_mut().filter(|tally| tally.counted == 0) else {
                return Standing::Spent;
            };
            (tally.counted, tally.forget_at) = (1, ends_at);
            Standing::Fresh
        };
        let platform = self.store().platform();
        Ok(platform.change_tallies(&[subject], change).await?)
    }

    /// Gives a proof back that did not serve.
    pub(crate) async fn give_proof_back(&self, proof: &Proof) -> Result<(), ServiceError> {
        let subject = self.spent(proof);
        let change = |tallies: &mut [Tally]| tallies.iter_mut().for_each(|one| one.counted = 0);
        let platform = self.store().platform();
        Ok(platform.change_tallies(&[subject], change).await?)
    }

    fn spent(&self, proof: &Proof) -> Vec<u8> {
        self.limits()
            .digest(&[b"proof", proof.challenge.as_bytes()])
    }

    /// When a proof ends that is right.
    fn checked(&self, purpose: Purpose, proof: &Proof) -> Result<DateTime<Utc>, ServiceError> {
        let bytes = URL_SAFE_NO_PAD.decode(&proof.challenge).ok();
        let bytes =
            bytes.filter(|bytes| bytes.len() > BODY_BYTES && proof.nonce.len() <= NONCE_BYTES);
        let bytes = bytes.ok_or_else(proof_is_wrong)?;
        let (body, seal) = bytes.split_at(BODY_BYTES);
        hmac::verify(&self.limits().key, &sealed(body), seal).map_err(|_| proof_is_wrong())?;
        let (of, rest) = body.split_at(17);
        let (Some((bits, rest)), true) = (rest.split_first(), of == purpose.bytes()) else {
            return Err(proof_is_wrong());
        };
        let end = rest.first_chunk().map(|end| i64::from_be_bytes(*end));
        let ends_at = end.and_then(|end| DateTime::from_timestamp(end, 0));
        let ends_at = ends_at.ok_or_else(proof_is_wrong)?;
        if ends_at <= self.real_now() {
            return Err(proof_is_over());
        }
        if zero_bits(&proof.challenge, &proof.nonce) < u32::from(*bits) {
            return Err(proof_is_wrong());
        }
        Ok(ends_at)
    }
}

/// What the digest is of: nothing else that the key is used for begins so.
fn sealed(body: &[u8]) -> Vec<u8> {
    [b"challenge:".as_slice(), body].concat()
}

/// With how many zero bits SHA-256 of `challenge:nonce` begins.
fn zero_bits(challenge: &str, nonce: &str) -> u32 {
    let digest = Sha256::digest(format!("{challenge}:{nonce}"));
    let mut bits = 0;
    for byte in digest {
        bits += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    bits
}

pub(crate) fn proof_is_asked() -> ServiceError {
    let (nl, en) = (
        "Hier wordt een rekenbewijs gevraagd: haal een opgave op en stuur de uitkomst mee.",
        "A proof of work is asked for here: fetch a challenge, and send its answer along.",
    );
    ServiceError::invalid(InputCode::ProofRequired, "proof", nl, en)
}

fn proof_is_wrong() -> ServiceError {
    let (nl, en) = (
        "Dit rekenbewijs klopt niet, of het is voor iets anders. Haal een nieuwe opgave op.",
        "This proof of work is wrong, or for something else. Fetch a new challenge.",
    );
    ServiceError::invalid(InputCode::ProofWrong, "proof", nl, en)
}

fn proof_is_over() -> ServiceError {
    let (nl, en) = (
        "Dit rekenbewijs is verlopen. Haal een nieuwe opgave op.",
        "This proof of work has expired. Fetch a new challenge.",
    );
    ServiceError::invalid(InputCode::ProofExpired, "proof", nl, en)
}

pub(crate) fn proof_is_spent() -> ServiceError {
    let (nl, en) = (
        "Dit rekenbewijs is al gebruikt. Haal een nieuwe opgave op.",
        "This proof of work was used already. Fetch a new challenge.",
    );
    ServiceError::invalid(InputCode::ProofExpired, "proof", nl, en)
}

#[cfg(test)]
mod tests;
