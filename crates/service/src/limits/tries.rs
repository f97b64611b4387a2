//! Tries of passwords, counted before they are made. A token is 256 random bits: nobody guesses one, and who has one is not held
//! up by those who made theirs up.

use wederhoor_procedure::AccountId;
use wederhoor_store::Tally;

use super::{
    Proof, Purpose, Source, TriesConfig,
    proof::{Standing, proof_is_asked},
    rules::{Counted, Held, Kind, Outcome, begin, end},
};
use crate::{Occasion, Request, Service, ServiceError};

/// What is tried.
#[derive(Clone, Copy)]
pub(crate) enum Tried<'a> {
    /// The password of an account of this address, be there one or not.
    SignIn {
        email: &'a str,
        proof: Option<&'a Proof>,
    },
    /// The password of who is signed in.
    Again(AccountId),
    /// The password of whom an invitation is for, by the digest of its token.
    Invitation(&'a [u8]),
}

/// A try under way.
struct Begun {
    bounds: TriesConfig,
    kind: Kind,
    subjects: [Vec<u8>; 4],
}

impl Request {
    /// Tries a secret, unless too many that were wrong came before.
    ///
    /// # Errors
    /// `RateLimited`; `Invalid` where a proof of work is asked for and there is none that counts; whatever the work says.
    pub(crate) async fn trying<T>(
        &self,
        tried: Tried<'_>,
        work: impl Future<Output = Result<T, ServiceError>>,
    ) -> Result<T, ServiceError> {
        self.finish().await;
        let service = self.service();
        let Some(begun) = service.begin(self.source(), tried).await? else {
            return work.await;
        };
        let done = work.await;
        if let Some(outcome) = outcome(&done)
            && let Err(error) = service.end(&begun, outcome).await
        {
            tracing::warn!(%error, "a try stays counted that was not wrong");
        }
        done
    }

    /// Whoever showed by the mail of an account who they are begins anew here, as who signed in does.
    pub(crate) async fn is_at_home(&self, email: &str) -> Result<(), ServiceError> {
        let (service, proof) = (self.service(), None);
        let (Some(source), Some(_)) = (self.source(), service.limits().config.tries) else {
            return Ok(());
        };
        let (_, subjects) = service.subjects(source, &Tried::SignIn { email, proof });
        let now = service.real_now();
        let change = |tallies: &mut [Tally]| {
            if let Ok(counted) = <&mut Counted>::try_from(tallies) {
                let [pair, .., known] = counted;
                *pair = Tally::nothing(pair.subject.clone());
                known.until = known.until.max(now + super::rules::KNOWN);
                known.forget_at = known.until;
            }
        };
        let platform = service.store().platform();
        Ok(platform.change_tallies(&subjects, change).await?)
    }
}

impl Service {
    /// Counts a try; `None` where nothing is counted: within the program, and where nobody is held up.
    async fn begin(
        &self,
        source: Option<Source>,
        tried: Tried<'_>,
    ) -> Result<Option<Begun>, ServiceError> {
        let (Some(source), Some(bounds)) = (source, self.limits().config.tries) else {
            return Ok(None);
        };
        let (platform, now) = (self.store().platform(), self.real_now());
        let (kind, subjects) = self.subjects(source, &tried);
        // Who is sent away writes nothing.
        let mut seen = platform.tallies(&subjects).await?;
        let is_proven = match begun(&mut seen, &bounds, kind, false, now)? {
            Ok(()) => false,
            Err(Held::Until(until)) => return Err(self.wait_until(until, Occasion::LimitOfTries)),
            Err(Held::Unproven) => {
                let Tried::SignIn { proof, .. } = tried else {
                    return Err(proof_is_asked());
                };
                let proved = self.spend_proof(Purpose::SignIn, proof).await?;
                if proved == Standing::Spent {
                    return Err(proof_is_asked());
                }
                true
            }
        };
        let change = move |tallies: &mut [Tally]| begun(tallies, &bounds, kind, is_proven, now);
        match platform.change_tallies(&subjects, change).await?? {
            Ok(()) => Ok(Some(Begun {
                bounds,
                kind,
                subjects,
            })),
            Err(Held::Until(until)) => Err(self.wait_until(until, Occasion::LimitOfTries)),
            Err(Held::Unproven) => Err(proof_is_asked()),
        }
    }

    async fn end(&self, begun: &Begun, outcome: Outcome) -> Result<(), ServiceError> {
        let (bounds, kind, now) = (begun.bounds, begun.kind, self.real_now());
        let change = move |tallies: &mut [Tally]| {
            let counted = <&mut Counted>::try_from(tallies);
            counted.map(|counted| end(counted, &bounds, kind, outcome, now))
        };
        let platform = self.store().platform();
        let ended = platform.change_tallies(&begun.subjects, change).await?;
        ended.map_err(|_| miscounted())
    }

    /// By what a try is counted, in the order of [`Counted`]. Addresses are told apart as accounts are.
    fn subjects(&self, source: Source, tried: &Tried<'_>) -> (Kind, [Vec<u8>; 4]) {
        let (kind, of, who) = match tried {
            Tried::SignIn { email, .. } => {
                let email = email.trim().to_lowercase();
                (Kind::SignIn, "address", email.into_bytes())
            }
            Tried::Again(account) => (Kind::Named, "account", account.0.as_bytes().to_vec()),
            Tried::Invitation(token) => (Kind::Named, "invitation", token.to_vec()),
        };
        let (source, limits) = (source.bytes(), self.limits());
        let digest = |what: &str, of: &str, parts: [&[u8]; 2]| {
            limits.digest(&[what.as_bytes(), of.as_bytes(), parts[0], parts[1]])
        };
        let subjects = [
            digest("tries", of, [&who, &source]),
            digest("tries", "source", [&source, b""]),
            digest("tries", of, [&who, b""]),
            digest("known", of, [&who, &source]),
        ];
        (kind, subjects)
    }
}

fn begun(
    tallies: &mut [Tally],
    bounds: &TriesConfig,
    kind: Kind,
    is_proven: bool,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Result<(), Held>, ServiceError> {
    let counted = <&mut Counted>::try_from(tallies).map_err(|_| miscounted())?;
    Ok(begin(counted, bounds, kind, is_proven, now))
}

fn miscounted() -> ServiceError {
    ServiceError::Internal("tallies are missing".to_owned())
}

/// What a try came to; `None`: it stays counted, because it was wrong.
fn outcome<T>(done: &Result<T, ServiceError>) -> Option<Outcome> {
    match done {
        Ok(_) => Some(Outcome::Right),
        Err(
            ServiceError::SignInFailed
            | ServiceError::CodeRequired
            | ServiceError::Unauthenticated
            | ServiceError::NotFound,
        ) => None,
        Err(_) => Some(Outcome::Nothing),
    }
}
