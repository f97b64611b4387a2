//! Leaves, and who stands in; the stand-in of the whole administration.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId,
    Locale::{En, Nl},
    MemberId, TenantId,
    actor::Role,
    audience::Level,
    calendar::date_in_words,
    decide::{AgainstLeave, all_against_leave, authority::cannot_stand_in},
    facts::Absence,
};
use wederhoor_store::{
    AbsenceRecord, AccountEvent, ComplaintFilter, ComplaintOrder, Viewer, WriteTx,
};

use super::{ends_before, member_is_unknown, unknown_member};
use crate::{
    InputCode, InputFault, Request, Service, ServiceError, Tenant,
    attempt::{Attempt, until_first},
    dossier::{Loaded, load_all},
    facts::load_people,
    projection::decider_key,
    repetition::Begun,
    tenant::write_settings,
};

/// How many complaints are named in which nobody stands in; the rest is counted.
const MOST: usize = 100;
/// How many complaints are read together.
const AT_ONCE: u64 = 100;

/// Complaints that are somebody's to decide, and in which who stands in for them may not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotStoodInFor {
    /// Which, at most 100.
    pub named: Vec<ComplaintId>,
    /// How many more there are.
    pub more: u32,
}

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
    /// `NotAllowed` for anyone who does not treat complaints.
    pub async fn absences(&self) -> Result<Vec<AbsenceRecord>, ServiceError> {
        self.require_treating().await?;
        let tenant = self.tenant().await?;
        let today = self.service().today(&tenant);
        Ok(self.reading().await?.tx.absences(Some(today)).await?)
    }

    /// Records a leave. Substitutes do not chain. What is `known` already to be wrong with the input is told beside the
    /// rest.
    ///
    /// # Errors
    /// `NotAllowed`, `Invalid`.
    pub async fn add_absence(
        &self,
        input: AbsenceInput,
        known: &[InputFault],
    ) -> Result<AbsenceRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        until_first(|| self.add_absence_once(input, known)).await
    }

    /// Where nobody stands in for who is on a leave, because who would may not; of the complaints that the caller sees as an
    /// official, the oldest first.
    ///
    /// # Errors
    /// Whatever keeps complaints from being read.
    pub async fn not_stood_in_for(
        &self,
        leave: &AbsenceRecord,
    ) -> Result<NotStoodInFor, ServiceError> {
        let mut found = NotStoodInFor::default();
        let Some(substitute) = leave.substitute_id else {
            return Ok(found);
        };
        let theirs = ComplaintFilter {
            viewer: Some(Viewer {
                keys: vec![decider_key(leave.member_id)],
                ..Viewer::default()
            }),
            ..ComplaintFilter::default()
        };
        let (order, mut after) = (ComplaintOrder::ReceivedAsc, None);
        let reading = self.reading().await?;
        let people = self.people(&reading).await?;
        loop {
            let rows = reading.tx.complaints(&theirs, order, after, AT_ONCE);
            let rows = rows.await?;
            let Some(last) = rows.last() else {
                return Ok(found);
            };
            after = Some(order.cursor(last));
            let read = load_all(self, &reading.tx, &people, &rows).await?;
            let read = read.iter();
            let uncovered = read.filter(|one| self.is_uncovered(one, leave.member_id, substitute));
            for one in uncovered {
                if found.named.len() < MOST {
                    found.named.push(one.complaint.id);
                } else {
                    found.more += 1;
                }
            }
        }
    }

    fn is_uncovered(&self, one: &Loaded, member: MemberId, substitute: MemberId) -> bool {
        let actor = self.caller().actor_in(one.complaint.id);
        let complaint = one.settled(self.now());
        one.sight(&actor, self.now()) == Some(Level::Official)
            && cannot_stand_in(&one.policy, &one.facts, &complaint, member, substitute)
    }

    async fn add_absence_once(
        &self,
        input: AbsenceInput,
        known: &[InputFault],
    ) -> Result<AbsenceRecord, Attempt> {
        let tx = match self
            .begin_around(AccountEvent::AbsenceRecorded, &input)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(answer) => return Ok(input.record(serde_json::from_value(answer)?)),
        };
        ServiceError::unless_faultless(known, &self.faults(&tx, input).await?)?;
        self.before_change(&tx).await?;
        let absence = input.record(self.service().new_id());
        tx.insert_absence(absence.clone()).await?;
        self.review_and_commit(tx, &ComplaintFilter::default(), &json!(absence.id))
            .await?;
        Ok(absence)
    }

    /// Takes a leave away.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn remove_absence(&self, id: Uuid) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        until_first(|| self.remove_absence_once(id)).await
    }

    async fn remove_absence_once(&self, id: Uuid) -> Result<(), Attempt> {
        let tx = match self
            .begin_around(AccountEvent::AbsenceCancelled, &id)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        self.before_change(&tx).await?;
        if !tx.delete_absence(id).await? {
            return Err(ServiceError::NotFound.into());
        }
        self.review_and_commit(tx, &ComplaintFilter::default(), &json!(null))
            .await
    }

    /// Names who acts for the administration when an administrator is excluded.
    ///
    /// # Errors
    /// `NotAllowed`, `RecentSignInRequired`, `Invalid`.
    pub async fn set_stand_in(&self, member: Option<MemberId>) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        until_first(|| self.set_stand_in_once(member)).await
    }

    async fn set_stand_in_once(&self, member: Option<MemberId>) -> Result<(), Attempt> {
        let tx = match self
            .begin_around(AccountEvent::StandInNamed, &member)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        self.before_change(&tx).await?;
        let changed = write_stand_in(&tx, member).await?;
        self.with_tenant(changed)
            .review_and_commit(tx, &ComplaintFilter::default(), &json!(null))
            .await
    }
}

impl AbsenceInput {
    fn record(self, id: Uuid) -> AbsenceRecord {
        AbsenceRecord {
            id,
            member_id: self.member,
            from_on: self.from_on,
            until_on: self.until_on,
            substitute_id: self.substitute,
        }
    }
}

/// Writes the stand-in of a tenant's administration; the tenant as it is then.
async fn write_stand_in(tx: &WriteTx, member: Option<MemberId>) -> Result<Tenant, ServiceError> {
    if let Some(member) = member
        && tx.member(member).await?.is_none()
    {
        return Err(unknown_member("memberId"));
    }
    write_settings(tx, |settings| settings.stand_in = member).await
}

impl Service {
    /// Names the stand-in of a tenant's administration: for the demo.
    ///
    /// # Errors
    /// `Invalid`.
    pub async fn set_stand_in(
        &self,
        tenant: TenantId,
        member: Option<MemberId>,
    ) -> Result<(), ServiceError> {
        let tx = self.store().tenant(tenant).write().await?;
        write_stand_in(&tx, member).await?;
        Ok(tx.commit().await?)
    }
}

impl Request {
    /// What is wrong with a leave, all of it.
    async fn faults(
        &self,
        tx: &WriteTx,
        input: AbsenceInput,
    ) -> Result<Vec<InputFault>, ServiceError> {
        let tenant = self.tenant().await?;
        let facts = load_people(tx, &tenant, self.now()).await?;
        let mut faults = Vec::new();
        for (member, path) in [
            (Some(input.member), "memberId"),
            (input.substitute, "substituteId"),
        ] {
            if member.is_some_and(|member| !facts.members.contains_key(&member)) {
                faults.push(member_is_unknown(path));
            }
        }
        if input.until_on < input.from_on {
            faults.push(ends_before("untilOn"));
        }
        if input.substitute == Some(input.member) {
            let (nl, en) = (
                "Iemand kan zichzelf niet vervangen.",
                "Nobody can stand in for themselves.",
            );
            faults.push(InputFault::at(
                InputCode::Contradictory,
                "substituteId",
                nl,
                en,
            ));
        }
        let leave = Absence {
            from: input.from_on,
            until: input.until_on,
            substitute: input.substitute,
        };
        let against = all_against_leave(&facts, input.member, &leave);
        faults.extend(against.into_iter().map(fault_of_leave));
        Ok(faults)
    }
}

fn fault_of_leave(against: AgainstLeave) -> InputFault {
    let days = |leave: Absence, locale| {
        let (from, until) = (
            date_in_words(leave.from, locale),
            date_in_words(leave.until, locale),
        );
        match locale {
            Nl => format!("van {from} tot en met {until}"),
            En => format!("from {from} until {until}"),
        }
    };
    let (path, nl, en) = match against {
        AgainstLeave::AwayAlready(leave) => (
            "fromOn",
            format!(
                "Deze persoon is dan al afwezig: {}. Kies andere dagen, of trek die afwezigheid eerst in.",
                days(leave, Nl)
            ),
            format!(
                "This person is away then already: {}. Choose other days, or cancel that leave first.",
                days(leave, En)
            ),
        ),
        AgainstLeave::SubstituteAway(leave) => (
            "substituteId",
            format!(
                "Wie vervangt, is zelf afwezig: {}. Kies iemand anders, of leg de dagen apart vast.",
                days(leave, Nl)
            ),
            format!(
                "Who stands in is away themselves: {}. Choose somebody else, or record the days apart.",
                days(leave, En)
            ),
        ),
        AgainstLeave::SubstituteOut => (
            "substituteId",
            "Wie vervangt, hoort er niet op al deze dagen bij. Kies iemand anders, of leg de dagen apart vast.".to_owned(),
            "Who stands in is not a member on all of these days. Choose somebody else, or record the days apart.".to_owned(),
        ),
    };
    InputFault::at(InputCode::Contradictory, path, &nl, &en)
}
