//! A letter that did not reach its reader goes out once more, by hand of the administration.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId,
    actor::Actor,
    command::{Command, CommandKind},
    complaint::{Complaint, LetterKey, Recipient},
    decide::{authority, decide},
    facts::Facts,
    letter::rewritten,
    policy::Policy,
    refusal::Reason,
};
use wederhoor_store::{LetterStatus, OutboxDraft, WriteTx};

use super::{LetterRecord, Telling, key_of, ways_in::carries_way_in};
use crate::{
    ActOptions, Doing, Dossier, Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    dossier::Loaded,
    repetition::Begun,
};

/// How a letter can go out again.
#[derive(Clone, Copy)]
enum Again {
    /// The procedure sends it: something rests on its delivery.
    Followed(LetterKey),
    /// As it would be written now.
    Anew(LetterKey),
    /// As it is.
    AsItIs,
    /// Not at all: the way in that it carried is gone, and whoever it is for asks for another.
    Never,
}

impl Request {
    /// A letter that did not reach its reader goes out once more; answers with what goes out: the same letter, or another copy
    /// of one that the procedure follows.
    ///
    /// # Errors
    /// `NotFound`, `NotAllowed`, `Refused`.
    pub async fn resend_letter(&self, letter: Uuid) -> Result<LetterRecord, ServiceError> {
        self.require_desk_worker().await?;
        let id = until_first(|| self.resend_once(letter)).await?;
        self.seen_to(id).await
    }

    async fn resend_once(&self, letter: Uuid) -> Result<Uuid, Attempt> {
        let (tx, inside) = self.acting().await?;
        let tx = match self.begin_in(tx, "resend a letter", &letter).await? {
            Begun::First(tx) => tx,
            Begun::Repeated(sent) => return Ok(serde_json::from_value(sent)?),
        };
        let record = tx.letter(letter).await?.ok_or(ServiceError::NotFound)?;
        let sent = match record.draft.complaint_id {
            Some(complaint) => inside.resend_of(&tx, complaint, &record).await?,
            None if !self.is_administrator()? => return Err(ServiceError::NotFound.into()),
            None => {
                let is_whole = matches!(again(&record, None), Again::AsItIs);
                if !is_whole || !tx.resend_letter(&record, None).await? {
                    return Err(not_returned());
                }
                letter
            }
        };
        self.remember(&tx, &json!(sent)).await?;
        commit(tx).await?;
        Ok(sent)
    }

    /// A letter about a complaint; answers which goes out.
    async fn resend_of(
        &self,
        tx: &WriteTx,
        id: ComplaintId,
        record: &LetterRecord,
    ) -> Result<Uuid, Attempt> {
        tx.lock_complaint(id).await?;
        let loaded = self.loaded(tx, id).await?;
        let actor = self.caller().actor_in(id);
        self.require_desk(&loaded, &actor, record)?;
        let is_gone = loaded.complaint.destroyed_at.is_some();
        if is_gone || record.status != LetterStatus::Failed {
            return Err(not_returned());
        }
        let anew = match again(record, Some(&loaded.complaint)) {
            Again::Never => return Err(not_returned()),
            Again::Followed(letter) => {
                let command = Command::ResendLetter { letter };
                let options = ActOptions::default();
                self.act_in(tx, loaded, &actor, &command, options).await?;
                return copy_of(tx, id, record, &letter).await;
            }
            Again::AsItIs => None,
            Again::Anew(letter) => {
                let around = (&*loaded.policy, &loaded.facts, &loaded.complaint);
                allowed(around, &actor, letter, self.now())?;
                let anew = self.written_anew(tx, &loaded, record, &letter).await?;
                Some(anew.ok_or_else(not_returned)?)
            }
        };
        if !tx.resend_letter(record, anew).await? {
            return Err(not_returned());
        }
        let doing = Doing::Acted(CommandKind::ResendLetter);
        self.note_done(tx, id, doing, record.draft.id).await?;
        Ok(record.draft.id)
    }

    /// The letter as it is written now, with a new way in; `None` where it has nothing to say any more, or nobody to say it to.
    async fn written_anew(
        &self,
        tx: &WriteTx,
        loaded: &Loaded,
        record: &LetterRecord,
        key: &LetterKey,
    ) -> Result<Option<OutboxDraft>, Attempt> {
        let tenant = self.tenant().await?;
        let telling = Telling::of(loaded, &tenant);
        let mut told = self
            .anew(tx, &telling, &loaded.entries, record, key)
            .await?;
        for link in told.links {
            tx.insert_access_link(link).await?;
        }
        Ok(told.letters.pop())
    }

    /// Whether the caller, who sees to a letter that failed, can send it once more.
    pub(super) fn can_resend(&self, letter: &LetterRecord, dossier: Option<&Arc<Dossier>>) -> bool {
        let complaint = dossier.map(|dossier| &dossier.complaint);
        let is_known = complaint.is_none() == letter.draft.complaint_id.is_none();
        if !is_known || letter.status != LetterStatus::Failed {
            return false;
        }
        match (again(letter, complaint), dossier) {
            (Again::AsItIs, _) => true,
            (Again::Followed(key) | Again::Anew(key), Some(dossier)) => {
                dossier.can_resend(key, self.now())
            }
            _ => false,
        }
    }
}

impl Dossier {
    fn can_resend(&self, letter: LetterKey, now: DateTime<Utc>) -> bool {
        let around = (&*self.policy, &self.facts, &self.complaint);
        let (policy, facts, complaint) = around;
        let has_words = || rewritten(policy, facts, &self.entries, &letter).is_some();
        allowed(around, self.actor(), letter, now).is_ok()
            && (complaint.delivery(&letter).is_some() || has_words())
    }
}

/// Refuses what the procedure, where it knows of the letter, lets nobody send, and what is for a member who is not to know of the
/// complaint any more.
fn allowed(
    (policy, facts, complaint): (&Policy, &Facts, &Complaint),
    actor: &Actor,
    letter: LetterKey,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if let Recipient::Member(id) = letter.to {
        let member = facts.members.get(&id);
        let roles = member.map(|member| member.roles.clone());
        let reader = Actor::Member {
            id,
            roles: roles.unwrap_or_default(),
        };
        let on = facts.calendar.local_date(now);
        let relation = authority::relation(policy, facts, complaint, &reader, on);
        if !relation.sees() && !relation.owns_measure {
            return Err(Reason::NotReturned.bare().into());
        }
    }
    let is_known = complaint.delivery(&letter).is_some() || complaint.lost.contains_key(&letter);
    if is_known {
        let command = Command::ResendLetter { letter };
        decide(policy, facts, complaint, actor, &command, now, now)
            .map_err(ServiceError::Refused)?;
    }
    Ok(())
}

/// How a letter can go out again.
fn again(record: &LetterRecord, complaint: Option<&Complaint>) -> Again {
    match (key_of(record), complaint) {
        (Some(key), Some(complaint)) if complaint.delivery(&key).is_some() => Again::Followed(key),
        (Some(key), Some(_)) => Again::Anew(key),
        _ if carries_way_in(&record.draft.text) => Again::Never,
        _ => Again::AsItIs,
    }
}

/// The copy of a letter that the procedure has just sent.
async fn copy_of(
    tx: &WriteTx,
    id: ComplaintId,
    record: &LetterRecord,
    letter: &LetterKey,
) -> Result<Uuid, Attempt> {
    let letters = tx.letters_of(&[id]).await?;
    let copies = letters.iter().filter_map(|one| {
        let key = key_of(one)?;
        let is_copy = (key.kind, key.to) == (letter.kind, letter.to);
        is_copy.then_some((key.event, one.draft.id))
    });
    let last = copies.max_by_key(|(event, _)| *event);
    Ok(last.map_or(record.draft.id, |(_, id)| id))
}

fn not_returned() -> Attempt {
    ServiceError::from(Reason::NotReturned.bare()).into()
}
