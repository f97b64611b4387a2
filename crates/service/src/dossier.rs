//! A dossier: a complaint with its events, as one viewer may see it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use wederhoor_procedure::{
    ComplaintId, MemberId,
    actor::Actor,
    audience::{Level, audience, sight},
    complaint::{Complaint, Event, Party, Recorded},
    deadline::{Deadline, deadlines},
    decide::{Action, actions, authority, settle},
    facts::Facts,
    policy::Policy,
};
use wederhoor_store::{ReadTx, StoredEntry};

use crate::{
    Request, ServiceError,
    facts::{policy_version, with_course},
    request::Reading,
};

/// A complaint as one viewer may see it, with whatever is due by now settled dry.
pub struct Dossier {
    /// What people quote.
    pub reference: String,
    /// The complaint as it stands now.
    pub complaint: Complaint,
    /// The number of events that are stored; what a command may name as the version it saw.
    pub version: u32,
    /// How much the viewer sees.
    pub level: Level,
    /// The party the viewer is.
    pub party: Option<Party>,
    /// The policy that governs it.
    pub policy: Arc<Policy>,
    /// The facts around it.
    pub facts: Facts,
    /// What happened, in order.
    pub entries: Vec<Recorded>,
    actor: Actor,
    now: DateTime<Utc>,
}

/// A complaint as it is stored.
pub(crate) struct Loaded {
    pub(crate) reference: String,
    pub(crate) complaint: Complaint,
    pub(crate) entries: Vec<Recorded>,
    pub(crate) policy: Arc<Policy>,
    pub(crate) facts: Facts,
}

impl Dossier {
    pub(crate) fn of(loaded: Loaded, actor: Actor, now: DateTime<Utc>) -> Option<Self> {
        let Loaded {
            reference,
            mut complaint,
            mut entries,
            policy,
            facts,
        } = loaded;
        let version = complaint.version;
        for recorded in settle(&policy, &facts, &complaint, now, now) {
            complaint.evolve(&recorded);
            entries.push(recorded);
        }
        let audience = audience(&policy, &facts, &complaint, now);
        let level = sight(&audience, &complaint, &actor)?;
        let on = facts.calendar.local_date(now);
        let party = authority::relation(&policy, &facts, &complaint, &actor, on).party;
        Some(Self {
            reference,
            complaint,
            version,
            level,
            party,
            policy,
            facts,
            entries,
            actor,
            now,
        })
    }

    /// Every deadline, derived.
    pub fn deadlines(&self) -> Vec<Deadline> {
        deadlines(&self.policy, &self.facts.calendar, &self.complaint)
    }

    /// What the viewer may do now, and why not.
    pub fn actions(&self) -> Vec<Action> {
        actions(
            &self.policy,
            &self.facts,
            &self.complaint,
            &self.actor,
            self.now,
        )
    }

    /// The instant the dossier is seen at.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What happened, as far as the viewer may see it: parties see no internal notes.
    pub fn visible_entries(&self) -> impl Iterator<Item = (u32, &Recorded)> {
        let numbered = (0..).zip(&self.entries);
        numbered
            .filter(|(_, recorded)| self.level == Level::Official || !is_internal(&recorded.event))
    }
}

/// What only officials see.
fn is_internal(event: &Event) -> bool {
    matches!(
        event,
        Event::ContactAttempted { .. }
            | Event::Recused { .. }
            | Event::ConflictFound { .. }
            | Event::DeciderReleased { .. }
            | Event::Classified { .. }
            | Event::MeasuresAnswered { .. }
            | Event::MeasureUpdated(_)
            | Event::HandlingRated { .. }
            | Event::Alerted { .. }
            | Event::HoldPlaced { .. }
            | Event::HoldLifted { .. }
            | Event::LetterReturned { .. }
            | Event::LetterReprinted { .. }
            | Event::LetterSentAgain { .. }
    )
}

/// The events of a dossier from their stored form.
pub(crate) fn recorded(entries: Vec<StoredEntry>) -> Result<Vec<Recorded>, ServiceError> {
    let one = |entry: StoredEntry| {
        Ok(Recorded {
            at: entry.at,
            registered_at: entry.registered_at,
            by: serde_json::from_value(entry.actor)?,
            event: serde_json::from_value(entry.payload)?,
        })
    };
    entries.into_iter().map(one).collect()
}

/// Loads one complaint for a command, in its own transaction.
pub(crate) async fn load(
    request: &Request,
    tx: &ReadTx,
    people: &Facts,
    id: ComplaintId,
) -> Result<Option<Loaded>, ServiceError> {
    let entries = recorded(tx.load_events(id).await?)?;
    let Some(complaint) = Complaint::fold(&entries) else {
        return Ok(None);
    };
    let Some(row) = tx.complaint(id).await? else {
        return Ok(None);
    };
    let policy = policy_version(request.service(), tx, complaint.policy).await?;
    let course = match complaint.course {
        Some(course) => tx.course(course).await?,
        None => None,
    };
    let facts = with_course(people, &policy, course.as_ref());
    Ok(Some(Loaded {
        reference: row.reference,
        complaint,
        entries,
        policy,
        facts,
    }))
}

impl Request {
    /// A complaint; `None` when it does not exist for this caller.
    ///
    /// # Errors
    /// As every use case.
    pub async fn complaint(&self, id: ComplaintId) -> Result<Option<Arc<Dossier>>, ServiceError> {
        if self.caller().tenant().is_none() {
            return Ok(None);
        }
        Ok(self.dossiers(&[id]).await?.remove(&id))
    }

    /// Those of these complaints that the caller may see. What is hidden costs the same work as what is absent:
    /// the audience is asked first, and nothing more is read of what it does not let through.
    ///
    /// # Errors
    /// As every use case.
    pub async fn dossiers(
        &self,
        ids: &[ComplaintId],
    ) -> Result<HashMap<ComplaintId, Arc<Dossier>>, ServiceError> {
        let reading = self.reading().await?;
        let ids = self.let_through(&reading, ids).await?;
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let people = self.people(&reading).await?;
        let rows = reading.tx.complaints_by_ids(&ids).await?;
        let mut events = reading.tx.load_events_many(&ids).await?;
        let courses: Vec<_> = rows
            .iter()
            .filter_map(|row| row.projection.course_id)
            .collect();
        let courses = reading.tx.courses_by_ids(&courses).await?;
        let mut seen = HashMap::new();
        for row in rows {
            let entries = recorded(events.remove(&row.id).unwrap_or_default())?;
            let Some(complaint) = Complaint::fold(&entries) else {
                continue;
            };
            let policy = policy_version(self.service(), &reading.tx, complaint.policy).await?;
            let course = courses
                .iter()
                .find(|course| Some(course.id) == complaint.course);
            let facts = with_course(&people, &policy, course);
            let loaded = Loaded {
                reference: row.reference,
                complaint,
                entries,
                policy,
                facts,
            };
            if let Some(dossier) = Dossier::of(loaded, self.caller().actor_in(row.id), self.now()) {
                seen.insert(row.id, Arc::new(dossier));
            }
        }
        Ok(seen)
    }

    async fn let_through(
        &self,
        reading: &Reading,
        ids: &[ComplaintId],
    ) -> Result<Vec<ComplaintId>, ServiceError> {
        match self.caller() {
            crate::Caller::Anonymous => Ok(Vec::new()),
            crate::Caller::Service(_) => Ok(ids.to_vec()),
            crate::Caller::Link(link) => Ok(ids
                .iter()
                .copied()
                .filter(|id| *id == link.complaint)
                .collect()),
            crate::Caller::Person(person) => {
                let key = member_key(person.member);
                let levels = reading
                    .tx
                    .audience_levels(ids, std::slice::from_ref(&key))
                    .await?;
                let lets_in = |(id, row): (ComplaintId, wederhoor_store::AudienceRow)| {
                    (row.level != "excluded").then_some(id)
                };
                Ok(levels.into_iter().filter_map(lets_in).collect())
            }
        }
    }

    /// The names of members.
    ///
    /// # Errors
    /// As every use case.
    pub async fn member_names(
        &self,
        ids: &[MemberId],
    ) -> Result<BTreeMap<MemberId, String>, ServiceError> {
        let reading = self.reading().await?;
        let members = reading.tx.members_by_ids(ids).await?;
        Ok(members
            .into_iter()
            .map(|member| (member.id, member.name))
            .collect())
    }
}

/// The key of a member in the audience rows.
pub(crate) fn member_key(member: MemberId) -> String {
    format!("member:{member}")
}
