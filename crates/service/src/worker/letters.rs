//! Letters go out, one subject at a time; what became of each stands in its dossier and in the outbox.

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId, Locale, TenantId, actor::Actor, command::Command, complaint::Complaint,
};
use wederhoor_store::{
    DueWork, LetterFailure, LetterStatus, OutboxLetter, ReadTx, WorkKind, WriteTx,
};

use super::{
    LEASE, Swept,
    pause::{backoff, next_turn},
    unbroken,
};
use crate::{
    ActOptions, Caller, Occasion, OutgoingLetter, Request, Sender, Service, ServiceError,
    attempt::{Attempt, commit, until_first},
    letters::{key_of, place_of, relist},
};

/// After so many failures a letter is given up.
const MOST_ATTEMPTS: u32 = 12;

/// Within this time a carrier has answered. A letter is only handed over while the lease on it holds so much longer.
pub const CARRIAGE: Duration = Duration::from_secs(45);

/// What carries letters; outside of any transaction.
pub trait Carrier: Send + Sync {
    /// Whether it carries letters at all; while it does not, they wait untouched.
    fn is_open(&self) -> bool {
        true
    }

    /// Whether no further letter is to be handed over, because the program ends.
    fn is_closing(&self) -> bool {
        false
    }

    /// Hands a letter over, and answers within [`CARRIAGE`]. A second time the letter carries the same id.
    fn carry(&self, letter: OutgoingLetter) -> impl Future<Output = Carried> + Send;
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// It was taken.
    Accepted,
    /// It was not taken this time, or nobody knows: it counts as a try.
    Later(String),
    /// It will never be taken.
    Never(String),
    /// Nothing is taken from who it is from: it waits, and that counts for nothing.
    Barred {
        /// What the mail server answered.
        why: String,
        /// Whether that does not pass by itself: somebody has to see to it.
        is_final: bool,
    },
    /// The other side fell silent before it said anything of it: it waits, and that counts for nothing.
    Unheard(String),
    /// Nobody's letters are taken now: all of them wait, and that counts for nothing.
    Down(String),
    /// Nobody waited for the answer, because the program ends: when the lease has run out, it goes again.
    Unknown,
}

/// Why a letter waits.
#[derive(Clone, Copy)]
enum Waits {
    /// It was tried, which counts.
    AfterATry,
    /// It was nothing of the letter.
    ItsTurn,
    /// It was who it is from, and somebody has to see to that.
    Barred,
}

impl Service {
    /// Sends all due letters, until none is due now, or the carrier is closing.
    ///
    /// # Errors
    /// As [`Self::sweep`].
    pub async fn send_letters(&self, carrier: &impl Carrier) -> Result<Swept, ServiceError> {
        let mut swept = Swept::default();
        let others = WorkKind::ALL
            .into_iter()
            .filter(|kind| *kind != WorkKind::Letters);
        let others: Vec<WorkKind> = others.collect();
        while carrier.is_open()
            && !carrier.is_closing()
            && !self.pause().is_on(self.real_now())
            && !self.due_besides(&others).await?.is_empty()
        {
            let batch = self.lease(WorkKind::Letters).await?;
            if batch.is_empty() {
                break;
            }
            self.send_batch(&batch, carrier, &mut swept).await?;
        }
        Ok(swept)
    }

    async fn send_batch(
        &self,
        batch: &[DueWork],
        carrier: &impl Carrier,
        swept: &mut Swept,
    ) -> Result<(), ServiceError> {
        for (done, work) in batch.iter().enumerate() {
            if carrier.is_closing() {
                break;
            }
            if self.pause().is_on(self.real_now()) {
                let platform = self.store().platform();
                platform.give_back_due(&batch[done..]).await?;
                break;
            }
            if let Err(error) = unbroken(self.send_of(work, carrier, swept)).await {
                self.set_aside(work, &error, swept).await?;
            }
        }
        Ok(())
    }

    /// Sends the letters of one subject, in the order they were written.
    async fn send_of(
        &self,
        work: &DueWork,
        carrier: &impl Carrier,
        swept: &mut Swept,
    ) -> Result<(), ServiceError> {
        let inside = self.request(Caller::Service(work.tenant_id), Locale::default(), None);
        let sender = inside.tenant().await?.sender();
        let (now, real) = (self.procedure_now(), self.real_now());
        let tx = inside.writing().await?;
        let letters = tx
            .lease_letters(work.subject_id, now, real, real + LEASE)
            .await?;
        tx.commit().await?;
        for (done, letter) in letters.iter().enumerate() {
            let Some(letter) = &inside.still_bound(letter).await? else {
                continue;
            };
            let answer = if carrier.is_closing() || !is_time_for_another(real, self.real_now()) {
                Carried::Unknown
            } else {
                carrier.carry(outgoing(letter, &sender)).await
            };
            match answer {
                Carried::Unknown => break,
                Carried::Accepted => swept.sent += 1,
                _ => {}
            }
            self.note_of_post(work.tenant_id, &answer);
            inside.carried(letter, answer).await?;
            if self.pause().is_on(self.real_now()) {
                inside.give_back(&letters[done + 1..]).await?;
                break;
            }
        }
        let tx = inside.writing().await?;
        tx.finish_letters(work.subject_id).await?;
        Ok(tx.commit().await?)
    }

    /// What an answer says of the mail server, for every letter that comes after.
    fn note_of_post(&self, tenant: TenantId, answer: &Carried) {
        let (pause, now) = (self.pause(), self.real_now());
        match answer {
            Carried::Accepted | Carried::Later(_) | Carried::Never(_) => pause.end(),
            Carried::Barred { why, .. } => pause.bar(tenant, why, now),
            Carried::Unheard(why) | Carried::Down(why) => pause.begin(why, now, self.entropy()),
            Carried::Unknown => {}
        }
    }
}

impl Request {
    /// What became of a letter goes into the dossier and the outbox at once; a crash before that sends it again, under
    /// the same id.
    async fn carried(&self, letter: &OutboxLetter, carried: Carried) -> Result<(), ServiceError> {
        let service = self.service();
        let attempts = letter.attempts.saturating_add(1);
        let given_up = attempts >= MOST_ATTEMPTS;
        if let Some(what) = counted(&carried, given_up) {
            service.counts().count(what);
        }
        match carried {
            Carried::Unknown => Ok(()),
            Carried::Accepted => self.note(letter, None).await,
            Carried::Later(why) if !given_up => {
                let retry_at = service.real_now() + backoff(attempts, service.entropy());
                self.wait(letter, &why, retry_at, Waits::AfterATry).await
            }
            // Another letter's turn comes first: one address that makes the server fall silent holds up nobody else.
            Carried::Barred { why, is_final } => {
                let retry_at = service.real_now() + next_turn(service.entropy());
                let how = if is_final {
                    Waits::Barred
                } else {
                    Waits::ItsTurn
                };
                self.wait(letter, &why, retry_at, how).await
            }
            Carried::Unheard(why) => {
                let retry_at = service.real_now() + next_turn(service.entropy());
                self.wait(letter, &why, retry_at, Waits::ItsTurn).await
            }
            Carried::Down(why) => {
                let retry_at = service.real_now();
                self.wait(letter, &why, retry_at, Waits::ItsTurn).await
            }
            Carried::Later(why) => {
                self.note(letter, Some((LetterFailure::GivenUp, &why)))
                    .await
            }
            Carried::Never(why) => {
                self.note(letter, Some((LetterFailure::Refused, &why)))
                    .await
            }
        }
    }

    /// Puts a letter back until an instant of real time.
    async fn wait(
        &self,
        letter: &OutboxLetter,
        why: &str,
        until: DateTime<Utc>,
        how: Waits,
    ) -> Result<(), ServiceError> {
        let tx = self.writing().await?;
        if has_moved(&tx, letter).await? {
            return Ok(());
        }
        let id = letter.draft.id;
        match how {
            Waits::AfterATry => tx.mark_retry(id, why, until).await?,
            Waits::ItsTurn => tx.mark_waiting(id, why, until).await?,
            Waits::Barred => tx.mark_barred(id, why, until, self.now()).await?,
        }
        Ok(tx.commit().await?)
    }

    /// Puts letters back that were taken in hand and never tried.
    async fn give_back(&self, letters: &[OutboxLetter]) -> Result<(), ServiceError> {
        if letters.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = letters.iter().map(|letter| letter.draft.id).collect();
        let tx = self.writing().await?;
        tx.give_back_letters(&ids).await?;
        Ok(tx.commit().await?)
    }

    /// A letter that was taken in hand, where it is still to go where it was bound for: its reader may have moved since, may not
    /// know any more of what it tells, or that be over.
    async fn still_bound(
        &self,
        letter: &OutboxLetter,
    ) -> Result<Option<OutboxLetter>, ServiceError> {
        let tenant = self.service().store().tenant(self.tenant_id()?);
        let tx = tenant.read().await?;
        let now = tx.letter(letter.draft.id).await?;
        drop(tx);
        let waits =
            |now: &OutboxLetter| now.status == LetterStatus::Pending && goes_as(now, letter);
        match now.filter(waits) {
            Some(now) => Box::pin(self.as_it_goes(now)).await,
            None => Ok(None),
        }
    }

    /// Notes in the dossier that a letter whose delivery can matter to it went out, or that any letter never will, and the
    /// same in the outbox.
    pub(crate) async fn note(
        &self,
        letter: &OutboxLetter,
        failure: Option<(LetterFailure, &str)>,
    ) -> Result<(), ServiceError> {
        let key = key_of(letter).filter(|key| failure.is_some() || key.is_tracked());
        let about = letter.draft.complaint_id.zip(key);
        until_first(|| async {
            let (tx, inside) = match about {
                None => (self.writing().await?, None),
                Some(about) => {
                    let (tx, inside) = self.acting().await?;
                    (tx, Some((inside, about)))
                }
            };
            if let Some(id) = letter.draft.complaint_id {
                tx.lock_complaint(id).await?;
            }
            // What became of a copy that went where its reader is no more is nothing to the one that follows.
            if has_moved(&tx, letter).await? {
                return Ok(());
            }
            if let Some((how, why)) = failure {
                tx.mark_failed(letter.draft.id, how, why, self.now())
                    .await?;
            }
            if let Some((inside, (id, key))) = inside {
                let handed_over = |_: &_| Command::LetterHandedOver { letter: key };
                inside.tell_dossier(&tx, id, handed_over).await?;
                if failure.is_some() {
                    let undelivered = |complaint: &_| Command::ReportUndelivered {
                        letter: key,
                        from: place_of(complaint, letter, &key),
                    };
                    inside.tell_dossier(&tx, id, undelivered).await?;
                    let loaded = inside.loaded(&tx, id).await?;
                    relist(&tx, &loaded.complaint, self.now()).await?;
                }
                // What time has brought by now may have sent it elsewhere as well.
                if failure.is_none() && has_moved(&tx, letter).await? {
                    return commit(tx).await;
                }
            }
            self.forget_ways_in(&tx, letter).await?;
            if failure.is_none() {
                tx.mark_sent(letter.draft.id, self.now()).await?;
                if key_of(letter).is_none() {
                    tx.relieve_letters(letter).await?;
                }
            }
            commit(tx).await
        })
        .await
    }

    /// Tells the dossier what the post did, inside a transaction that holds what surrounds the complaint. A refusal is no failure:
    /// the procedure need not know.
    async fn tell_dossier(
        &self,
        tx: &WriteTx,
        id: ComplaintId,
        command: impl FnOnce(&Complaint) -> Command,
    ) -> Result<(), Attempt> {
        tx.lock_complaint(id).await?;
        let told = async {
            let loaded = self.loaded(tx, id).await?;
            let (command, options) = (command(&loaded.complaint), ActOptions::default());
            self.act_in(tx, loaded, &Actor::Post, &command, options)
                .await
        };
        match told.await {
            Err(Attempt::Failed(ServiceError::Refused(_) | ServiceError::NotFound)) => Ok(()),
            other => other,
        }
    }
}

/// As what an answer counts; not where nobody waited for it.
fn counted(carried: &Carried, given_up: bool) -> Option<Occasion> {
    match carried {
        Carried::Unknown => None,
        Carried::Accepted => Some(Occasion::LetterSent),
        Carried::Never(_) => Some(Occasion::LetterFailed),
        Carried::Later(_) if given_up => Some(Occasion::LetterFailed),
        Carried::Later(_) | Carried::Barred { .. } | Carried::Unheard(_) | Carried::Down(_) => {
            Some(Occasion::LetterPutOff)
        }
    }
}

/// Whether a letter is bound elsewhere than when it was taken in hand.
async fn has_moved(tx: &ReadTx, letter: &OutboxLetter) -> Result<bool, ServiceError> {
    let now = tx.letter(letter.draft.id).await?;
    Ok(now.is_none_or(|now| !goes_as(&now, letter)))
}

/// Whether a letter still goes where it went then.
fn goes_as(now: &OutboxLetter, then: &OutboxLetter) -> bool {
    let (now, then) = (&now.draft, &then.draft);
    now.channel == then.channel && now.to_address == then.to_address
}

fn outgoing(letter: &OutboxLetter, sender: &Sender) -> OutgoingLetter {
    let draft = &letter.draft;
    OutgoingLetter {
        id: draft.id,
        sender: sender.clone(),
        to: draft.to_address.clone().unwrap_or_default(),
        subject: draft.subject.clone(),
        text: draft.text.clone(),
        html: draft.html.clone(),
        thread: draft.complaint_id.map(|id| id.0),
    }
}

/// Whether a lease that began then holds until another letter has been carried.
fn is_time_for_another(leased: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    TimeDelta::from_std(CARRIAGE).is_ok_and(|carriage| now + carriage <= leased + LEASE)
}
