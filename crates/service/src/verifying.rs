//! Whether every chain is still what was written: for who restores a copy, and from time to time.

use wederhoor_procedure::ComplaintId;
use wederhoor_store::{ChainFault, ComplaintFilter, ComplaintOrder};

use crate::{Service, ServiceError};

/// As many chains are checked in one transaction.
const TOGETHER: u64 = 100;

/// What came of checking every chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Organisations.
    pub organisations: u64,
    /// Their complaints.
    pub complaints: u64,
    /// The entries of these.
    pub entries: u64,
    /// The chains that do not hold.
    pub broken: Vec<BrokenChain>,
}

/// A chain that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenChain {
    /// The organisation's name in addresses.
    pub slug: String,
    /// Of which complaint.
    pub complaint: ComplaintId,
    /// The first link that does not hold.
    pub fault: ChainFault,
}

impl Service {
    /// Checks every chain of every organisation, in short transactions.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn verify_chains(&self) -> Result<Verification, ServiceError> {
        let mut found = Verification::default();
        for tenant in self.store().platform().tenants().await? {
            found.organisations += 1;
            let (rows, order) = (self.store().tenant(tenant.id), ComplaintOrder::ReceivedAsc);
            let mut after = None;
            loop {
                let tx = rows.read().await?;
                let all = ComplaintFilter::default();
                let some = tx.complaints(&all, order, after, TOGETHER).await?;
                let Some(last) = some.last() else { break };
                after = Some(order.cursor(last));
                let lengths: Vec<_> = some.iter().map(|row| (row.id, row.version)).collect();
                for (complaint, whole) in tx.verify_many(&lengths).await? {
                    found.complaints += 1;
                    match whole {
                        Ok(whole) => found.entries += u64::from(whole.length),
                        Err(fault) => found.broken.push(BrokenChain {
                            slug: tenant.slug.clone(),
                            complaint,
                            fault,
                        }),
                    }
                }
            }
        }
        Ok(found)
    }
}
