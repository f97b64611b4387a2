//! What matters most is done by who showed a moment ago who they are: a screen that was left open is not enough.

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_store::Shown;

use crate::{
    Caller, Request, ServiceError,
    attempt::{Attempt, until_first},
    limits::Tried,
};

/// How long a moment is, in real time.
const RECENT: TimeDelta = TimeDelta::minutes(15);

/// Whether who showed at that instant who they are is not asked again.
pub(super) fn is_recent(authenticated_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - authenticated_at < RECENT
}

impl Request {
    /// Refuses who did not show a moment ago who they are.
    pub(crate) fn require_recent(&self) -> Result<(), ServiceError> {
        let is_recent = match self.caller() {
            Caller::Person(person) => person.is_recent,
            Caller::Operator(operator) => operator.is_recent,
            Caller::Anonymous | Caller::Link(_) | Caller::Key(_) | Caller::Service(_) => {
                return Err(ServiceError::Unauthenticated);
            }
        };
        is_recent
            .then_some(())
            .ok_or(ServiceError::RecentSignInRequired)
    }

    /// Shows once more who asks, by all that signing in asks: for a while they may do what asks for it.
    ///
    /// # Errors
    /// `RateLimited`, or `Invalid` where a proof of work is asked for, after too many wrong tries; `Unauthenticated`;
    /// `SignInFailed` for a wrong password or code; `CodeRequired` when the code was left out.
    pub async fn confirm_identity(
        &self,
        password: &str,
        code: Option<&str>,
    ) -> Result<(), ServiceError> {
        let account = self.login()?.account;
        let work = until_first(|| self.confirm_once(password, code));
        self.trying(Tried::Again(account), work).await
    }

    async fn confirm_once(&self, password: &str, code: Option<&str>) -> Result<(), Attempt> {
        let (service, login) = (self.service(), self.login()?);
        let account = service.shown_password(login, password).await?;
        let code = service.factor_proof(&account, code).await?;
        let shown = Shown {
            password_hash: account.password_hash.as_deref(),
            code: code.as_ref(),
        };
        let (platform, now) = (service.store().platform(), service.real_now());
        let (session, sign_in) = (login.session, login.sign_in);
        let noted = platform.confirm_identity(session, sign_in, account.id, &shown, now);
        if noted.await? {
            Ok(())
        } else {
            Err(ServiceError::SignInFailed.into())
        }
    }
}
