//! What is left of a tenant that was deleted.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use wederhoor_procedure::{AccountId, TenantId};

use crate::StoreError;
use crate::entity::deletion_certificate;

/// That a tenant was deleted, and what there was of it. It names no person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionCertificate {
    /// Which tenant.
    pub organisation: TenantId,
    /// Its name in addresses, which another may take now.
    pub slug: String,
    /// When an operator asked for it.
    pub asked_at: DateTime<Utc>,
    /// Which operator.
    pub asked_by: Option<AccountId>,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When nothing was left; `None` while something is.
    pub done_at: Option<DateTime<Utc>>,
    /// How many complaints there were.
    pub complaints: u32,
    /// SHA-256 over the id of each complaint and the last hash of its chain, by id.
    pub heads: Vec<u8>,
    /// How many rows were deleted of each table.
    pub rows: BTreeMap<String, u64>,
}

impl DeletionCertificate {
    /// As it is handed out.
    pub fn json(&self) -> Value {
        json!({
            "organisation": self.organisation.0,
            "slug": self.slug,
            "askedAt": self.asked_at,
            "askedBy": self.asked_by.map(|account| account.0),
            "begunAt": self.begun_at,
            "doneAt": self.done_at,
            "complaints": self.complaints,
            "headsSha256": hex::encode(&self.heads),
            "rowsDeleted": self.rows,
        })
    }
}

impl TryFrom<deletion_certificate::Model> for DeletionCertificate {
    type Error = StoreError;

    fn try_from(row: deletion_certificate::Model) -> Result<Self, StoreError> {
        Ok(Self {
            organisation: TenantId(row.organisation_id),
            slug: row.slug,
            asked_at: row.asked_at,
            asked_by: row.asked_by.map(AccountId),
            begun_at: row.begun_at,
            done_at: row.done_at,
            complaints: row.complaints.unsigned_abs(),
            heads: row.heads,
            rows: counts(row.rows_deleted)?,
        })
    }
}

/// How many rows of each table, as the column has it.
pub(super) fn counts(json: Value) -> Result<BTreeMap<String, u64>, StoreError> {
    serde_json::from_value(json)
        .map_err(|_| StoreError::corrupt("the counts of a certificate are something else"))
}

/// The accounts that may have to go with the tenant, as the column has them.
pub(super) fn accounts(json: Option<Value>) -> Result<Vec<Uuid>, StoreError> {
    let Some(json) = json else {
        return Ok(Vec::new());
    };
    let ids: Vec<String> = serde_json::from_value(json).map_err(|_| strange())?;
    let ids = ids.iter().map(|id| Uuid::try_parse(id));
    ids.collect::<Result<_, _>>().map_err(|_| strange())
}

fn strange() -> StoreError {
    StoreError::corrupt("the accounts of a certificate are something else")
}
