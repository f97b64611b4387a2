//! Passwords: argon2id, off the async threads, and never more at a time than the memory allows.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::{Entropy, InputCode, ServiceError};

/// The fewest characters of a password that stands alone (NIST SP 800-63B-4, 3.1.1.2).
const LEAST_CHARACTERS: usize = 15;
/// The most; enough for any passphrase.
const MOST_CHARACTERS: usize = 200;

/// How passwords are hashed (argon2id; RFC 9106).
#[derive(Clone, Copy, Debug)]
pub struct PasswordConfig {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub iterations: u32,
    /// Lanes.
    pub parallelism: u32,
    /// How many are hashed at a time.
    pub at_a_time: usize,
}

/// Hashes and checks passwords.
pub(crate) struct Passwords {
    argon2: Argon2<'static>,
    turn: Arc<Semaphore>,
    /// What is checked for an unknown account, so that it takes the same work.
    dummy: String,
}

impl Passwords {
    /// # Errors
    /// `Internal` for parameters that argon2 does not take.
    pub(crate) fn new(
        config: &PasswordConfig,
        entropy: &dyn Entropy,
    ) -> Result<Self, ServiceError> {
        let (memory, iterations) = (config.memory_kib, config.iterations);
        let params = Params::new(memory, iterations, config.parallelism, None);
        let params = params.map_err(|error| unfit(&error))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = hash(&argon2, "no password of anybody", &salt(entropy));
        Ok(Self {
            argon2,
            turn: Arc::new(Semaphore::new(config.at_a_time.max(1))),
            dummy: dummy.ok_or_else(|| unfit(&"they hash nothing"))?,
        })
    }

    /// The PHC string of a new password.
    pub(crate) async fn hash(
        &self,
        password: &str,
        entropy: &dyn Entropy,
    ) -> Result<String, ServiceError> {
        require_good(password)?;
        let (password, salt) = (normal(password), salt(entropy));
        let argon2 = self.argon2.clone();
        let hashed = self
            .in_turn(move || hash(&argon2, &password, &salt))
            .await?;
        hashed.ok_or_else(|| ServiceError::Internal("password hashing failed".to_owned()))
    }

    /// Whether the password is that of the hash; for `None` it takes the same work and is not.
    pub(crate) async fn verify(
        &self,
        password: &str,
        known: Option<&str>,
    ) -> Result<bool, ServiceError> {
        let password: String = normal(password).chars().take(MOST_CHARACTERS).collect();
        let (phc, is_known) = (known.unwrap_or(&self.dummy).to_owned(), known.is_some());
        let argon2 = self.argon2.clone();
        let is_right = self
            .in_turn(move || {
                let parsed = PasswordHash::new(&phc);
                parsed.is_ok_and(|parsed| {
                    argon2.verify_password(password.as_bytes(), &parsed).is_ok()
                })
            })
            .await?;
        Ok(is_right && is_known)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        let turn = self.turn.clone().acquire_owned().await;
        let turn =
            turn.map_err(|_| ServiceError::Internal("password turns are over".to_owned()))?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        });
        done.await
            .map_err(|error| ServiceError::Internal(format!("password task: {error}")))
    }
}

fn unfit(why: &impl std::fmt::Display) -> ServiceError {
    ServiceError::Internal(format!("parameters of argon2: {why}"))
}

fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn salt(entropy: &dyn Entropy) -> [u8; 16] {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    salt
}

fn hash(argon2: &Argon2<'_>, password: &str, salt: &[u8]) -> Option<String> {
    argon2
        .hash_password_with_salt(password.as_bytes(), salt)
        .ok()
        .map(|phc: PasswordHash| phc.to_string())
}

fn require_good(password: &str) -> Result<(), ServiceError> {
    let count = normal(password).chars().count();
    if count < LEAST_CHARACTERS {
        let (nl, en) = (
            "Kies een wachtwoord van ten minste 15 tekens.",
            "Choose a password of at least 15 characters.",
        );
        return Err(ServiceError::invalid(
            InputCode::Malformed,
            "password",
            nl,
            en,
        ));
    }
    if count > MOST_CHARACTERS {
        let (nl, en) = (
            "Kies een wachtwoord van hoogstens 200 tekens.",
            "Choose a password of at most 200 characters.",
        );
        return Err(ServiceError::invalid(
            InputCode::TooLong,
            "password",
            nl,
            en,
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
