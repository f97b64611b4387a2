//! Where somebody is signed in, as they see it themselves.

use async_graphql::{ID, SimpleObject};
use wederhoor_service::SignedIn;

use crate::{
    connection::connection,
    id::{Kind, encode},
    scalar::Instant,
};

/// Somewhere the viewer is signed in (*aangemeld apparaat*): one sign-in, in the organisation they act in by it.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ViewerSignIn {
    /// Its id, for `signOut`.
    id: ID,
    /// The name of the organisation they act in; `null` for an operator, who acts in none.
    organisation_name: Option<String>,
    /// Since when they act in it.
    opened_at: Instant,
    /// When its tokens were last fetched anew; `null`: they never were.
    refreshed_at: Option<Instant>,
    /// When it ends by itself.
    ends_at: Instant,
    /// Whether it is the one that asks.
    is_current: bool,
}

impl From<SignedIn> for ViewerSignIn {
    fn from(session: SignedIn) -> Self {
        Self {
            id: encode(Kind::SignIn, session.id),
            organisation_name: session.organisation,
            opened_at: Instant(session.since),
            refreshed_at: session.refreshed_at.map(Instant),
            ends_at: Instant(session.ends_at),
            is_current: session.is_current,
        }
    }
}

connection!(
    /// Where the viewer is signed in.
    ViewerSignInConnection,
    /// One row of where the viewer is signed in.
    ViewerSignInEdge,
    ViewerSignIn
);
