//! Whether every chain is still what was written: for who restores a copy, and from time to time.

use wederhoor_procedure::ComplaintId;
use wederhoor_store::{ChainFault, ComplaintFilter, ComplaintOrder, MemberRecord};

use crate::{Service, ServiceError, Tenant};

/// How many come in to an organisation by what is stored: for who restores a copy, which brings back those who lost a right since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrants {
    /// The organisation's name in addresses.
    pub slug: String,
    /// Members with a login and a role that has not ended.
    pub members: usize,
    /// API keys that can be used.
    pub api_keys: u64,
}

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
    /// How many come in to each organisation.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn entrants(&self) -> Result<Vec<Entrants>, ServiceError> {
        let mut all = Vec::new();
        for record in self.store().platform().tenants().await? {
            let tenant = Tenant::from_record(record)?;
            let today = self.today(&tenant);
            let tx = self.store().tenant(tenant.id).read().await?;
            let comes_in = |member: &MemberRecord| {
                let is_over = member.active_until.is_some_and(|last| last < today);
                member.account_id.is_some() && !member.roles.is_empty() && !is_over
            };
            all.push(Entrants {
                members: tx
                    .members()
                    .await?
                    .iter()
                    .filter(|one| comes_in(one))
                    .count(),
                api_keys: tx.count_valid_api_keys(self.real_now()).await?,
                slug: tenant.slug,
            });
        }
        Ok(all)
    }

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
