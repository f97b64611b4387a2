//! Published versions of a regulation.

use async_graphql::{ID, Object};
use wederhoor_service::PolicyVersion;

use crate::{connection::connection, id::Opaque, object::regulation::Regulation, scalar::Instant};

/// One published version.
#[derive(Clone, Debug)]
pub(crate) struct Policy(pub(crate) PolicyVersion);

/// One published version of a regulation as data (*klachtenregeling*). It never changes; a complaint keeps the version
/// that was in force at its receipt.
#[Object]
impl Policy {
    /// Its id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.opaque()
    }

    /// Its number in the organisation, from 1.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// Since when it governs what is received.
    async fn published_at(&self) -> Instant {
        Instant(self.0.published_at)
    }

    /// What it says.
    async fn regulation(&self) -> Regulation {
        Regulation(self.0.policy.clone())
    }

    /// The whole as JSON, as `publishPolicy` takes it.
    async fn document(&self) -> Option<String> {
        serde_json::to_string_pretty(self.0.policy.as_ref()).ok()
    }
}

connection!(
    /// Published versions, newest first.
    PolicyConnection,
    /// A published version in a list.
    PolicyEdge,
    Policy
);
