//! A complaint that came after a measure, about the same course with the same cause, is linked to it (L13: no repeat).

use wederhoor_procedure::{
    ComplaintId, CourseId,
    actor::{Actor, Role},
    audience::Level,
    command::Command,
    complaint::{Complaint, Event, Recorded},
    facts::{Facts, Repeat, Repeats},
    refusal::Reason,
};
use wederhoor_store::{
    AccountEvent, ComplaintFilter, ComplaintOrder, ComplaintRow, ReadTx, RepeatRecord, WorkKind,
    WriteTx,
};

use crate::{
    ActOptions, InputCode, Request, ServiceError, TenantSettings,
    dossier::{Loaded, load_all, member_of},
    facts::{load_people, word},
};

/// For how many months after a measure another such complaint counts as a recurrence, unless an organisation chose otherwise.
pub const RECURRENCE_MONTHS: u32 = 12;

/// How many complaints about one course are read together.
const AT_ONCE: u64 = 100;
/// The longest window, in months.
const LONGEST: u32 = 120;

/// What is known now of other complaints, by those that they are linked to: from their rows, in one statement.
pub(crate) async fn repeats(tx: &ReadTx, ids: &[ComplaintId]) -> Result<Repeats, ServiceError> {
    let found = tx.repeats(ids).await?.into_iter();
    found.map(|(id, one)| Ok((id, repeat(one)?))).collect()
}

/// A complaint as its rows have it: who does not see it as an official, and yet stands in them, is a party or in conflict.
fn repeat(record: RepeatRecord) -> Result<Repeat, ServiceError> {
    let official = word(&Level::Official)?;
    let rows = record.audience.iter();
    let others = rows.filter(|row| row.level != official);
    Ok(Repeat {
        kept_from: others.filter_map(|row| member_of(&row.viewer)).collect(),
        reference: record.reference,
        received_at: record.received_at,
        cause: record.cause,
    })
}

/// A complaint of which the cause is known is due to be compared with the others about its course: when it was recorded, and when who
/// may know of it changes.
pub(crate) async fn plan(
    tx: &WriteTx,
    request: &Request,
    complaint: &Complaint,
    new: &[Recorded],
) -> Result<(), ServiceError> {
    if complaint.cause.is_some() && new.iter().any(|one| concerns_others(&one.event)) {
        let (kind, now) = (WorkKind::Recurrence, request.now());
        tx.schedule(kind, complaint.id.0, Some(now)).await?;
    }
    Ok(())
}

/// Whether an event bears on what other complaints tell of this one.
fn concerns_others(event: &Event) -> bool {
    matches!(
        event,
        Event::Classified { .. }
            | Event::RespondentNotified { .. }
            | Event::RepresentativeNamed { .. }
            | Event::ConflictFound { .. }
            | Event::Recused { .. }
    )
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

    /// Links a complaint to the measures that it came after, and those that came after its own measures to them. Letters on paper that
    /// tell of it are looked at again.
    pub(crate) async fn link_recurrences(&self, id: ComplaintId) -> Result<(), ServiceError> {
        let months = self.tenant().await?.settings.recurrence_months;
        let (pairs, mut failed) = self.pairs(id).await?;
        if !pairs.linked.is_empty() {
            failed = failed.and(self.look_through_paper(&pairs.linked).await);
        }
        for (earlier, repeat) in pairs.new {
            let command = Command::LinkRecurrence { repeat, months };
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

    /// The complaints that a complaint is or may be linked to, and what could not be read.
    async fn pairs(
        &self,
        id: ComplaintId,
    ) -> Result<(Pairs, Result<(), ServiceError>), ServiceError> {
        let tenant = self.tenant().await?;
        let tx = &self.service().store().tenant(tenant.id).read().await?;
        let people = load_people(tx, &tenant, self.now()).await?;
        let (mut pairs, mut failed) = (Pairs::default(), Ok(()));
        let row = tx.complaint(id).await?;
        let known = row.and_then(|row| Some((course_and_cause(&row)?, row)));
        let Some(((course, cause), row)) = known else {
            return Ok((pairs, failed));
        };
        let this = load_all(self, tx, &people, std::slice::from_ref(&row)).await?;
        for course in tx.editions(course).await? {
            let mut after = None;
            let alike = ComplaintFilter {
                course_id: Some(course),
                cause: Some(cause.clone()),
                ..ComplaintFilter::default()
            };
            loop {
                let order = ComplaintOrder::ReceivedAsc;
                let rows = tx.complaints(&alike, order, after, AT_ONCE).await?;
                let Some(last) = rows.last() else { break };
                after = Some(order.cursor(last));
                let (earlier, later) = around(rows, &row);
                let (earlier, unread) = self.readable(tx, &people, &earlier).await;
                failed = failed.and(unread);
                for later in &later {
                    pairs.new.extend(came_after(&this, later));
                }
                pairs.new.extend(came_after(&earlier, &row));
                let linked = earlier.iter().filter(|one| is_linked(one, row.id));
                pairs.linked.extend(linked.map(|one| one.complaint.id));
            }
        }
        Ok((pairs, failed))
    }

    /// Those of these dossiers that can be read: one that cannot keeps none of the others away.
    pub(crate) async fn readable(
        &self,
        tx: &ReadTx,
        people: &Facts,
        rows: &[ComplaintRow],
    ) -> (Vec<Loaded>, Result<(), ServiceError>) {
        if let Ok(all) = load_all(self, tx, people, rows).await {
            return (all, Ok(()));
        }
        let (mut read, mut failed) = (Vec::new(), Ok(()));
        for row in rows {
            match load_all(self, tx, people, std::slice::from_ref(row)).await {
                Ok(one) => read.extend(one),
                Err(error) => {
                    tracing::error!(complaint = %row.id, %error, "a dossier cannot be read");
                    failed = failed.and(Err(error));
                }
            }
        }
        (read, failed)
    }
}

/// A complaint among those that are like it.
#[derive(Default)]
struct Pairs {
    /// Complaints with measures, each with another that may have come after those and is not linked to them yet.
    new: Vec<(ComplaintId, ComplaintId)>,
    /// Complaints that are linked to it.
    linked: Vec<ComplaintId>,
}

/// What a complaint has in common with those that are like it; `None` while that is not known.
fn course_and_cause(row: &ComplaintRow) -> Option<(CourseId, String)> {
    let projection = &row.projection;
    projection.course_id.zip(projection.cause.clone())
}

/// Of these, those that arrived before another, and those that arrived after it.
fn around(rows: Vec<ComplaintRow>, this: &ComplaintRow) -> (Vec<ComplaintRow>, Vec<ComplaintRow>) {
    let received = |row: &ComplaintRow| (row.projection.received_at, row.id);
    let others = rows.into_iter().filter(|row| row.id != this.id);
    others.partition(|row| received(row) < received(this))
}

/// Those that took a measure before another arrived that is not linked to it yet, with that one. Which of their measures that concerns
/// is for the heart to say.
fn came_after(
    earlier: &[Loaded],
    later: &ComplaintRow,
) -> impl Iterator<Item = (ComplaintId, ComplaintId)> {
    let (id, received_at) = (later.id, later.projection.received_at);
    let is_before = move |one: &&Loaded| {
        let mut measures = one.complaint.measures.values();
        measures.any(|measure| measure.agreed_at < received_at && !measure.came_before(id))
    };
    let before = earlier.iter().filter(is_before);
    before.map(move |one| (one.complaint.id, id))
}

/// Whether a measure of one is linked to another.
fn is_linked(one: &Loaded, later: ComplaintId) -> bool {
    let mut measures = one.complaint.measures.values();
    measures.any(|measure| measure.came_before(later))
}
