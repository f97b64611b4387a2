//! Facts around complaints have changed: conflicts, audiences and deadlines follow.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId,
    actor::Actor,
    command::Command,
    complaint::Recorded,
    decide::{DueMeasure, decide, due_measures, next_due},
    facts::Facts,
    refusal::{Reason, Refusal},
};
use wederhoor_store::{
    AudienceRow, ComplaintFilter, ComplaintOrder, ComplaintRow, DeadlineRow, WorkKind, WriteTx,
};

use crate::{
    Request, ServiceError, Tenant,
    act::append,
    attempt::Attempt,
    dossier::Loaded,
    facts::load_people,
    letters::Telling,
    projection::{audience_rows, deadline_rows, projection},
};

/// How many complaints are looked at together.
const AT_ONCE: u64 = 100;

/// What is kept beside the events of complaints.
struct Beside {
    audiences: BTreeMap<ComplaintId, Vec<AudienceRow>>,
    deadlines: BTreeMap<ComplaintId, Vec<DeadlineRow>>,
    measures: BTreeMap<ComplaintId, Vec<DueMeasure>>,
    due: BTreeMap<Uuid, DateTime<Utc>>,
}

impl Request {
    /// All complaints of a filter are looked at again, in one transaction; only those that something changes for are
    /// written.
    pub(crate) async fn review(
        &self,
        tx: &WriteTx,
        filter: &ComplaintFilter,
    ) -> Result<(), Attempt> {
        let tenant = self.tenant().await?;
        let people = load_people(tx, &tenant, self.now()).await?;
        let (order, mut after) = (ComplaintOrder::ReceivedAsc, None);
        loop {
            let rows = tx.complaints(filter, order, after, AT_ONCE).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = Some(order.cursor(last));
            self.review_some(tx, &tenant, &people, &rows).await?;
        }
    }

    async fn review_some(
        &self,
        tx: &WriteTx,
        tenant: &Tenant,
        people: &Facts,
        rows: &[ComplaintRow],
    ) -> Result<(), Attempt> {
        let beside = Beside::read(tx, rows).await?;
        for loaded in self.readable_for_review(tx, people, rows).await? {
            let events = self.reviewed(&loaded).map_err(ServiceError::Refused)?;
            let row = rows.iter().find(|row| row.id == loaded.complaint.id);
            let follows = match row {
                Some(row) if events.is_empty() => {
                    !beside.is_as(row, &loaded, tenant, self.now())?
                }
                _ => true,
            };
            if follows {
                Box::pin(append(self, tx, loaded, events)).await?;
            }
        }
        Ok(())
    }

    /// The dossiers of these complaints. One that cannot be read holds up nobody: what follows for it is left to the worker, which
    /// raises the alarm.
    async fn readable_for_review(
        &self,
        tx: &WriteTx,
        people: &Facts,
        rows: &[ComplaintRow],
    ) -> Result<Vec<Loaded>, Attempt> {
        let (read, failed) = self.readable(tx, people, rows).await;
        match failed {
            Ok(()) | Err(ServiceError::Internal(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let is_read = |row: &&ComplaintRow| read.iter().any(|one| one.complaint.id == row.id);
        for row in rows.iter().filter(|row| !is_read(row)) {
            tx.schedule_by(WorkKind::Clock, row.id.0, self.now())
                .await?;
        }
        Ok(read)
    }

    /// What the review of a complaint finds; nothing of a dossier that is destroyed.
    fn reviewed(&self, loaded: &Loaded) -> Result<Vec<Recorded>, Refusal> {
        let (actor, command, now) = (Actor::System, Command::ReviewConflicts, self.now());
        let decided = decide(
            &loaded.policy,
            &loaded.facts,
            &loaded.complaint,
            &actor,
            &command,
            now,
            now,
        );
        match decided {
            Err(refusal) if refusal.reason == Reason::Destroyed => Ok(Vec::new()),
            decided => decided,
        }
    }
}

impl Beside {
    async fn read(tx: &WriteTx, rows: &[ComplaintRow]) -> Result<Self, ServiceError> {
        let ids: Vec<ComplaintId> = rows.iter().map(|row| row.id).collect();
        let subjects: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut deadlines: BTreeMap<ComplaintId, Vec<DeadlineRow>> = BTreeMap::new();
        for (id, row) in tx.deadlines(&ids).await? {
            deadlines.entry(id).or_default().push(row);
        }
        Ok(Self {
            audiences: tx.audiences(&ids).await?,
            deadlines,
            measures: tx.measures_due_of(&ids).await?,
            due: tx.scheduled(WorkKind::Clock, &subjects).await?,
        })
    }

    /// Whether all that is kept beside a complaint is what follows from it and from the facts.
    fn is_as(
        &self,
        row: &ComplaintRow,
        loaded: &Loaded,
        tenant: &Tenant,
        now: DateTime<Utc>,
    ) -> Result<bool, ServiceError> {
        let telling = Telling::of(loaded, tenant);
        let (policy, facts, complaint) = (telling.policy, telling.facts, telling.complaint);
        let due = next_due(policy, facts, complaint, now);
        let measures = due_measures(policy, facts, complaint, now);
        let mut audience = audience_rows(&telling, now)?;
        audience.sort();
        let kept = |rows: Option<&Vec<DeadlineRow>>| {
            let mut rows = rows.cloned().unwrap_or_default();
            rows.sort_by(|one, other| (&one.key, &one.kind).cmp(&(&other.key, &other.kind)));
            rows
        };
        let deadlines = deadline_rows(&telling)?;
        Ok(row.projection == projection(&telling)?
            && self
                .audiences
                .get(&row.id)
                .is_some_and(|rows| *rows == audience)
            && kept(self.deadlines.get(&row.id)) == kept(Some(&deadlines))
            && self
                .measures
                .get(&row.id)
                .map_or(measures.is_empty(), |rows| *rows == measures)
            && self.due.get(&row.id.0).copied() == due.map(|(due, _)| due))
    }
}
