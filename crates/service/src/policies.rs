//! Policies: checked, published, and never changed after.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use wederhoor_procedure::{
    PolicyId, TenantId, Text,
    actor::Role,
    policy::{
        self, Policy,
        check::{Finding, Severity, check},
    },
};
use wederhoor_store::{PolicyRecord, ReadTx, WriteTx};

use crate::{
    InputCode, InputFault, Request, Service, ServiceError,
    act::{Attempt, commit},
    facts::policy_version,
};

/// A regulation as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum PolicySource {
    /// TOML text.
    Toml(String),
    /// JSON text.
    Json(String),
}

/// One published version.
#[derive(Clone, Debug)]
pub struct PolicyVersion {
    /// Its id.
    pub id: PolicyId,
    /// Its number, from 1.
    pub version: u32,
    /// The regulation.
    pub policy: Arc<Policy>,
    /// Since when it governs what is received.
    pub published_at: DateTime<Utc>,
}

/// What publishing yielded.
#[derive(Clone, Debug)]
pub struct Published {
    /// The new version.
    pub version: PolicyVersion,
    /// What the check warned of.
    pub warnings: Vec<Finding>,
}

impl PolicySource {
    /// Reads it.
    ///
    /// # Errors
    /// `Invalid`, with the place and what to write instead.
    pub fn parse(&self) -> Result<Policy, ServiceError> {
        let parsed = match self {
            Self::Toml(text) => policy::parse_toml(text),
            Self::Json(text) => policy::parse_json(text),
        };
        parsed.map_err(|error| {
            let words = error.to_string();
            ServiceError::invalid(InputCode::Malformed, "document", &words, &words)
        })
    }
}

impl Request {
    /// All versions, newest first.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but a member with an office.
    pub async fn policies(&self) -> Result<Vec<PolicyVersion>, ServiceError> {
        self.require_office()?;
        let reading = self.reading().await?;
        let mut versions = Vec::new();
        for record in reading.tx.policies().await? {
            versions.push(version_of(self.service(), &reading.tx, &record).await?);
        }
        Ok(versions)
    }

    /// Publishes a version: it governs what is received from now on; running complaints keep theirs.
    ///
    /// # Errors
    /// `NotAllowed`; `Invalid` with every error the check found.
    pub async fn publish_policy(&self, source: &PolicySource) -> Result<Published, ServiceError> {
        self.require_role(Role::Administrator)?;
        let by = self.person()?.member;
        let service = self.service();
        let published = service
            .publish(self.tenant_id()?, source, Some(by), self.now())
            .await?;
        self.finish().await;
        Ok(published)
    }

    /// Refuses anyone without a role in the organisation.
    pub(crate) fn require_office(&self) -> Result<(), ServiceError> {
        if self.person()?.roles.is_empty() {
            Err(ServiceError::NotAllowed)
        } else {
            Ok(())
        }
    }

    /// Refuses anyone without this role.
    pub(crate) fn require_role(&self, role: Role) -> Result<(), ServiceError> {
        self.person()?;
        if self.caller().has(role) {
            Ok(())
        } else {
            Err(ServiceError::NotAllowed)
        }
    }
}

impl Service {
    /// Publishes a version for a tenant with effect from an instant.
    ///
    /// # Errors
    /// `Invalid` with every error the check found.
    pub async fn publish(
        &self,
        tenant: TenantId,
        source: &PolicySource,
        by: Option<wederhoor_procedure::MemberId>,
        at: DateTime<Utc>,
    ) -> Result<Published, ServiceError> {
        let policy = source.parse()?;
        let (errors, warnings): (Vec<Finding>, Vec<Finding>) = checked(&policy)
            .await?
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error);
        if !errors.is_empty() {
            return Err(ServiceError::Invalid(errors.iter().map(fault).collect()));
        }
        for _ in 0..10 {
            match self.publish_once(tenant, &policy, by, at).await {
                Err(Attempt::Overtaken) => {}
                Err(Attempt::Failed(error)) => return Err(error),
                Ok((id, version)) => {
                    let version = PolicyVersion {
                        id,
                        version,
                        policy: Arc::new(policy),
                        published_at: at,
                    };
                    return Ok(Published { version, warnings });
                }
            }
        }
        Err(ServiceError::Unavailable)
    }

    async fn publish_once(
        &self,
        tenant: TenantId,
        policy: &Policy,
        by: Option<wederhoor_procedure::MemberId>,
        at: DateTime<Utc>,
    ) -> Result<(PolicyId, u32), Attempt> {
        let tx: WriteTx = self.store().tenant(tenant).write().await?;
        let version = tx
            .latest_policy()
            .await?
            .map_or(1, |latest| latest.version + 1);
        let id = PolicyId(self.new_id());
        let document: Value = serde_json::to_value(policy)?;
        tx.insert_policy(PolicyRecord {
            id,
            version,
            document,
            published_at: at,
            published_by: by,
        })
        .await?;
        commit(tx).await?;
        Ok((id, version))
    }
}

/// The check searches thousands of states, so it runs off the async threads.
async fn checked(policy: &Policy) -> Result<Vec<Finding>, ServiceError> {
    let policy = policy.clone();
    let searched = tokio::task::spawn_blocking(move || check(&policy)).await;
    searched.map_err(|error| ServiceError::Internal(format!("policy check: {error}")))
}

/// The version that governs what is received at an instant.
pub(crate) async fn governing(
    tx: &ReadTx,
    at: DateTime<Utc>,
) -> Result<PolicyRecord, ServiceError> {
    let (nl, en) = (
        "Deze organisatie heeft nog geen klachtenregeling gepubliceerd.",
        "This organisation has not published a complaints regulation yet.",
    );
    let missing = || ServiceError::invalid(InputCode::Unknown, "organisation", nl, en);
    tx.policy_at(at).await?.ok_or_else(missing)
}

pub(crate) async fn version_of(
    service: &Service,
    tx: &ReadTx,
    record: &PolicyRecord,
) -> Result<PolicyVersion, ServiceError> {
    let policy = policy_version(service, tx, record.id).await?;
    Ok(PolicyVersion {
        id: record.id,
        version: record.version,
        policy,
        published_at: record.published_at,
    })
}

fn fault(finding: &Finding) -> InputFault {
    let Text { nl, en } = finding.message.clone();
    InputFault {
        code: InputCode::PolicyFaulty,
        path: vec!["document".to_owned()],
        message: Text { nl, en },
    }
}
