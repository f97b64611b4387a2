//! Where an account is signed in, and the end of that.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_store::{Ending, OperatorSession};

use crate::{Caller, Login, Request, ServiceError};

/// As many of somebody's sessions as are told.
const MOST_TOLD: u64 = 100;

/// Somewhere an account is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The sign-in: what ends together.
    pub id: Uuid,
    /// The organisation's name; `None` for an operator, who acts in none.
    pub organisation: Option<String>,
    /// Since when they act there.
    pub since: DateTime<Utc>,
    /// When its tokens were last fetched.
    pub refreshed_at: Option<DateTime<Utc>>,
    /// The exclusive instant at which it ends by itself.
    pub ends_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// What is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// The session that asks.
    Here,
    /// One that [`Request::signed_in`] told of.
    There(Uuid),
    /// All but the one that asks.
    Elsewhere,
    /// All.
    Everywhere,
}

impl Request {
    /// Where who asks is signed in, newest first, at most a hundred; nowhere for someone without a login.
    pub async fn signed_in(&self) -> Result<Vec<SignedIn>, ServiceError> {
        let Some(login) = self.caller().login() else {
            return Ok(Vec::new());
        };
        let _alone = self.alone().await;
        let service = self.service();
        let platform = service.store().platform();
        let now = service.real_now();
        if let Caller::Operator(_) = self.caller() {
            let sessions = platform.operator_sessions(login.account, now, MOST_TOLD);
            let told = |session| SignedIn::as_operator(&session, login);
            return Ok(sessions.await?.into_iter().map(told).collect());
        }
        let sessions = platform.sessions(login.account, now, MOST_TOLD).await?;
        let ids: Vec<_> = sessions.iter().map(|one| one.tenant_id).collect();
        let tenants = platform.tenants_by_id(&ids).await?;
        let told = |session: wederhoor_store::SessionRecord| {
            let tenant = tenants.iter().find(|one| one.id == session.tenant_id)?;
            Some(SignedIn {
                id: session.family,
                organisation: Some(tenant.name.clone()),
                since: session.created_at,
                refreshed_at: session.rotated_at,
                ends_at: session.expires_at,
                is_current: session.id == login.session,
            })
        };
        Ok(sessions.into_iter().filter_map(told).collect())
    }

    /// Ends sessions of who asks, and tells how many: their tokens let nobody in any more.
    ///
    /// # Errors
    /// `Unauthenticated` for who did not sign in; `NotFound` for a session that is not theirs, or is over.
    pub async fn sign_out(&self, what: SignOut) -> Result<u64, ServiceError> {
        let login = self.login()?;
        self.finish().await;
        let service = self.service();
        let platform = service.store().platform();
        let ending = match what {
            SignOut::Here => Ending::Family(login.sign_in),
            SignOut::There(family) => Ending::Family(family),
            SignOut::Elsewhere => Ending::AllBut(login.sign_in),
            SignOut::Everywhere => Ending::All,
        };
        let now = service.real_now();
        let ended = platform.end_sessions(login.account, ending, now).await?;
        match what {
            SignOut::There(_) if ended == 0 => Err(ServiceError::NotFound),
            _ => Ok(ended),
        }
    }
}

impl SignedIn {
    fn as_operator(session: &OperatorSession, asking: Login) -> Self {
        Self {
            id: session.id,
            organisation: None,
            since: session.created_at,
            refreshed_at: None,
            ends_at: session.expires_at,
            is_current: session.id == asking.session,
        }
    }
}
