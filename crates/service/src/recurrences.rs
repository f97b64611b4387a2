//! A complaint that came after a measure, about the same course with the same cause, is linked to it (L13: no repeat).

use wederhoor_procedure::{
    ComplaintId, CourseId,
    actor::{Actor, Role},
    audience::kept_from,
    command::Command,
    complaint::{Event, Recorded, Recurrence},
    refusal::Reason,
};
use wederhoor_store::{
    AccountEvent, ComplaintFilter, ComplaintOrder, ComplaintRow, CursorKey, ReadTx, WorkKind,
    WriteTx,
};

use crate::{
    ActOptions, InputCode, Request, ServiceError, TenantSettings,
    dossier::{Loaded, load, load_all},
    facts::load_people,
};

/// For how many months after a measure another such complaint counts as a recurrence, unless an organisation chose otherwise.
pub const RECURRENCE_MONTHS: u32 = 12;

/// How many complaints about one course are read together.
const AT_ONCE: u64 = 100;
/// The longest window, in months.
const LONGEST: u32 = 120;

/// A complaint whose cause was recorded is due to be compared with the others about its course.
pub(crate) async fn plan(
    tx: &WriteTx,
    request: &Request,
    complaint: ComplaintId,
    new: &[Recorded],
) -> Result<(), ServiceError> {
    let is_classified = |one: &Recorded| matches!(one.event, Event::Classified { .. });
    if new.iter().any(is_classified) {
        let (kind, now) = (WorkKind::Recurrence, request.now());
        tx.schedule(kind, complaint.0, Some(now)).await?;
    }
    Ok(())
}

impl Request {
    /// For how many months after a measure was carried out another such complaint counts as a recurrence.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator.
    pub async fn recurrence_window(&self) -> Result<u32, ServiceError> {
        self.require_role(Role::Administrator)?;
        Ok(self.tenant().await?.settings.recurrence_months)
    }

    /// Chooses that for the caller's organisation; what was linked already stays so.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `Invalid` for less than one month and more than ten years.
    pub async fn set_recurrence_window(&self, months: i32) -> Result<u32, ServiceError> {
        self.require_role(Role::Administrator)?;
        let number = u32::try_from(months).ok();
        let Some(months) = number.filter(|months| (1..=LONGEST).contains(months)) else {
            return Err(ServiceError::invalid(
                InputCode::Malformed,
                "months",
                "Kies een heel aantal maanden, van 1 tot en met 120.",
                "Choose a whole number of months, from 1 to 120.",
            ));
        };
        let set = |settings: &mut TenantSettings| settings.recurrence_months = months;
        self.set_settings(AccountEvent::RecurrenceWindowSet, &months, set)
            .await?;
        Ok(months)
    }

    /// Links a complaint to the measures that it came after, and those that came after its own measures to them.
    pub(crate) async fn link_recurrences(&self, id: ComplaintId) -> Result<(), ServiceError> {
        let months = self.tenant().await?.settings.recurrence_months;
        let mut failed = Ok(());
        for (earlier, recurrence) in self.recurrences(id).await? {
            let command = Command::LinkRecurrence { recurrence, months };
            let linked = self
                .act_as(earlier, &Actor::System, &command, ActOptions::default())
                .await;
            match linked {
                // What was to be prevented is known no more.
                Err(ServiceError::Refused(refusal)) if refusal.reason == Reason::Destroyed => {}
                // One that cannot be written stops no other.
                linked => failed = failed.and(linked),
            }
        }
        failed
    }

    /// Complaints with measures, each with one that may have come after those.
    async fn recurrences(
        &self,
        id: ComplaintId,
    ) -> Result<Vec<(ComplaintId, Recurrence)>, ServiceError> {
        let tenant = self.tenant().await?;
        let tx = &self.service().store().tenant(tenant.id).read().await?;
        let people = load_people(tx, &tenant, self.now()).await?;
        let Some(this) = load(self, tx, &people, id).await? else {
            return Ok(Vec::new());
        };
        let (Some(course), true) = (this.complaint.course, this.complaint.cause.is_some()) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for course in tx.editions(course).await? {
            let mut after = None;
            loop {
                let rows = page(tx, course, after).await?;
                let Some(last) = rows.last() else { break };
                after = Some(ComplaintOrder::ReceivedAsc.cursor(last));
                let others = load_all(self, tx, &people, &rows).await?;
                let others = others.iter().filter(|other| is_alike(&this, other));
                for other in others {
                    found.extend(came_after(&this, other));
                    found.extend(came_after(other, &this));
                }
            }
        }
        Ok(found)
    }
}

async fn page(
    tx: &ReadTx,
    course: CourseId,
    after: Option<CursorKey>,
) -> Result<Vec<ComplaintRow>, ServiceError> {
    let filter = ComplaintFilter {
        course_id: Some(course),
        ..ComplaintFilter::default()
    };
    Ok(tx
        .complaints(&filter, ComplaintOrder::ReceivedAsc, after, AT_ONCE)
        .await?)
}

/// Whether two different complaints have the same cause.
fn is_alike(this: &Loaded, other: &Loaded) -> bool {
    let (this, other) = (&this.complaint, &other.complaint);
    this.id != other.id && this.cause == other.cause
}

/// The earlier of two with what the later is to it; `None` where no measure was taken before the later came. Which of its
/// measures that concerns is for the heart to say.
fn came_after(earlier: &Loaded, later: &Loaded) -> Option<(ComplaintId, Recurrence)> {
    let received_at = later.complaint.received_at;
    let mut measures = earlier.complaint.measures.values();
    measures
        .any(|measure| measure.agreed_at < received_at)
        .then(|| {
            let recurrence = Recurrence {
                complaint: later.complaint.id,
                received_at,
                kept_from: kept_from(&later.policy, &later.facts, &later.complaint),
            };
            (earlier.complaint.id, recurrence)
        })
}
