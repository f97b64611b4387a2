//! Lists of complaints and of what is due.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use wederhoor_procedure::{
    ComplaintId, CourseId, MemberId,
    actor::{Role, Roles},
    audience::Level,
    complaint::{Complaint, Outcome, State},
    deadline::DeadlineKind,
    policy::Channel,
    view::{appointments, internal_deadlines},
};
use wederhoor_store::{
    ChainFault, ComplaintFilter, ComplaintOrder, ComplaintRow, CursorKey, ReadTx, TRACED, Verified,
    Viewer, WorkFilter, WorkKey,
};

use crate::{
    Caller, Dossier, Request, ServiceError,
    dossier::{member_key, recorded, viewer},
    facts::word,
};

/// Which complaints; what is empty or `None` does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComplaintListFilter {
    /// Only in these states.
    pub states: Vec<State>,
    /// Only with these outcomes.
    pub outcomes: Vec<Outcome>,
    /// Only about this course.
    pub course: Option<CourseId>,
    /// Only decided by this member.
    pub handler: Option<MemberId>,
    /// Only received at or after.
    pub received_from: Option<DateTime<Utc>>,
    /// Only received before.
    pub received_before: Option<DateTime<Utc>>,
    /// Only open ones whose next deadline has passed.
    pub is_overdue: bool,
    /// Only this one.
    pub reference: Option<String>,
    /// Only open ones, or only closed ones.
    pub is_open: Option<bool>,
}

/// A complaint in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintSummary {
    /// Which.
    pub id: ComplaintId,
    /// What people quote.
    pub reference: String,
    /// Where it stands.
    pub state: State,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// How it came.
    pub channel: Channel,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// The course.
    pub course: Option<(CourseId, String)>,
    /// Who decides now.
    pub handler: Option<(MemberId, String)>,
    /// Which instance has it, from 0.
    pub instance: u32,
    /// The next open deadline: what, its last day, its exclusive end.
    pub next_deadline: Option<(DeadlineKind, NaiveDate, DateTime<Utc>)>,
    /// Whether the next deadline is one that the caller may not see: then another may come next for them.
    pub is_next_hidden: bool,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// The row, for a cursor.
    pub(crate) row: ComplaintRow,
}

/// An open deadline in a work queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// Which complaint.
    pub complaint: ComplaintId,
    /// What people quote.
    pub reference: String,
    /// Who decides it now.
    pub handler: Option<MemberId>,
    /// What is due.
    pub kind: DeadlineKind,
    /// The last day.
    pub due_on: NaiveDate,
    /// The exclusive end.
    pub due_at: DateTime<Utc>,
    /// Its place in the queue, for a cursor.
    pub place: WorkKey,
}

impl ComplaintSummary {
    /// Its place in a list sorted that way.
    pub fn cursor(&self, order: ComplaintOrder) -> CursorKey {
        order.cursor(&self.row)
    }

    fn of(row: ComplaintRow) -> Result<Self, ServiceError> {
        let kept = row.clone();
        let projection = row.projection;
        let due = match (
            projection.next_due_kind,
            projection.next_due_on,
            projection.next_due_at,
        ) {
            (Some(kind), Some(on), Some(at)) => Some((kind_from_word(&kind)?, on, at)),
            _ => None,
        };
        Ok(Self {
            id: row.id,
            reference: row.reference,
            state: from_word(&projection.state)?,
            outcome: projection.outcome.as_deref().map(from_word).transpose()?,
            channel: from_word(&projection.channel)?,
            received_at: projection.received_at,
            registered_at: projection.registered_at,
            course: projection.course_id.zip(row.course_title),
            handler: projection.handler_id.zip(row.handler_name),
            instance: projection.instance,
            next_deadline: due,
            is_next_hidden: false,
            closed_at: projection.closed_at,
            row: kept,
        })
    }
}

/// All that is due for a member with these roles.
pub(crate) fn work_of(
    viewer: Viewer,
    roles: &Roles,
    now: DateTime<Utc>,
) -> Result<WorkFilter, ServiceError> {
    // Whoever destroys what is no longer to be kept finds it in their queue, once it is.
    let is_destroyer = roles.contains(&Role::Administrator);
    let kept = (word(&DeadlineKind::Retention)?, is_destroyer.then_some(now));
    Ok(WorkFilter {
        viewer,
        as_official: false,
        due_before: latest(),
        once_over: vec![kept],
        internal: internal()?,
    })
}

/// At most `limit` of it after the place, the earliest first.
pub(crate) async fn queue(
    tx: &ReadTx,
    work: &WorkFilter,
    after: Option<&WorkKey>,
    limit: u64,
) -> Result<Vec<WorkItem>, ServiceError> {
    let one = |item: wederhoor_store::WorkItem| {
        Ok(WorkItem {
            place: item.place(),
            complaint: item.complaint_id,
            reference: item.reference,
            handler: item.handler_id,
            kind: kind_from_word(&item.deadline.kind)?,
            due_on: item.deadline.due_on,
            due_at: item.deadline.due_at,
        })
    };
    let items = tx.work_queue(work, after, limit).await?;
    items.into_iter().map(one).collect()
}

/// The end of the calendar that terms are derived in.
fn latest() -> DateTime<Utc> {
    DateTime::from_timestamp(7_258_118_400, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// A value from the word it is kept under.
fn from_word<T: DeserializeOwned>(word: &str) -> Result<T, ServiceError> {
    Ok(serde_json::from_value(serde_json::Value::String(
        word.to_owned(),
    ))?)
}

/// A deadline's kind is a word, or an object where it names an instance.
fn kind_from_word(word: &str) -> Result<DeadlineKind, ServiceError> {
    if word.starts_with('{') {
        Ok(serde_json::from_str(word)?)
    } else {
        from_word(word)
    }
}

impl Request {
    /// At most `limit` complaints after the cursor that the caller may see.
    #[tracing::instrument(target = TRACED, skip_all)]
    pub async fn complaints(
        &self,
        filter: &ComplaintListFilter,
        order: ComplaintOrder,
        after: Option<CursorKey>,
        limit: u64,
    ) -> Result<Vec<ComplaintSummary>, ServiceError> {
        let reading = self.reading().await?;
        self.require_still_in(&reading.tx).await?;
        let rows = reading
            .tx
            .complaints(&self.seen(filter)?, order, after, limit)
            .await?;
        let summaries = rows.into_iter().map(ComplaintSummary::of);
        let mut summaries: Vec<ComplaintSummary> = summaries.collect::<Result<_, _>>()?;
        self.hide_internal(&reading.tx, &mut summaries).await?;
        Ok(summaries)
    }

    /// Says of which complaints the caller, who is no official there, may not see what is due next.
    async fn hide_internal(
        &self,
        tx: &ReadTx,
        summaries: &mut [ComplaintSummary],
    ) -> Result<(), ServiceError> {
        let is_internal = |summary: &ComplaintSummary| {
            let next = summary.next_deadline.as_ref();
            next.is_some_and(|(kind, ..)| internal_deadlines().any(|one| one == *kind))
        };
        let inside = summaries.iter().filter(|summary| is_internal(summary));
        let inside: Vec<ComplaintId> = inside.map(|summary| summary.id).collect();
        let official: BTreeSet<ComplaintId> = match self.caller() {
            _ if inside.is_empty() => return Ok(()),
            Caller::Service(_) => inside.into_iter().collect(),
            Caller::Anonymous | Caller::Operator(_) | Caller::Link(_) | Caller::Key(_) => {
                BTreeSet::new()
            }
            Caller::Person(person) => {
                let (keys, official) = ([member_key(person.member)], word(&Level::Official)?);
                let levels = tx.audience_levels(&inside, &keys).await?.into_iter();
                let seen = levels.filter(|(_, row)| row.level == official);
                seen.map(|(id, _)| id).collect()
            }
        };
        for summary in summaries {
            summary.is_next_hidden = is_internal(summary) && !official.contains(&summary.id);
        }
        Ok(())
    }

    /// How many complaints the caller may see.
    pub async fn count_complaints(
        &self,
        filter: &ComplaintListFilter,
    ) -> Result<u64, ServiceError> {
        let reading = self.reading().await?;
        self.require_still_in(&reading.tx).await?;
        Ok(reading.tx.count_complaints(&self.seen(filter)?).await?)
    }

    /// At most `limit` open deadlines after the place, of complaints the caller may see; the earliest first.
    #[tracing::instrument(target = TRACED, skip_all)]
    pub async fn work_queue(
        &self,
        due_before: Option<DateTime<Utc>>,
        after: Option<&WorkKey>,
        limit: u64,
    ) -> Result<Vec<WorkItem>, ServiceError> {
        let filter = self.work(due_before)?;
        let reading = self.reading().await?;
        queue(&reading.tx, &filter, after, limit).await
    }

    /// How many deadlines are open in complaints the caller may see.
    pub async fn count_work(&self, due_before: Option<DateTime<Utc>>) -> Result<u64, ServiceError> {
        let filter = self.work(due_before)?;
        Ok(self.reading().await?.tx.count_work(&filter).await?)
    }

    fn work(&self, due_before: Option<DateTime<Utc>>) -> Result<WorkFilter, ServiceError> {
        let person = self.person()?;
        let due_before = due_before.map_or(latest(), |before| before.min(latest()));
        let filter = work_of(viewer(person), &person.roles, self.now())?;
        Ok(WorkFilter {
            due_before,
            ..filter
        })
    }

    /// Whether the chains of these complaints' events are whole.
    pub async fn verify_chains(
        &self,
        dossiers: &[Arc<Dossier>],
    ) -> Result<BTreeMap<ComplaintId, Result<Verified, ChainFault>>, ServiceError> {
        let reading = self.reading().await?;
        let chains: Vec<(ComplaintId, u32)> = dossiers
            .iter()
            .map(|dossier| (dossier.complaint.id, dossier.recorded))
            .collect();
        Ok(reading.tx.verify_many(&chains).await?)
    }

    /// Refuses the holder of a link whose access has ended, before a list that is made without the complaint itself. For anyone
    /// else nothing is read.
    async fn require_still_in(&self, tx: &ReadTx) -> Result<(), ServiceError> {
        let Caller::Link(link) = self.caller() else {
            return Ok(());
        };
        let entries = tx.load_events_many(&[link.complaint]).await?;
        let entries = entries.into_values().next().unwrap_or_default();
        match Complaint::fold(&recorded(entries)?) {
            Some(complaint) => self.caller().require_still_in(&complaint),
            None => Ok(()),
        }
    }

    fn seen(&self, filter: &ComplaintListFilter) -> Result<ComplaintFilter, ServiceError> {
        let (viewer, ids) = match self.caller() {
            Caller::Anonymous | Caller::Operator(_) | Caller::Key(_) => {
                return Err(ServiceError::Unauthenticated);
            }
            Caller::Service(_) => (None, None),
            Caller::Link(link) => (None, Some(vec![link.complaint])),
            Caller::Person(person) => (Some(viewer(person)), None),
        };
        let internal = match self.caller() {
            Caller::Service(_) => Vec::new(),
            _ => internal()?,
        };
        Ok(ComplaintFilter {
            viewer,
            ids,
            internal,
            states: filter.states.iter().map(word).collect::<Result<_, _>>()?,
            outcomes: filter.outcomes.iter().map(word).collect::<Result<_, _>>()?,
            course_id: filter.course,
            cause: None,
            handler_id: filter.handler,
            received_from: filter.received_from,
            received_before: filter.received_before,
            fallen_due_at: None,
            overdue_at: filter.is_overdue.then_some(self.now()),
            reference: filter.reference.clone(),
            is_open: filter.is_open,
            waiting_for: None,
        })
    }
}

/// The words of the deadlines that are open for as long as nobody handles or decides a complaint.
pub(crate) fn vacant() -> Result<Vec<String>, ServiceError> {
    appointments().map(|kind| word(&kind)).collect()
}

/// The words of the deadlines that only officials see.
fn internal() -> Result<Vec<String>, ServiceError> {
    internal_deadlines().map(|kind| word(&kind)).collect()
}
