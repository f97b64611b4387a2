//! One command on one complaint: load → decide → append → tell others, in one write transaction.

use std::{fmt::Write as _, sync::Arc};

use chrono::{DateTime, Utc};
use serde_json::json;
use wederhoor_procedure::{
    ComplaintId,
    actor::Actor,
    audience::audience,
    command::Command,
    complaint::{Complaint, Event, Recorded},
    deadline::{DeadlineKind, deadlines, next_deadline},
    decide::{decide, next_due},
    facts::Facts,
    refusal::Reason,
};
use wederhoor_store::{
    AudienceRow, ComplaintProjection, ComplaintWrite, DeadlineRow, EntryDraft, ReferenceSource,
    Repetition, StoreError, WriteTx,
};

use crate::{
    Dossier, InputCode, Request, ServiceError,
    ambient::digest,
    dossier::{Loaded, load, member_key},
    facts::{load_people, word},
    letters::{Telling, tell},
};

/// How often a command is tried again when others were first.
const TRIES: u32 = 25;
/// The longest idempotency key, in bytes.
const LONGEST_KEY: usize = 200;
/// The version of the events' shape.
const EVENT_VERSION: u16 = 1;

/// What a command may say of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct ActOptions {
    /// When it arrived; `None`: now.
    pub at: Option<DateTime<Utc>>,
    /// The version the caller saw; another one now is a refusal.
    pub expected_version: Option<u32>,
}

impl Request {
    /// A command on one complaint, as the caller; answers with the dossier as it stands then, or with nothing where
    /// the caller does not see it any more: who steps back has done so.
    ///
    /// # Errors
    /// `NotFound` for what the caller may not see, `Refused`, `StaleVersion`. Nothing has changed then.
    pub async fn act(
        &self,
        id: ComplaintId,
        command: Command,
        options: ActOptions,
    ) -> Result<Arc<Dossier>, ServiceError> {
        let actor = self.caller().actor_in(id);
        let command = self.with_known_contact(command).await?;
        self.act_as(id, &actor, &command, options).await?;
        self.complaint(id).await?.ok_or(ServiceError::NotFound)
    }

    /// A command on one complaint, as an actor that was made from the caller, or as time, the post or the service.
    pub(crate) async fn act_as(
        &self,
        id: ComplaintId,
        actor: &Actor,
        command: &Command,
        options: ActOptions,
    ) -> Result<(), ServiceError> {
        self.tenant_id()?;
        for _ in 0..TRIES {
            match Box::pin(self.act_once(id, actor, command, options)).await {
                Err(Attempt::Overtaken) => {}
                Err(Attempt::Failed(error)) => return Err(error),
                Ok(()) => return Ok(()),
            }
        }
        Err(ServiceError::Unavailable)
    }

    async fn act_once(
        &self,
        id: ComplaintId,
        actor: &Actor,
        command: &Command,
        options: ActOptions,
    ) -> Result<(), Attempt> {
        let tx = self.writing().await?;
        if self
            .is_repeated(
                &tx,
                &format!("{id}{command:?}{:?}", options.at),
                &fingerprint(command),
            )
            .await?
        {
            return Ok(());
        }
        let tenant = self.tenant().await?;
        let people = load_people(&tx, &tenant, self.now()).await?;
        let loaded = load(self, &tx, &people, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let now = self.now();
        let decided = decide(
            &loaded.policy,
            &loaded.facts,
            &loaded.complaint,
            actor,
            command,
            options.at.unwrap_or(now),
            now,
        );
        let current = loaded.complaint.version;
        let is_stale = options
            .expected_version
            .is_some_and(|expected| expected != current);
        let events = match decided {
            Err(refusal) if refusal.reason == Reason::NotFound => {
                return Err(ServiceError::NotFound.into());
            }
            _ if is_stale => return Err(ServiceError::StaleVersion { current }.into()),
            Err(refusal) => return Err(ServiceError::Refused(refusal).into()),
            Ok(events) => events,
        };
        if !events.is_empty() || *command == Command::LetTimePass {
            Box::pin(append(self, &tx, loaded, events)).await?;
        }
        self.remember(&tx, &json!({ "complaint": id })).await?;
        commit(tx).await
    }

    /// Whether the same request was answered before, by the caller's idempotency key.
    pub(crate) async fn is_repeated(
        &self,
        tx: &WriteTx,
        what: &str,
        content: &str,
    ) -> Result<bool, ServiceError> {
        Ok(self.repeated(tx, what, content).await?.is_some())
    }

    /// The answer to the same request, if it was answered before.
    pub(crate) async fn repeated(
        &self,
        tx: &WriteTx,
        what: &str,
        content: &str,
    ) -> Result<Option<serde_json::Value>, ServiceError> {
        let Some(key) = self.idempotency_key() else {
            return Ok(None);
        };
        check_key(key)?;
        let hash = digest(format!("{what}\n{content}").as_bytes());
        let principal = self.caller().principal();
        match tx
            .claim(&principal, key, &hash, self.service().real_now())
            .await?
        {
            Repetition::First => Ok(None),
            Repetition::Answered(answer) => Ok(Some(answer)),
            Repetition::Mismatch => Err(ServiceError::IdempotencyMismatch),
        }
    }

    /// Keeps the answer under the caller's idempotency key.
    pub(crate) async fn remember(
        &self,
        tx: &WriteTx,
        answer: &serde_json::Value,
    ) -> Result<(), ServiceError> {
        match self.idempotency_key() {
            Some(key) => Ok(tx.answer(&self.caller().principal(), key, answer).await?),
            None => Ok(()),
        }
    }
}

/// A key is some visible characters, and no more than clients need to make it theirs.
fn check_key(key: &str) -> Result<(), ServiceError> {
    let (code, nl, en) = if key.len() > LONGEST_KEY {
        (
            InputCode::TooLong,
            "Gebruik een sleutel van hoogstens 200 bytes.",
            "Use a key of at most 200 bytes.",
        )
    } else if key.trim().is_empty() || key.chars().any(char::is_control) {
        (
            InputCode::Malformed,
            "Een sleutel bestaat uit zichtbare tekens.",
            "A key consists of visible characters.",
        )
    } else {
        return Ok(());
    };
    Err(ServiceError::invalid(code, "idempotencyKey", nl, en))
}

/// What the confidential words of a command are, for telling two requests apart; kept only as a digest.
fn fingerprint(command: &Command) -> String {
    let mut text = String::new();
    let mut add = |words: Option<&String>| {
        let _ = write!(text, "\u{1f}{}", words.map_or("", String::as_str));
    };
    crate::letters::words_of(command, &mut add);
    text
}

/// Why one attempt did not succeed.
pub(crate) enum Attempt {
    /// Someone else was first: it is worth another try from the start.
    Overtaken,
    /// It failed.
    Failed(ServiceError),
}

impl From<ServiceError> for Attempt {
    fn from(error: ServiceError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Attempt {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Overtaken,
            other => Self::Failed(other.into()),
        }
    }
}

impl From<serde_json::Error> for Attempt {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(error.into())
    }
}

pub(crate) async fn commit(tx: WriteTx) -> Result<(), Attempt> {
    Ok(tx.commit().await?)
}

/// Appends events to a complaint (none: what follows from the facts is written anew), with its projection, audience, deadlines, letters and due work.
pub(crate) async fn append(
    request: &Request,
    tx: &WriteTx,
    loaded: Loaded,
    events: Vec<Recorded>,
) -> Result<(), Attempt> {
    let Loaded {
        reference,
        mut complaint,
        mut entries,
        policy,
        facts,
    } = loaded;
    let (expected_version, first_new) = (complaint.version, entries.len());
    for recorded in &events {
        complaint.evolve(recorded);
    }
    entries.extend(events);
    let tenant = request.tenant().await?;
    let (policy, facts, complaint, reference) = (&*policy, &facts, &complaint, reference.as_str());
    let telling = Telling {
        policy,
        facts,
        complaint,
        reference,
        tenant: &tenant,
    };
    write(request, tx, &telling, &entries, first_new, expected_version).await
}

/// Writes a complaint's new events and everything that follows from them.
pub(crate) async fn write(
    request: &Request,
    tx: &WriteTx,
    telling: &Telling<'_>,
    entries: &[Recorded],
    first_new: usize,
    expected_version: u32,
) -> Result<(), Attempt> {
    let Telling {
        policy,
        facts,
        complaint,
        reference,
        ..
    } = *telling;
    let told = tell(request, tx, telling, entries, first_new).await?;
    let due = next_due(policy, &facts.calendar, complaint).map(|(due, _)| due);
    let write = ComplaintWrite {
        id: complaint.id,
        expected_version,
        reference: ReferenceSource::Taken(reference.to_owned()),
        entries: entries[first_new..]
            .iter()
            .map(entry)
            .collect::<Result<_, _>>()?,
        projection: projection(telling)?,
        audience: audience_rows(telling, request.now())?,
        deadlines: deadline_rows(telling)?,
        letters: told.letters,
        due_at: due,
    };
    let service = request.service();
    tx.commit_complaint(write, &mut |buffer| service.entropy().fill(buffer))
        .await?;
    for link in told.links {
        tx.insert_access_link(link).await?;
    }
    let new = &entries[first_new..];
    if new
        .iter()
        .any(|recorded| recorded.event == Event::Destroyed)
    {
        tx.destroy_content(complaint.id).await?;
    }
    mark_carried(tx, complaint, new).await
}

/// The outbox follows the dossier: what came back is marked so.
async fn mark_carried(
    tx: &WriteTx,
    complaint: &Complaint,
    new: &[Recorded],
) -> Result<(), Attempt> {
    let returned: Vec<String> = new
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::LetterReturned { letter } => Some(letter.to_string()),
            _ => None,
        })
        .collect();
    if returned.is_empty() {
        return Ok(());
    }
    for letter in tx.letters_of(complaint.id).await? {
        if returned.contains(&letter.draft.letter_key) {
            tx.mark_failed(letter.draft.id, "came back").await?;
        }
    }
    Ok(())
}

fn entry(recorded: &Recorded) -> Result<EntryDraft, ServiceError> {
    let payload = serde_json::to_value(&recorded.event)?;
    let kind = payload
        .get("type")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let actor = serde_json::to_value(recorded.by)?;
    let (at, registered_at) = (recorded.at, recorded.registered_at);
    Ok(EntryDraft {
        at,
        registered_at,
        actor,
        kind,
        event_version: EVENT_VERSION,
        payload,
    })
}

fn projection(telling: &Telling<'_>) -> Result<ComplaintProjection, ServiceError> {
    let Telling {
        policy,
        facts,
        complaint,
        ..
    } = *telling;
    let all = deadlines(policy, &facts.calendar, complaint);
    let next = next_deadline(&all);
    let retention = all
        .iter()
        .find(|deadline| deadline.kind == DeadlineKind::Retention);
    let deciders = &complaint.round().deciders;
    Ok(ComplaintProjection {
        policy_id: complaint.policy,
        state: word(&complaint.state())?,
        outcome: complaint
            .closure
            .map(|closure| word(&closure.outcome))
            .transpose()?,
        channel: word(&complaint.channel)?,
        received_at: complaint.received_at,
        registered_at: complaint.registered_at,
        course_id: complaint.course,
        handler_id: deciders.first().copied(),
        complainant_member_id: complaint.complainant.member,
        instance: complaint.round().instance.into(),
        next_due_at: next.map(|deadline| deadline.due_at),
        next_due_kind: next.map(|deadline| word(&deadline.kind)).transpose()?,
        next_due_on: next.map(|deadline| deadline.due_on),
        closed_at: complaint.closure.map(|closure| closure.at),
        destroy_on: retention.map(|deadline| deadline.due_on),
    })
}

fn audience_rows(
    telling: &Telling<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<AudienceRow>, ServiceError> {
    let Telling {
        policy,
        facts,
        complaint,
        ..
    } = *telling;
    let one = |(member, level)| {
        Ok(AudienceRow {
            viewer: member_key(member),
            level: word(&level)?,
        })
    };
    audience(policy, facts, complaint, now)
        .into_iter()
        .map(one)
        .collect()
}

fn deadline_rows(telling: &Telling<'_>) -> Result<Vec<DeadlineRow>, ServiceError> {
    let Telling {
        policy,
        facts,
        complaint,
        ..
    } = *telling;
    let one = |(index, deadline): (usize, wederhoor_procedure::deadline::Deadline)| {
        Ok(DeadlineRow {
            kind: word(&deadline.kind)?,
            key: index.to_string(),
            due_on: deadline.due_on,
            due_at: deadline.due_at,
            met_at: deadline.met_at,
            lapsed_at: (deadline.met_at.is_none() && !deadline.is_open).then_some(deadline.due_at),
        })
    };
    let open = deadlines(policy, &facts.calendar, complaint);
    open.into_iter().enumerate().map(one).collect()
}

impl Request {
    /// Conflicts and audiences follow the facts: all complaints of a filter are looked at again.
    pub(crate) async fn review(
        &self,
        tx: &WriteTx,
        filter: &wederhoor_store::ComplaintFilter,
    ) -> Result<(), Attempt> {
        let order = wederhoor_store::ComplaintOrder::ReceivedAsc;
        let rows = tx
            .complaints(filter, order, None, u64::from(u32::MAX))
            .await?;
        let tenant = self.tenant().await?;
        let people = load_people(tx, &tenant, self.now()).await?;
        for row in rows {
            let Some(loaded) = load(self, tx, &people, row.id).await? else {
                continue;
            };
            let (actor, command, now) = (Actor::System, Command::ReviewConflicts, self.now());
            let facts: &Facts = &loaded.facts;
            let decided = decide(
                &loaded.policy,
                facts,
                &loaded.complaint,
                &actor,
                &command,
                now,
                now,
            );
            match decided {
                Ok(events) => Box::pin(append(self, tx, loaded, events)).await?,
                Err(_) => Box::pin(append(self, tx, loaded, Vec::new())).await?,
            }
        }
        Ok(())
    }
}
