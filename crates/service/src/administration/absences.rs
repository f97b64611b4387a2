//! Leaves, and who stands in; the stand-in of the whole administration.

use chrono::NaiveDate;
use uuid::Uuid;
use wederhoor_procedure::{MemberId, TenantId, actor::Role};
use wederhoor_store::{AbsenceRecord, ComplaintFilter};

use crate::{InputCode, Request, Service, ServiceError};

/// A member's leave.
#[derive(Clone, Copy, Debug)]
pub struct AbsenceInput {
    /// Who.
    pub member: MemberId,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// Who stands in.
    pub substitute: Option<MemberId>,
}

impl Request {
    /// The leaves that have not ended.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn absences(&self) -> Result<Vec<AbsenceRecord>, ServiceError> {
        self.require_office()?;
        let tenant = self.tenant().await?;
        let today = self.service().today(&tenant);
        Ok(self.reading().await?.tx.absences(Some(today)).await?)
    }

    /// Records a leave. Substitutes do not chain.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`, `Invalid`.
    pub async fn add_absence(&self, input: AbsenceInput) -> Result<AbsenceRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        if input.until_on < input.from_on {
            let (nl, en) = (
                "De laatste dag ligt voor de eerste.",
                "The last day is before the first.",
            );
            return Err(ServiceError::invalid(
                InputCode::Contradictory,
                "untilOn",
                nl,
                en,
            ));
        }
        if input.substitute == Some(input.member) {
            let (nl, en) = (
                "Iemand kan zichzelf niet vervangen.",
                "Nobody can stand in for themselves.",
            );
            return Err(ServiceError::invalid(
                InputCode::Contradictory,
                "substituteId",
                nl,
                en,
            ));
        }
        let tx = self.writing().await?;
        let AbsenceInput {
            member,
            from_on,
            until_on,
            substitute,
        } = input;
        let id = self.service().new_id();
        let absence = AbsenceRecord {
            id,
            member_id: member,
            from_on,
            until_on,
            substitute_id: substitute,
        };
        let known: Vec<MemberId> = std::iter::once(member).chain(substitute).collect();
        if tx.members_by_ids(&known).await?.len() != known.len() {
            return Err(ServiceError::NotFound);
        }
        tx.insert_absence(absence.clone()).await?;
        self.review_and_commit(tx, ComplaintFilter::default())
            .await?;
        Ok(absence)
    }

    /// Takes a leave away.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn remove_absence(&self, id: Uuid) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        let tx = self.writing().await?;
        if !tx.delete_absence(id).await? {
            return Err(ServiceError::NotFound);
        }
        self.review_and_commit(tx, ComplaintFilter::default()).await
    }

    /// Names who acts for the administration when an administrator is excluded.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn set_stand_in(&self, member: Option<MemberId>) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        let tenant = self.tenant_id()?;
        if let Some(member) = member
            && self.members_by_ids(&[member]).await?.is_empty()
        {
            return Err(ServiceError::NotFound);
        }
        self.finish().await;
        self.service().set_stand_in(tenant, member).await?;
        let fresh = self
            .service()
            .request(self.caller().clone(), self.locale(), None);
        let tx = fresh.writing().await?;
        fresh
            .review_and_commit(tx, ComplaintFilter::default())
            .await
    }
}

impl Service {
    /// Names the stand-in of a tenant's administration.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_stand_in(
        &self,
        tenant: TenantId,
        member: Option<MemberId>,
    ) -> Result<(), ServiceError> {
        let known = self.tenant(tenant).await?;
        let settings = crate::TenantSettings {
            stand_in: member,
            ..known.settings.clone()
        };
        Ok(self
            .store()
            .platform()
            .update_tenant_settings(tenant, serde_json::to_value(settings)?)
            .await?)
    }
}
