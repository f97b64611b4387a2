//! One command on one complaint: load → decide → append → tell others, in one write transaction.

use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

use chrono::{DateTime, Utc};
use serde_json::json;
use wederhoor_procedure::{
    ComplaintId,
    actor::Actor,
    command::Command,
    complaint::{Event, Recorded},
    decide::{decide, due_measures, next_due},
    figures::figures,
    forgetting::{Named, parties},
    refusal::Reason,
};
use wederhoor_store::{ComplaintWrite, WriteTx};

use crate::{
    Doing, Dossier, Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    dossier::{Loaded, load},
    facts::load_people,
    letters::{Telling, follow, tell},
    projection::{audience_rows, deadline_rows, entry, projection},
    recurrences,
};

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
    ) -> Result<Option<Arc<Dossier>>, ServiceError> {
        self.command(id, command, options).await?;
        self.complaint(id).await
    }

    /// As [`Self::act`], where nobody asks how the dossier stands then.
    ///
    /// # Errors
    /// As [`Self::act`].
    pub async fn command(
        &self,
        id: ComplaintId,
        command: Command,
        options: ActOptions,
    ) -> Result<(), ServiceError> {
        let actor = self.caller().actor_in(id);
        let command = self.with_known_contact(command).await?;
        self.act_as(id, &actor, &command, options).await
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
        until_first(|| self.act_once(id, actor, command, options)).await
    }

    async fn act_once(
        &self,
        id: ComplaintId,
        actor: &Actor,
        command: &Command,
        options: ActOptions,
    ) -> Result<(), Attempt> {
        let (tx, inside) = self.acting().await?;
        for id in held(id, command) {
            tx.lock_complaint(id).await?;
        }
        let what = format!("{id}{command:?}{options:?}");
        let repeated = self.repeated(&tx, &what, &fingerprint(command)).await?;
        if repeated.is_some() {
            return Ok(());
        }
        let mut loaded = inside.loaded(&tx, id).await?;
        if let Command::LinkRecurrence { repeat, .. } = command {
            let known = recurrences::repeats(&tx, &[*repeat]).await?;
            loaded.facts.repeats.extend(known);
        }
        let command = &inside.with_new_ids(command.clone());
        inside.act_in(&tx, loaded, actor, command, options).await?;
        self.remember(&tx, &json!({ "complaint": id })).await?;
        commit(tx).await
    }

    /// The complaint as a command finds it.
    ///
    /// # Errors
    /// `NotFound`.
    pub(crate) async fn loaded(&self, tx: &WriteTx, id: ComplaintId) -> Result<Loaded, Attempt> {
        let tenant = self.tenant().await?;
        let people = load_people(tx, &tenant, self.now()).await?;
        let loaded = load(self, tx, &people, id).await?;
        Ok(loaded.ok_or(ServiceError::NotFound)?)
    }

    /// Decides on a command, and writes what follows from it in a transaction that holds the complaint.
    pub(crate) async fn act_in(
        &self,
        tx: &WriteTx,
        loaded: Loaded,
        actor: &Actor,
        command: &Command,
        options: ActOptions,
    ) -> Result<(), Attempt> {
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
        let (id, is_done) = (loaded.complaint.id, !events.is_empty());
        if is_done || *command == Command::LetTimePass {
            Box::pin(append(self, tx, loaded, events)).await?;
        }
        if is_done {
            let doing = Doing::Acted(command.kind());
            self.note_done(tx, id, doing, current).await?;
        }
        Ok(())
    }
}

/// The complaints that a command holds, in an order that is the same for all: what it links to is not destroyed meanwhile.
fn held(id: ComplaintId, command: &Command) -> BTreeSet<ComplaintId> {
    let other = match command {
        Command::LinkRecurrence { repeat, .. } => Some(*repeat),
        _ => None,
    };
    other.into_iter().chain([id]).collect()
}

/// What the confidential words of a command are, for telling two requests apart; kept only as a digest.
pub(crate) fn fingerprint(command: &Command) -> String {
    let mut text = String::new();
    let mut add = |words: Option<&String>| {
        let _ = write!(text, "\u{1f}{}", words.map_or("", String::as_str));
    };
    crate::letters::words_of(command, &mut add);
    text
}

/// Appends events to a complaint, with its projection, audience, deadlines, measures, letters and due work; without events, what
/// follows from the facts is written anew.
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
        ..
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
        members: None,
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
    let due = next_due(policy, facts, complaint, request.now()).map(|(due, _)| due);
    let mut named = Named::of(&facts.members, &entries[..first_new])?;
    let write = ComplaintWrite {
        id: complaint.id,
        expected_version,
        reference: reference.to_owned(),
        entries: entries[first_new..]
            .iter()
            .map(|recorded| entry(recorded, &mut named))
            .collect::<Result<_, _>>()?,
        projection: projection(telling)?,
        audience: audience_rows(telling, request.now())?,
        deadlines: deadline_rows(telling)?,
        measures: due_measures(policy, facts, complaint, request.now()),
        letters: told.letters,
        due_at: due,
        figures: figures(policy, &facts.calendar, complaint),
    };
    let service = request.service();
    tx.commit_complaint(write, &mut |buffer| service.entropy().fill(buffer))
        .await?;
    recurrences::plan(tx, request, complaint, &entries[first_new..]).await?;
    for (party, reach) in &complaint.reach {
        if reach.left.is_some_and(|left| left >= expected_version) {
            let now = service.real_now();
            tx.end_access_links(complaint.id, &party.to_string(), now)
                .await?;
        }
    }
    for link in told.links {
        tx.insert_access_link(link).await?;
    }
    if entries[first_new..]
        .iter()
        .any(|recorded| recorded.event == Event::Destroyed)
    {
        destroy(request, tx, complaint.id, entries).await?;
    }
    follow(request, tx, telling, entries, first_new).await
}

/// Destroys what is kept of a complaint beside its chain: what was said, and who was ever a party to it.
async fn destroy(
    request: &Request,
    tx: &WriteTx,
    complaint: ComplaintId,
    entries: &[Recorded],
) -> Result<(), ServiceError> {
    tx.destroy_content(complaint).await?;
    for (member, party) in parties(entries) {
        tx.forget_party(complaint, member, &party.to_string())
            .await?;
    }
    Ok(request.forget_answers(tx).await?)
}
