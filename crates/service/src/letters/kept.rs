//! Letters as the administration keeps them: printed, posted, come back.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId,
    actor::{Actor, Role},
    command::Command,
    complaint::{Complaint, LetterKey},
    decide::authority,
    facts::Repeats,
    refusal::Reason,
    view::is_letter_kept_from,
};
use wederhoor_store::{LetterFailure, LetterStatus};

use super::{LetterRecord, is_paper, key_of, place_of, relist};
use crate::{
    ActOptions, Doing, Dossier, Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    dossier::{Loaded, ids_of},
    repetition::Begun,
};

/// What became of a letter on paper.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// It went out on this day.
    Posted(NaiveDate),
    /// It came back.
    CameBack,
}

impl Request {
    /// The letters about these complaints, for officials; of each in the order in which they were written, without those that tell
    /// of another complaint of which the caller may not know.
    pub async fn letters_of(
        &self,
        dossiers: &[Arc<Dossier>],
        repeats: &Repeats,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let reading = self.reading().await?;
        let mut letters = reading.tx.letters_of(&ids_of(dossiers)).await?;
        let by_id = dossiers.iter().map(|one| (one.complaint.id, one)).collect();
        letters.retain(|letter| !is_kept(&by_id, repeats, letter));
        Ok(letters)
    }

    /// A printed letter went out on a day; terms that count from it start then. One that tells of another complaint and is overtaken
    /// is withdrawn, as mail is when it goes; said once more, it did go out.
    ///
    /// # Errors
    /// `NotFound`, `Refused`.
    pub async fn record_posted(
        &self,
        letter: Uuid,
        posted_on: NaiveDate,
    ) -> Result<LetterRecord, ServiceError> {
        self.follow(letter, Fate::Posted(posted_on)).await
    }

    /// A letter came back; what rested on its delivery is reversed.
    ///
    /// # Errors
    /// `NotFound`, `Refused`.
    pub async fn report_undelivered(&self, letter: Uuid) -> Result<LetterRecord, ServiceError> {
        self.follow(letter, Fate::CameBack).await
    }

    async fn follow(&self, letter: Uuid, fate: Fate) -> Result<LetterRecord, ServiceError> {
        self.require_desk_worker().await?;
        until_first(|| self.follow_once(letter, fate)).await?;
        self.seen_to(letter).await
    }

    /// Dossier and outbox learn of it in one transaction; the dossier where it follows the letter, or the letter came back.
    async fn follow_once(&self, letter: Uuid, fate: Fate) -> Result<(), Attempt> {
        let (tx, inside) = self.acting().await?;
        let begun = self
            .begin_in(tx, "follow a letter", &(letter, fate))
            .await?;
        let tx = match begun {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        let record = tx.letter(letter).await?.ok_or(ServiceError::NotFound)?;
        let complaint = record.draft.complaint_id.ok_or(ServiceError::NotFound)?;
        let key = key_of(&record).ok_or(ServiceError::NotFound)?;
        tx.lock_complaint(complaint).await?;
        let loaded = inside.loaded(&tx, complaint).await?;
        let actor = self.caller().actor_in(complaint);
        self.require_desk(&loaded, &actor, &record)?;
        let (command, at) = match fate {
            Fate::Posted(on) => {
                let at = self.posted_at(&record, &loaded, on)?;
                (Command::RecordPosted { letter: key }, Some(at))
            }
            Fate::CameBack => {
                require_gone(&record)?;
                let from = place_of(&loaded.complaint, &record, &key);
                (Command::ReportUndelivered { letter: key, from }, None)
            }
        };
        let is_to_go = matches!(fate, Fate::Posted(_)) && record.status == LetterStatus::Pending;
        if is_to_go && inside.is_overtaken(&tx, &loaded, &record, &key).await? {
            let doing = Doing::Acted(command.kind());
            inside.note_done(&tx, complaint, doing, letter).await?;
            self.remember(&tx, &json!(letter)).await?;
            return commit(tx).await;
        }
        let is_heard_of = is_heard_of(&loaded.complaint, &key, fate);
        if matches!(fate, Fate::CameBack) {
            let (how, why) = (LetterFailure::CameBack, "reported as undelivered");
            tx.mark_failed(letter, how, why, self.now()).await?;
            relist(&tx, &loaded.complaint, self.now()).await?;
        }
        if is_heard_of {
            let options = ActOptions {
                at,
                expected_version: None,
            };
            inside
                .act_in(&tx, loaded, &actor, &command, options)
                .await?;
        } else {
            let doing = Doing::Acted(command.kind());
            inside.note_done(&tx, complaint, doing, letter).await?;
        }
        match fate {
            Fate::Posted(on) if is_paper(&record) && !tx.mark_posted(letter, on).await? => {
                return Err(ServiceError::from(Reason::AlreadyDone.bare()).into());
            }
            Fate::Posted(_) if is_paper(&record) => self.forget_ways_in(&tx, &record).await?,
            Fate::Posted(_) | Fate::CameBack => {}
        }
        self.remember(&tx, &json!(letter)).await?;
        commit(tx).await
    }

    /// Refuses anyone but the administration of the complaint that a letter is about, also where its procedure does not follow the
    /// letter; and whoever may not know of another complaint that it tells of, as if it were not there.
    pub(super) fn require_desk(
        &self,
        loaded: &Loaded,
        actor: &Actor,
        letter: &LetterRecord,
    ) -> Result<(), ServiceError> {
        let Loaded {
            policy,
            facts,
            complaint,
            entries,
            ..
        } = loaded;
        let level = loaded
            .sight(actor, self.now())
            .ok_or(ServiceError::NotFound)?;
        let today = facts.calendar.local_date(self.now());
        let is_kept = key_of(letter)
            .is_some_and(|key| is_letter_kept_from(&facts.repeats, actor.member(), entries, &key));
        if is_kept {
            return Err(ServiceError::NotFound);
        }
        if authority::administers(policy, facts, complaint, (actor, level), today) {
            Ok(())
        } else {
            Err(ServiceError::NotAllowed)
        }
    }

    /// When a letter that went out on a day counts as posted.
    fn posted_at(
        &self,
        record: &LetterRecord,
        loaded: &Loaded,
        on: NaiveDate,
    ) -> Result<DateTime<Utc>, ServiceError> {
        let calendar = &loaded.facts.calendar;
        let waits = LetterStatus::BEFORE_POSTING.contains(&record.status) && is_paper(record);
        // What goes by e-mail since its reader moved may have been posted before; the dossier knows.
        let followed = key_of(record).and_then(|key| loaded.complaint.delivery(&key));
        let was_paper = followed.is_some_and(|(_, one)| one.was_paper_since.is_some());
        if !waits && !was_paper {
            return Err(Reason::AlreadyDone.bare().into());
        }
        let is_possible = calendar.local_date(record.draft.created_at) <= on
            && on <= calendar.local_date(self.now());
        if !is_possible {
            return Err(Reason::ImpossibleTime.bare().into());
        }
        let day_ends = calendar.end_of(on) - chrono::TimeDelta::microseconds(1);
        Ok(day_ends.min(self.now()))
    }

    /// Refuses who can administer no complaint: anyone but the administration, and those who act for it where nobody of it may.
    pub(super) async fn require_desk_worker(&self) -> Result<(), ServiceError> {
        let person = self.person()?;
        if !person.is_out && authority::is_last_resort(&person.roles) {
            return self.require_factor();
        }
        self.require_administration().await
    }

    /// Refuses anyone but an administrator or the stand-in; whether they are it of a complaint, that complaint says.
    pub(crate) async fn require_administration(&self) -> Result<(), ServiceError> {
        self.require_factor()?;
        let person = self.person()?;
        let tenant = self.tenant().await?;
        let administers = person.roles.contains(&Role::Administrator)
            || (!person.is_out && tenant.settings.stand_in == Some(person.member));
        if administers {
            Ok(())
        } else {
            Err(ServiceError::NotAllowed)
        }
    }
}

/// Whether a letter tells of another complaint of which who sees these dossiers may not know.
fn is_kept(
    dossiers: &HashMap<ComplaintId, &Arc<Dossier>>,
    repeats: &Repeats,
    letter: &LetterRecord,
) -> bool {
    let about = letter.draft.complaint_id.and_then(|id| dossiers.get(&id));
    let about = about.zip(key_of(letter));
    about.is_some_and(|(dossier, key)| dossier.keeps_letter(repeats, &key))
}

/// Whether the dossier is told. It is not of copies that another has followed, nor of a second attempt that came back, which
/// counts as delivered all the same. Of a letter to several of the administration it is told once.
fn is_heard_of(complaint: &Complaint, key: &LetterKey, fate: Fate) -> bool {
    match complaint.delivery(key) {
        None => matches!(fate, Fate::CameBack) && !complaint.lost.contains_key(key),
        Some((first, one)) => {
            let is_second = one.reprint.is_some() && !one.awaits_second_posting();
            complaint.last_copy(first) == *key && !is_second
        }
    }
}

/// Refuses a letter that cannot have come back.
fn require_gone(record: &LetterRecord) -> Result<(), ServiceError> {
    match record.status {
        LetterStatus::Sent | LetterStatus::Delivered | LetterStatus::Posted => Ok(()),
        LetterStatus::Pending | LetterStatus::Withdrawn => Err(Reason::NotSent.bare().into()),
        LetterStatus::Failed => Err(Reason::AlreadyDone.bare().into()),
    }
}
