//! Letters on their way out.
//!
//! Mail is sent outside of any transaction: a batch is leased, sent, and each letter marked. A worker that dies
//! in between lets its lease run out; then the letter goes out again, under the same message id.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, Order, UpdateMany};
use uuid::Uuid;

use super::{LetterChannel, LetterFailure, LetterStatus, OutboxLetter};
use crate::entity::outbox;
use crate::scope::Scoped;
use crate::{OutboxDraft, StoreError, WorkKind, WriteTx};

impl WriteTx {
    /// Takes the mail of a subject that is due at `now` and nobody else is sending (`leases` is real time): until
    /// `lease_until` nobody else gets it. Commit before sending.
    pub async fn lease_letters(
        &self,
        subject: Uuid,
        now: DateTime<Utc>,
        lease_now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Vec<OutboxLetter>, StoreError> {
        let free = outbox::Column::LeasedUntil
            .is_null()
            .or(outbox::Column::LeasedUntil.lte(lease_now));
        let rows = self
            .scope
            .find::<outbox::Entity>()
            .filter(pending_mail(subject))
            .filter(outbox::Column::DueAt.lte(now))
            .filter(free)
            .order(outbox::Column::CreatedAt, Order::Asc)
            .order(outbox::Column::Id, Order::Asc)
            .lock(true)
            .all()
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::LeasedUntil, lease_until)
            .filter(outbox::Column::Id.is_in(rows.iter().map(|row| row.id)))
            .run()
            .await?;
        rows.into_iter().map(OutboxLetter::try_from).collect()
    }

    /// Marks a letter as taken by the mail server.
    pub async fn mark_sent(&self, id: Uuid, sent_at: DateTime<Utc>) -> Result<(), StoreError> {
        unlisted(self.marked(id, LetterStatus::Sent, None))
            .set(outbox::Column::SentAt, sent_at)
            .run()
            .await?;
        Ok(())
    }

    /// Puts a letter back after a failure that may pass, which counts as an attempt; it is tried again from `retry_at`
    /// on (real time).
    pub async fn mark_retry(
        &self,
        id: Uuid,
        error: &str,
        retry_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let more = Expr::col(outbox::Column::Attempts).add(1);
        unlisted(self.waiting_until(id, error, retry_at))
            .set(outbox::Column::Attempts, more)
            .run()
            .await?;
        Ok(())
    }

    /// As [`mark_retry`](Self::mark_retry), for what was nothing of the letter: it counts as no attempt.
    pub async fn mark_waiting(
        &self,
        id: Uuid,
        error: &str,
        retry_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.waiting_until(id, error, retry_at).run().await?;
        Ok(())
    }

    /// As [`mark_waiting`](Self::mark_waiting), because the mail server takes nothing from who the letter is from: somebody has to
    /// see to that, as is known since an instant.
    pub async fn mark_barred(
        &self,
        id: Uuid,
        error: &str,
        retry_at: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let known = Expr::col(outbox::Column::UndeliveredAt);
        self.waiting_until(id, error, retry_at)
            .set(outbox::Column::UndeliveredAt, known.if_null(at))
            .set(outbox::Column::Failure, LetterFailure::Barred.word())
            .run()
            .await?;
        Ok(())
    }

    /// Puts letters back that were leased and not tried.
    pub async fn give_back_letters(&self, ids: &[Uuid]) -> Result<(), StoreError> {
        self.pending(ids)
            .set(outbox::Column::LeasedUntil, Option::<DateTime<Utc>>::None)
            .run()
            .await?;
        Ok(())
    }

    /// Gives a letter up, or notes that it came back, at an instant; one that has been withdrawn stays so.
    pub async fn mark_failed(
        &self,
        id: Uuid,
        failure: LetterFailure,
        error: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.marked(id, LetterStatus::Failed, Some(error))
            .set(outbox::Column::UndeliveredAt, at)
            .set(outbox::Column::Failure, failure.word())
            .filter(outbox::Column::Status.ne(LetterStatus::Withdrawn.word()))
            .run()
            .await?;
        Ok(())
    }

    /// Takes letters of a subject out of the queue, with why; one that has gone out stays as it is. Mail that a worker
    /// has in hand at this moment may still go, and is marked as sent then.
    pub async fn withdraw_letters(
        &self,
        subject: Uuid,
        letters: &[Uuid],
        why: &str,
    ) -> Result<(), StoreError> {
        let withdrawn = self
            .scope
            .update::<outbox::Entity>()
            .set(outbox::Column::Status, LetterStatus::Withdrawn.word());
        unlisted(withdrawn)
            .set(outbox::Column::LeasedUntil, Option::<DateTime<Utc>>::None)
            .set(outbox::Column::LastError, why.to_owned())
            .filter(outbox::Column::Id.is_in(letters.iter().copied()))
            .filter(outbox::Column::Status.eq(LetterStatus::Pending.word()))
            .run()
            .await?;
        self.settle_letters(subject).await
    }

    /// Withdraws a letter, with why, and writes others in its stead, of which one may have its key.
    pub async fn replace_letter(
        &self,
        letter: &OutboxLetter,
        why: &str,
        others: Vec<OutboxDraft>,
    ) -> Result<(), StoreError> {
        let (id, draft) = (letter.draft.id, &letter.draft);
        let key = format!("{id}/{}", draft.letter_key);
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::LetterKey, key)
            .filter(outbox::Column::Id.eq(id))
            .run()
            .await?;
        self.withdraw_letters(draft.subject_id, &[id], why).await?;
        self.insert_letters(others).await
    }

    /// Sends a letter that has not gone out elsewhere: what it says there and where it goes take the place of what was written.
    pub async fn readdress_letter(&self, id: Uuid, letter: OutboxDraft) -> Result<(), StoreError> {
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::Channel, letter.channel.word())
            .set(outbox::Column::ToAddress, letter.to_address)
            .set(outbox::Column::Subject, letter.subject)
            .set(outbox::Column::Text, letter.text)
            .set(outbox::Column::Html, letter.html)
            .set(outbox::Column::Attempts, 0)
            .set(outbox::Column::LeasedUntil, Option::<DateTime<Utc>>::None)
            .filter(outbox::Column::Id.eq(id))
            .filter(outbox::Column::Status.eq(LetterStatus::Pending.word()))
            .run()
            .await?;
        self.hold(WorkKind::Letters, letter.subject_id).await?;
        self.reschedule_letters(letter.subject_id).await
    }

    /// Puts a letter off that was taken in hand: it goes out from an instant on, on the procedure's clock.
    pub async fn put_off_letter(&self, id: Uuid, until: DateTime<Utc>) -> Result<(), StoreError> {
        self.pending(&[id])
            .set(outbox::Column::DueAt, until)
            .set(outbox::Column::LeasedUntil, Option::<DateTime<Utc>>::None)
            .run()
            .await?;
        Ok(())
    }

    /// Notes that a printed letter went out; says whether it was there to be printed, be it that it has been withdrawn
    /// since it was.
    pub async fn mark_posted(&self, id: Uuid, posted_on: NaiveDate) -> Result<bool, StoreError> {
        let before = LetterStatus::BEFORE_POSTING;
        let posted = self
            .scope
            .update::<outbox::Entity>()
            .set(outbox::Column::Status, LetterStatus::Posted.word())
            .set(outbox::Column::PostedOn, posted_on)
            .filter(outbox::Column::Id.eq(id))
            .filter(outbox::Column::Channel.eq(LetterChannel::Print.word()))
            .filter(outbox::Column::Status.is_in(before.map(LetterStatus::word)))
            .run()
            .await?;
        Ok(posted == 1)
    }

    /// After a batch: makes the due work of a subject what its letters still need. Nobody gets it before one of them
    /// may be tried again, and is nobody else's.
    pub async fn finish_letters(&self, subject: Uuid) -> Result<(), StoreError> {
        self.settle_letters(subject).await
    }

    /// Writes other words over those of a letter, which it has carried and needs no more.
    pub async fn reword_letter(&self, id: Uuid, text: &str, html: &str) -> Result<(), StoreError> {
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::Text, text.to_owned())
            .set(outbox::Column::Html, html.to_owned())
            .filter(outbox::Column::Id.eq(id))
            .run()
            .await?;
        Ok(())
    }

    fn waiting_until(
        &self,
        id: Uuid,
        error: &str,
        retry_at: DateTime<Utc>,
    ) -> Scoped<'_, UpdateMany<outbox::Entity>> {
        self.pending(&[id])
            .set(outbox::Column::LeasedUntil, retry_at)
            .set(outbox::Column::LastError, error.to_owned())
    }

    /// What changes those of these letters that are still to go.
    fn pending(&self, ids: &[Uuid]) -> Scoped<'_, UpdateMany<outbox::Entity>> {
        self.scope
            .update::<outbox::Entity>()
            .filter(outbox::Column::Id.is_in(ids.iter().copied()))
            .filter(outbox::Column::Status.eq(LetterStatus::Pending.word()))
    }

    /// What makes a letter one of this status, which nobody has in hand any more.
    fn marked(
        &self,
        id: Uuid,
        status: LetterStatus,
        error: Option<&str>,
    ) -> Scoped<'_, UpdateMany<outbox::Entity>> {
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::Status, status.word())
            .set(outbox::Column::LeasedUntil, Option::<DateTime<Utc>>::None)
            .set(outbox::Column::LastError, error.map(str::to_owned))
            .filter(outbox::Column::Id.eq(id))
    }
}

/// Of letters on which nobody has to see to anything any more.
fn unlisted(
    update: Scoped<'_, UpdateMany<outbox::Entity>>,
) -> Scoped<'_, UpdateMany<outbox::Entity>> {
    update
        .set(outbox::Column::UndeliveredAt, Option::<DateTime<Utc>>::None)
        .set(outbox::Column::Failure, Option::<String>::None)
}

/// The letters of a subject that are still to be mailed.
pub(super) fn pending_mail(subject: Uuid) -> Condition {
    waiting_mail().add(outbox::Column::SubjectId.eq(subject))
}

/// All letters that are still to be mailed.
pub(super) fn waiting_mail() -> Condition {
    Condition::all()
        .add(outbox::Column::Channel.eq(LetterChannel::Mail.word()))
        .add(outbox::Column::Status.eq(LetterStatus::Pending.word()))
}
