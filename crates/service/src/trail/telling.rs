//! What is told of it, and to whom.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;
use wederhoor_store::{AccessRecord, AccessTo, ActivityRecord};

use super::{Access, Activity, Doing, Happening};
use crate::{Caller, Request, ServiceError};

/// A complaint of which who asks may read who saw it and did what.
#[derive(Clone, Copy, Debug)]
pub struct Audited(ComplaintId);

impl Request {
    /// A complaint, if who asks is its administration: an administrator who is not excluded from it, or the stand-in of one
    /// who is. `None` for anyone else, and for what is hidden or absent.
    pub async fn audited(&self, complaint: ComplaintId) -> Result<Option<Audited>, ServiceError> {
        if self.caller().person().is_none_or(|person| person.is_out) {
            return Ok(None);
        }
        let Some(dossier) = self
            .dossiers_unshown(&[complaint])
            .await?
            .remove(&complaint)
        else {
            return Ok(None);
        };
        Ok(dossier.is_administered().then_some(Audited(complaint)))
    }

    /// Who saw a complaint and who did something in it: at most `limit`, from before a place on, newest first.
    pub async fn access_log(
        &self,
        of: Audited,
        before: Option<(DateTime<Utc>, Uuid)>,
        limit: u64,
    ) -> Result<Vec<Access>, ServiceError> {
        let of = AccessTo::Complaint(of.0);
        let reading = self.reading().await?;
        let records = reading.tx.access_log(of, before, limit).await?;
        records.into_iter().map(Access::try_from).collect()
    }

    /// How much there is of it.
    pub async fn count_access(&self, of: Audited) -> Result<u64, ServiceError> {
        let of = AccessTo::Complaint(of.0);
        Ok(self.reading().await?.tx.count_access(of).await?)
    }

    /// What happened with the account of who asks, and what they saw and did in the organisation that they act in: at most
    /// `limit`, from before a place on, newest first; nothing for someone without a login.
    pub async fn activity(
        &self,
        before: Option<(DateTime<Utc>, Uuid)>,
        limit: u64,
    ) -> Result<Vec<Activity>, ServiceError> {
        let Some(login) = self.caller().login() else {
            return Ok(Vec::new());
        };
        let of_account = {
            let _alone = self.alone().await;
            let platform = self.service().store().platform();
            platform.activity(login.account, before, limit).await?
        };
        let mut all: Vec<Activity> = of_account.into_iter().map(Activity::from).collect();
        if let Some(of) = self.own_accesses() {
            let reading = self.reading().await?;
            for record in reading.tx.access_log(of, before, limit).await? {
                all.push(record.try_into()?);
            }
        }
        all.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(all)
    }

    /// How much there is of it.
    pub async fn count_activity(&self) -> Result<u64, ServiceError> {
        let Some(login) = self.caller().login() else {
            return Ok(0);
        };
        let of_account = {
            let _alone = self.alone().await;
            let platform = self.service().store().platform();
            platform.count_activity(login.account).await?
        };
        let of_complaints = match self.own_accesses() {
            Some(of) => self.reading().await?.tx.count_access(of).await?,
            None => 0,
        };
        Ok(of_account + of_complaints)
    }

    /// What who asks saw and did here themselves. Who lacks the second factor that is asked of them reads nothing of an
    /// organisation.
    fn own_accesses(&self) -> Option<AccessTo> {
        match self.caller() {
            Caller::Person(person) if !person.lacks_factor => Some(AccessTo::By(person.member)),
            _ => None,
        }
    }
}

impl From<ActivityRecord> for Activity {
    fn from(record: ActivityRecord) -> Self {
        Self {
            id: record.id,
            at: record.at,
            sign_in: record.sign_in_id,
            what: Happening::Account(record.event, record.organisation),
        }
    }
}

impl TryFrom<AccessRecord> for Activity {
    type Error = ServiceError;

    fn try_from(record: AccessRecord) -> Result<Self, ServiceError> {
        Ok(Self {
            id: record.id,
            at: record.at,
            sign_in: record.sign_in_id,
            what: Happening::Complaint(record.complaint_id, Doing::of(record.what)?),
        })
    }
}
