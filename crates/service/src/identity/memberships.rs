//! Where somebody is a member, and what waits for them there: read in each organisation by itself, as if they acted in it.

use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use wederhoor_procedure::{MemberId, actor::Roles};
use wederhoor_store::{Waiting, WorkBounds};

use super::who::Standing;
use crate::{Request, ServiceError, Tenant, complaints::work_of, dossier::viewer_of};

/// Where someone is a member.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The organisation.
    pub tenant: Arc<Tenant>,
    /// Whether this is the organisation they act in now.
    pub is_current: bool,
    member: MemberId,
    has_factor: bool,
}

/// What a membership means now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembershipNow {
    /// Their roles, as they hold now.
    pub roles: Roles,
    /// What waits for them, where that was asked; `None` where they could not look: the organisation is on hold, the membership does not hold, or
    /// a second factor is asked which they lack.
    pub waiting: Option<Waiting>,
}

impl Request {
    /// Where who asks is a member, by the name of the organisation; nowhere for someone without a login.
    pub async fn memberships(&self) -> Result<Vec<Membership>, ServiceError> {
        let Some(person) = self.caller().person() else {
            return Ok(Vec::new());
        };
        let _alone = self.alone().await;
        let service = self.service();
        let has_factor = service.counting_factor(person.account).await?.is_some();
        let platform = service.store().platform();
        let found = platform.memberships(person.account).await?;
        let found = found.into_iter().map(|(membership, tenant)| {
            Ok(Membership {
                tenant: Arc::new(Tenant::from_record(tenant)?),
                is_current: membership.tenant_id == person.tenant,
                member: membership.member_id,
                has_factor,
            })
        });
        found.collect()
    }

    /// What one of [`Request::memberships`] means now; what waits is counted only when it is asked for.
    pub async fn membership_now(
        &self,
        one: &Membership,
        asks_waiting: bool,
    ) -> Result<MembershipNow, ServiceError> {
        let _alone = self.alone().await;
        let (service, tenant) = (self.service(), &one.tenant);
        let tx = service.store().tenant(tenant.id).read().await?;
        let Some(member) = tx.member(one.member).await? else {
            return Ok(MembershipNow::default());
        };
        let today = service.today(tenant);
        let standing = Standing::on(today, tenant, &member);
        let is_let_in = standing.is_let_in(tenant, one.has_factor);
        let roles = standing.roles;
        let waiting = if asks_waiting && is_let_in {
            let viewer = viewer_of(member.id, standing.is_out);
            let work = work_of(viewer, &roles, self.now())?;
            Some(tx.count_waiting(&work, bounds(self.now(), today)).await?)
        } else {
            None
        };
        Ok(MembershipNow { roles, waiting })
    }
}

/// A week ends on Sunday.
pub(crate) fn bounds(now: DateTime<Utc>, today: NaiveDate) -> WorkBounds {
    let left = 6 - today.weekday().num_days_from_monday();
    let week_ends_on = today.checked_add_days(Days::new(left.into()));
    WorkBounds {
        now,
        today,
        week_ends_on: week_ends_on.unwrap_or(today),
    }
}
