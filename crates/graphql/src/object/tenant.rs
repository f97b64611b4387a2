//! An organisation as an operator of the platform sees it.

use async_graphql::{Enum, SimpleObject};
use wederhoor_service::{KeptTenant, TenantStatus as Status};

use crate::{connection::connection, scalar::Instant};

/// An organisation on the platform (*organisatie*), as its operators see it: nothing of what is in it.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Tenant {
    /// Its name in addresses, which does not change.
    slug: String,
    /// Its name.
    name: String,
    /// Whether it may be used.
    status: TenantStatus,
    /// Why it is on hold; `null` when it is not, and when nobody said.
    status_reason: Option<String>,
    /// Since when it exists.
    created_at: Instant,
    /// How many of its members have a login.
    login_count: u64,
    /// Who its letters may be from: addresses, and domains of which every address may be used. `allowSenders` says so.
    allowed_senders: Vec<String>,
    /// When it was asked to be deleted; `null` when it was not.
    deletion_asked_at: Option<Instant>,
    /// From when on it may be deleted; until then `resumeTenant` takes it into use again. `null` when it is not to be deleted.
    deletion_due_at: Option<Instant>,
}

/// Whether an organisation may be used (*status van een organisatie*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TenantStatus {
    /// It may (*in gebruik*).
    Active,
    /// It is on hold (*stilgelegd*): its administrators read, and nothing else is done there, not by the clock either.
    Suspended,
    /// It is on hold until it is deleted (*wordt verwijderd*), and can still be taken into use again.
    ToBeDeleted,
    /// It is being deleted, and nothing brings it back.
    BeingDeleted,
}

impl From<KeptTenant> for Tenant {
    fn from(kept: KeptTenant) -> Self {
        let (deletion_due_at, record) = (kept.deletion_due_at(), kept.record);
        let status = match (record.status, deletion_due_at) {
            (Status::Active, _) => TenantStatus::Active,
            (Status::Suspended, None) => TenantStatus::Suspended,
            (Status::Suspended, Some(_)) => TenantStatus::ToBeDeleted,
            (Status::Deleting, _) => TenantStatus::BeingDeleted,
        };
        Self {
            slug: record.slug,
            name: record.name,
            status,
            status_reason: record.status_reason,
            created_at: Instant(record.created_at),
            login_count: kept.logins,
            allowed_senders: kept.allowed_senders,
            deletion_asked_at: record.deletion.map(|planned| Instant(planned.asked_at)),
            deletion_due_at: deletion_due_at.map(Instant),
        }
    }
}

connection!(
    /// The organisations on the platform.
    TenantConnection,
    /// One row of the organisations on the platform.
    TenantEdge,
    Tenant
);
