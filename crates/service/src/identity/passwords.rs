//! Passwords: argon2id, off the async threads, and never more at a time than the memory allows.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use unicode_normalization::UnicodeNormalization;

use crate::{Entropy, InputCode, ServiceError, queue::Queue};

/// The fewest characters of a password that stands alone (NIST SP 800-63B-4, 3.1.1.2).
const LEAST_CHARACTERS: usize = 15;
/// The fewest of one that stands beside a second factor.
const LEAST_BESIDE_FACTOR: usize = 8;
/// The most; enough for any passphrase.
const MOST_CHARACTERS: usize = 200;
/// A password is too easy to guess when it takes fewer tries than ten to this power. One that is no more than words which
/// everybody tries first, or a repetition, takes fewer (NIST SP 800-63B-4, 3.1.1.2: commonly used, expected).
const LEAST_TRIES: f64 = 10.0;
/// The same of one beside a second factor, which eight characters that follow from nothing pass.
const LEAST_TRIES_BESIDE_FACTOR: f64 = 6.0;

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
    queue: Queue,
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
            queue: Queue::of(config.at_a_time),
            dummy: dummy.ok_or_else(|| unfit(&"they hash nothing"))?,
        })
    }

    /// The PHC string of a new password; `about` is what those who know the person would try first, and `has_factor` whether
    /// a second factor is asked for beside it.
    ///
    /// # Errors
    /// `Invalid` for a password that is too short, too long or too easy to guess; `Unavailable` when too many wait.
    pub(crate) async fn hash(
        &self,
        password: &str,
        about: &[&str],
        has_factor: bool,
        entropy: &dyn Entropy,
    ) -> Result<String, ServiceError> {
        require_length(password, has_factor)?;
        let (password, salt) = (normal(password), salt(entropy));
        let about: Vec<String> = about.iter().map(|one| (*one).to_owned()).collect();
        let argon2 = self.argon2.clone();
        let hashed = self
            .queue
            .in_turn(move || {
                let is_weak = is_guessed_soon(&password, &about, has_factor);
                (!is_weak).then(|| hash(&argon2, &password, &salt))
            })
            .await?;
        hashed.ok_or_else(too_easy)?.ok_or_else(unhashed)
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
            .queue
            .in_turn(move || {
                let parsed = PasswordHash::new(&phc);
                parsed.is_ok_and(|parsed| {
                    argon2.verify_password(password.as_bytes(), &parsed).is_ok()
                })
            })
            .await?;
        Ok(is_right && is_known)
    }

    /// The hash of a password that is known to be right, where its own was made with less than is asked for now.
    pub(crate) async fn renewed(
        &self,
        password: &str,
        known: &str,
        entropy: &dyn Entropy,
    ) -> Result<Option<String>, ServiceError> {
        let theirs = PasswordHash::new(known).ok();
        let theirs = theirs.and_then(|phc| Params::try_from(&phc).ok());
        let ours = self.argon2.params();
        // Where processes differ, the one that asks for less does not undo what the other did.
        let is_enough = theirs.is_some_and(|theirs| {
            theirs.m_cost() >= ours.m_cost()
                && theirs.t_cost() >= ours.t_cost()
                && theirs.p_cost() >= ours.p_cost()
        });
        if is_enough {
            return Ok(None);
        }
        let (password, salt) = (normal(password), salt(entropy));
        let argon2 = self.argon2.clone();
        let work = move || hash(&argon2, &password, &salt);
        Ok(Some(self.queue.in_turn(work).await?.ok_or_else(unhashed)?))
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

/// Whether whoever tries what people choose, and what they know of this person, is soon done.
fn is_guessed_soon(password: &str, about: &[String], has_factor: bool) -> bool {
    let parts = about
        .iter()
        .flat_map(|one| one.split(|c: char| !c.is_alphanumeric()));
    let whole = about.iter().map(String::as_str);
    let known: Vec<&str> = whole
        .chain(parts)
        .filter(|part| part.chars().count() > 2)
        .collect();
    let least = if has_factor {
        LEAST_TRIES_BESIDE_FACTOR
    } else {
        LEAST_TRIES
    };
    zxcvbn::zxcvbn(password, &known).guesses_log10() < least
}

fn too_easy() -> ServiceError {
    let (nl, en) = (
        "Dit wachtwoord is te makkelijk te raden. Kies een paar woorden die niet bij u of bij elkaar horen.",
        "This password is too easy to guess. Choose a few words that belong neither to you nor together.",
    );
    ServiceError::invalid(InputCode::Guessable, "password", nl, en)
}

fn unhashed() -> ServiceError {
    ServiceError::Internal("password hashing failed".to_owned())
}

/// Whether a password is as long as it must be, with a second factor beside it or without.
pub(super) fn require_length(password: &str, has_factor: bool) -> Result<(), ServiceError> {
    let count = normal(password).chars().count();
    let least = if has_factor {
        LEAST_BESIDE_FACTOR
    } else {
        LEAST_CHARACTERS
    };
    if count < least {
        let (nl, en) = (
            format!("Kies een wachtwoord van ten minste {least} tekens."),
            format!("Choose a password of at least {least} characters."),
        );
        let (nl, en) = (nl.as_str(), en.as_str());
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
