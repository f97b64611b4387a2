//! Policies: checked, published, and never changed after.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use wederhoor_procedure::{
    Locale::{En, Nl},
    MemberId, PolicyId, TenantId, Text,
    actor::Role,
    policy::{
        self, Policy,
        check::{Finding, Severity, check},
    },
};
use wederhoor_store::{AccountEvent, PolicyRecord, ReadTx, WriteTx};

use crate::{
    InputCode, InputFault, Request, Service, ServiceError,
    attempt::{Attempt, commit, until_first},
    facts::known,
    repetition::Begun,
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
            let (nl, en) = (error.in_words(Nl), error.in_words(En));
            ServiceError::invalid(InputCode::Malformed, "document.text", &nl, &en)
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
        let version = |record: PolicyRecord| {
            let (id, version, published_at) = (record.id, record.version, record.published_at);
            Ok(PolicyVersion {
                id,
                version,
                policy: known(self.service(), &reading.tx, record)?,
                published_at,
            })
        };
        let records = reading.tx.policies().await?;
        records.into_iter().map(version).collect()
    }

    /// Publishes a version: it governs what is received from now on; running complaints keep theirs.
    ///
    /// # Errors
    /// `NotAllowed`; `RecentSignInRequired`; `Invalid` with every error the check found.
    pub async fn publish_policy(&self, source: &PolicySource) -> Result<Published, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        let (policy, warnings) = self.service().fit(source).await?;
        let version = until_first(|| self.publish_once(source, &policy)).await?;
        Ok(Published { version, warnings })
    }

    async fn publish_once(
        &self,
        source: &PolicySource,
        policy: &Policy,
    ) -> Result<PolicyVersion, Attempt> {
        let tx = match self.begin(AccountEvent::PolicyPublished, source).await? {
            Begun::First(tx) => tx,
            Begun::Repeated(answer) => {
                let id: PolicyId = serde_json::from_value(answer)?;
                let versions = self.policies().await?;
                let first = versions.into_iter().find(|version| version.id == id);
                return Ok(first.ok_or(ServiceError::NotFound)?);
            }
        };
        let by = self.person()?.member;
        let version = publish_in(self.service(), &tx, policy, Some(by), self.now()).await?;
        self.remember(&tx, &json!(version.id)).await?;
        commit(tx).await?;
        Ok(version)
    }

    /// What somebody with an office finds by trying a regulation out: its check, a preview, a picture. It is done in turn,
    /// off the threads that answer requests.
    ///
    /// # Errors
    /// `NotAllowed`; `Unavailable` when too many wait.
    pub async fn try_out<T: Send + 'static>(
        &self,
        trial: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        self.require_office()?;
        self.service().search(trial).await
    }

    /// Refuses anyone without a role in the organisation.
    pub(crate) fn require_office(&self) -> Result<(), ServiceError> {
        self.person()?;
        self.require_factor()?;
        if self.caller().has_office() {
            Ok(())
        } else {
            Err(ServiceError::NotAllowed)
        }
    }

    /// Refuses anyone who does not work for the organisation on complaints; the stand-in of its administration does.
    pub(crate) async fn require_treating(&self) -> Result<(), ServiceError> {
        self.require_factor()?;
        if self.caller().treats_complaints() {
            return Ok(());
        }
        self.require_administration().await
    }

    /// Refuses anyone without this role.
    pub(crate) fn require_role(&self, role: Role) -> Result<(), ServiceError> {
        self.person()?;
        self.require_factor()?;
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
        by: Option<MemberId>,
        at: DateTime<Utc>,
    ) -> Result<Published, ServiceError> {
        let (policy, warnings) = self.fit(source).await?;
        let version = self.publish_fit(tenant, &policy, by, at).await?;
        Ok(Published { version, warnings })
    }

    /// Publishes a version that is known to be fit.
    pub(crate) async fn publish_fit(
        &self,
        tenant: TenantId,
        policy: &Policy,
        by: Option<MemberId>,
        at: DateTime<Utc>,
    ) -> Result<PolicyVersion, ServiceError> {
        let once = || async move {
            let tx: WriteTx = self.store().tenant(tenant).write().await?;
            let version = publish_in(self, &tx, policy, by, at).await?;
            commit(tx).await?;
            Ok(version)
        };
        until_first(once).await
    }

    /// A regulation that can be published, and what the check warned of.
    pub(crate) async fn fit(
        &self,
        source: &PolicySource,
    ) -> Result<(Policy, Vec<Finding>), ServiceError> {
        let source = source.clone();
        let searched = self.search(move || {
            let policy = source.parse()?;
            let findings = check(&policy);
            Ok::<_, ServiceError>((policy, findings))
        });
        let (policy, findings) = searched.await??;
        let (errors, warnings): (Vec<Finding>, Vec<Finding>) = findings
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error);
        if errors.is_empty() {
            Ok((policy, warnings))
        } else {
            Err(ServiceError::Invalid(errors.iter().map(fault).collect()))
        }
    }
}

async fn publish_in(
    service: &Service,
    tx: &WriteTx,
    policy: &Policy,
    by: Option<MemberId>,
    at: DateTime<Utc>,
) -> Result<PolicyVersion, Attempt> {
    let latest = tx.latest_policy().await?;
    let version = latest.map_or(1, |latest| latest.version + 1);
    let id = PolicyId(service.new_id());
    tx.insert_policy(PolicyRecord {
        id,
        version,
        document: serde_json::to_value(policy)?,
        published_at: at,
        published_by: by,
    })
    .await?;
    Ok(PolicyVersion {
        id,
        version,
        policy: Arc::new(policy.clone()),
        published_at: at,
    })
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

fn fault(finding: &Finding) -> InputFault {
    let Text { nl, en } = finding.message.clone();
    InputFault {
        code: InputCode::PolicyFaulty,
        path: vec!["document".to_owned(), "text".to_owned()],
        message: Text { nl, en },
    }
}
