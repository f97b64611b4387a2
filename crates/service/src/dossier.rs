//! A dossier: a complaint with its events, as one viewer may see it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId, CourseId, MeasureId, MemberId,
    actor::Actor,
    audience::{Level, audience, sight},
    complaint::{Complaint, LetterKey, Party, Recorded},
    deadline::{Deadline, Standstill, deadlines, next_deadline, standstills},
    decide::{Action, actions, authority, settle},
    facts::{Facts, Repeats},
    forgetting::{forgotten, parties, put_back},
    policy::Policy,
    view::{self, SeenMeasure, is_letter_kept_from, numbered, shows, shows_deadline},
};
use wederhoor_store::{
    ComplaintFilter, ComplaintOrder, ComplaintRow, ReadTx, StoredEntry, TRACED, Viewer,
};

use crate::{
    Caller, Person, Request, ServiceError,
    facts::{policy_versions, with_course},
    reading::Reading,
    recurrences::repeats,
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
    /// What the course is called.
    pub course_title: Option<String>,
    /// The number of events that there must be, as it is kept beside the chain.
    pub(crate) recorded: u32,
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
    pub(crate) course_title: Option<String>,
    pub(crate) recorded: u32,
}

impl Dossier {
    pub(crate) fn of(loaded: Loaded, actor: Actor, now: DateTime<Utc>) -> Option<Self> {
        let Loaded {
            reference,
            mut complaint,
            mut entries,
            policy,
            facts,
            course_title,
            recorded,
        } = loaded;
        let version = complaint.version;
        for settled in settle(&policy, &facts, &complaint, now, now) {
            complaint.evolve(&settled);
            entries.push(settled);
        }
        // What time has destroyed shows no more, also while the worker that takes its content away is still to come.
        if complaint.destroyed_at.is_some() && complaint.version > version {
            (entries, complaint) = folded(entries, &facts)?;
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
            course_title,
            recorded,
            actor,
            now,
        })
    }

    /// Every deadline, derived, as far as the viewer may see it.
    pub fn deadlines(&self) -> Vec<Deadline> {
        let mut all = deadlines(&self.policy, &self.facts.calendar, &self.complaint);
        all.retain(|deadline| shows_deadline(self.level, deadline.kind));
        all
    }

    /// The terms that would run and do not, as far as the viewer may see them.
    pub fn standstills(&self) -> Vec<Standstill> {
        let mut all = standstills(&self.policy, &self.facts.calendar, &self.complaint);
        all.retain(|standstill| shows_deadline(self.level, standstill.kind));
        all
    }

    /// The next deadline that still counts, of those that the viewer may see.
    pub fn next_deadline(&self) -> Option<Deadline> {
        next_deadline(&self.deadlines()).cloned()
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

    /// Its measures, by id, as the viewer sees them; `repeats` is what is known of the complaints that came after them.
    pub fn measures(&self, repeats: &Repeats) -> impl Iterator<Item = (MeasureId, SeenMeasure)> {
        let (complaint, member) = (&self.complaint, self.actor.member());
        let seen = move |measure| view::measure(repeats, complaint, measure, member);
        let measures = complaint.measures.iter();
        measures.map(move |(id, measure)| (*id, seen(measure)))
    }

    /// Whether a letter about it tells of another complaint of which the viewer may not know.
    pub(crate) fn keeps_letter(&self, repeats: &Repeats, letter: &LetterKey) -> bool {
        is_letter_kept_from(repeats, self.actor.member(), &self.entries, letter)
    }

    /// Whether the viewer is its administration.
    pub(crate) fn is_administered(&self) -> bool {
        let on = self.facts.calendar.local_date(self.now);
        let viewer = (&self.actor, self.level);
        authority::administers(&self.policy, &self.facts, &self.complaint, viewer, on)
    }

    /// The side on which who sees it is, or ever was.
    fn side(&self) -> Option<Party> {
        let member = self.actor.member()?;
        parties(&self.entries).get(&member).copied()
    }

    /// Who sees it.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The instant the dossier is seen at.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What happened, as far as the viewer may see it: parties see no internal notes.
    pub fn visible_entries(&self, repeats: &Repeats) -> impl Iterator<Item = (u32, &Recorded)> {
        let numbered = numbered(repeats, self.actor.member(), &self.entries);
        numbered.filter(|(_, recorded)| shows(self.level, &recorded.event))
    }
}

impl Loaded {
    /// How much an actor sees of it, with whatever is due by now settled dry; `None`: not even that it exists.
    pub(crate) fn sight(&self, actor: &Actor, now: DateTime<Utc>) -> Option<Level> {
        let (policy, facts) = (&self.policy, &self.facts);
        let complaint = self.settled(now);
        sight(&audience(policy, facts, &complaint, now), &complaint, actor)
    }

    /// The complaint with whatever is due by now settled dry.
    pub(crate) fn settled(&self, now: DateTime<Utc>) -> Complaint {
        let mut complaint = self.complaint.clone();
        for recorded in settle(&self.policy, &self.facts, &complaint, now, now) {
            complaint.evolve(&recorded);
        }
        complaint
    }
}

/// The events of a dossier from their stored form.
pub(crate) fn recorded(entries: Vec<StoredEntry>) -> Result<Vec<Recorded>, ServiceError> {
    let one = |mut entry: StoredEntry| {
        put_back(&mut entry.actor);
        put_back(&mut entry.payload);
        Ok(Recorded {
            at: entry.at,
            registered_at: entry.registered_at,
            by: serde_json::from_value(entry.actor)?,
            event: serde_json::from_value(entry.payload)?,
        })
    };
    entries.into_iter().map(one).collect()
}

/// A dossier and what it comes to; `None` where it does not begin with a filing. Of one that is destroyed nothing shows who it
/// named, also where the chain still tells: that of before members were set apart in it.
fn folded(entries: Vec<Recorded>, people: &Facts) -> Option<(Vec<Recorded>, Complaint)> {
    let complaint = Complaint::fold(&entries)?;
    if complaint.destroyed_at.is_none() {
        return Some((entries, complaint));
    }
    let left = forgotten(&entries, &people.members)?;
    let complaint = Complaint::fold(&left)?;
    Some((left, complaint))
}

/// Loads one complaint for a command, in its own transaction.
pub(crate) async fn load(
    request: &Request,
    tx: &ReadTx,
    people: &Facts,
    id: ComplaintId,
) -> Result<Option<Loaded>, ServiceError> {
    let Some(row) = tx.complaint(id).await? else {
        return Ok(None);
    };
    Ok(load_all(request, tx, people, &[row]).await?.pop())
}

/// Loads complaints with what came after their measures, in as many statements as for one; refuses the holder of a link whose
/// access has ended.
pub(crate) async fn load_all(
    request: &Request,
    tx: &ReadTx,
    people: &Facts,
    rows: &[ComplaintRow],
) -> Result<Vec<Loaded>, ServiceError> {
    let mut loaded = load_alone(request, tx, people, rows).await?;
    let named: BTreeSet<ComplaintId> = loaded
        .iter()
        .flat_map(|one| links(&one.complaint))
        .collect();
    let known = repeats(tx, &Vec::from_iter(named)).await?;
    for one in &mut loaded {
        let own = links(&one.complaint).filter_map(|id| Some((id, known.get(&id)?.clone())));
        one.facts.repeats = own.collect();
    }
    Ok(loaded)
}

/// The complaints that the measures of one are linked to.
fn links(complaint: &Complaint) -> impl Iterator<Item = ComplaintId> {
    let measures = complaint.measures.values();
    measures.flat_map(|one| one.recurrences.iter().map(|link| link.complaint))
}

async fn load_alone(
    request: &Request,
    tx: &ReadTx,
    people: &Facts,
    rows: &[ComplaintRow],
) -> Result<Vec<Loaded>, ServiceError> {
    let ids: Vec<ComplaintId> = rows.iter().map(|row| row.id).collect();
    let mut events = tx.load_events_many(&ids).await?;
    let courses: BTreeSet<CourseId> = rows
        .iter()
        .filter_map(|row| row.projection.course_id)
        .collect();
    let courses: Vec<CourseId> = courses.into_iter().collect();
    let courses = match courses.as_slice() {
        [] => Vec::new(),
        some => tx.courses_by_ids(some).await?,
    };
    let policies = rows.iter().map(|row| row.projection.policy_id);
    let policies = policy_versions(request.service(), tx, policies).await?;
    let mut loaded = Vec::with_capacity(rows.len());
    for row in rows {
        let entries = recorded(events.remove(&row.id).unwrap_or_default())?;
        let Some((entries, complaint)) = folded(entries, people) else {
            tracing::error!(complaint = %row.id, "a dossier does not begin with a filing");
            continue;
        };
        request.caller().require_still_in(&complaint)?;
        let missing = || ServiceError::Internal(format!("policy {} is missing", complaint.policy));
        let policy = policies.get(&complaint.policy).ok_or_else(missing)?.clone();
        let course = courses
            .iter()
            .find(|course| Some(course.id) == complaint.course);
        let facts = with_course(people, &policy, course);
        loaded.push(Loaded {
            reference: row.reference.clone(),
            complaint,
            entries,
            policy,
            facts,
            course_title: course.map(|course| course.title.clone()),
            recorded: row.version,
        });
    }
    Ok(loaded)
}

impl Request {
    /// A complaint; `None` when it does not exist for this caller.
    #[tracing::instrument(target = TRACED, skip_all)]
    pub async fn complaint(&self, id: ComplaintId) -> Result<Option<Arc<Dossier>>, ServiceError> {
        if self.caller().tenant().is_none() {
            return Ok(None);
        }
        Ok(self.dossiers(&[id]).await?.remove(&id))
    }

    /// Those of these complaints that the caller may see. What is hidden costs the same work as what is absent:
    /// nothing more is read of what the audience does not let through.
    pub async fn dossiers(
        &self,
        ids: &[ComplaintId],
    ) -> Result<HashMap<ComplaintId, Arc<Dossier>>, ServiceError> {
        let seen = self.read_dossiers(ids, false).await?;
        for (id, dossier) in &seen {
            self.note_saw_dossier(*id, dossier.side());
        }
        Ok(seen)
    }

    /// As [`Self::dossiers`], for what shows nothing of them: nothing is noted. They know what came after their measures.
    pub(crate) async fn dossiers_unshown(
        &self,
        ids: &[ComplaintId],
    ) -> Result<HashMap<ComplaintId, Arc<Dossier>>, ServiceError> {
        self.read_dossiers(ids, true).await
    }

    /// What is known now of the complaints that came after the measures of these: in one statement, or in none where none did.
    pub async fn repeats_of(
        &self,
        dossiers: impl IntoIterator<Item = &Arc<Dossier>>,
    ) -> Result<Repeats, ServiceError> {
        let named = dossiers.into_iter().flat_map(|one| links(&one.complaint));
        let named: BTreeSet<ComplaintId> = named.collect();
        if named.is_empty() {
            return Ok(Repeats::new());
        }
        repeats(&self.reading().await?.tx, &Vec::from_iter(named)).await
    }

    async fn read_dossiers(
        &self,
        ids: &[ComplaintId],
        with_repeats: bool,
    ) -> Result<HashMap<ComplaintId, Arc<Dossier>>, ServiceError> {
        let reading = self.reading().await?;
        let rows = self.let_through(&reading, ids).await?;
        if rows.is_empty() {
            return Ok(HashMap::new());
        }
        let people = self.people(&reading).await?;
        let loaded = if with_repeats {
            load_all(self, &reading.tx, &people, &rows).await?
        } else {
            load_alone(self, &reading.tx, &people, &rows).await?
        };
        let mut seen = HashMap::new();
        for loaded in loaded {
            let id = loaded.complaint.id;
            if let Some(dossier) = Dossier::of(loaded, self.caller().actor_in(id), self.now()) {
                seen.insert(id, Arc::new(dossier));
            }
        }
        Ok(seen)
    }

    async fn let_through(
        &self,
        reading: &Reading,
        ids: &[ComplaintId],
    ) -> Result<Vec<ComplaintRow>, ServiceError> {
        let (viewer, ids) = match self.caller() {
            Caller::Anonymous | Caller::Operator(_) | Caller::Key(_) => return Ok(Vec::new()),
            Caller::Service(_) => (None, ids.to_vec()),
            Caller::Link(link) => {
                let own = ids.iter().filter(|id| **id == link.complaint);
                (None, own.copied().collect())
            }
            Caller::Person(person) => (Some(viewer(person)), ids.to_vec()),
        };
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let limit = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        let filter = ComplaintFilter {
            viewer,
            ids: Some(ids),
            ..ComplaintFilter::default()
        };
        let order = ComplaintOrder::ReceivedDesc;
        Ok(reading.tx.complaints(&filter, order, None, limit).await?)
    }
}

/// Which complaints these are.
pub(crate) fn ids_of(dossiers: &[Arc<Dossier>]) -> Vec<ComplaintId> {
    dossiers
        .iter()
        .map(|dossier| dossier.complaint.id)
        .collect()
}

/// A member as a viewer of lists. The rows of the audience follow the people with the worker: whose membership has ended
/// meanwhile sees no more of them than a party does.
pub(crate) fn viewer(person: &Person) -> Viewer {
    viewer_of(person.member, person.is_out)
}

/// A member as lists know them, whose membership may not hold.
pub(crate) fn viewer_of(member: MemberId, is_out: bool) -> Viewer {
    let key = member_key(member);
    Viewer {
        keys: vec![key.clone()],
        own_key: Some(key),
        only_as_party: is_out,
    }
}

/// The key of a member in the audience rows.
pub(crate) fn member_key(member: MemberId) -> String {
    format!("member:{member}")
}

/// The member whose key it is; `None` of the owner of a measure, and of who is to decide.
pub(crate) fn member_of(key: &str) -> Option<MemberId> {
    let id = key.strip_prefix("member:")?;
    Uuid::parse_str(id).ok().map(MemberId)
}
