//! Letters that did not reach their reader: listed for as long as nothing makes that good, and sent once more.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, Select};
use uuid::Uuid;

use super::record::{of_kinds, page};
use super::{LetterStatus, OutboxDraft, OutboxLetter};
use crate::entity::outbox;
use crate::scope::Scoped;
use crate::{ReadTx, StoreError, WorkKind, WriteTx};

/// Why a letter did not reach its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterFailure {
    /// The mail server could not take it, however often it was tried.
    GivenUp,
    /// The mail server will never take it.
    Refused,
    /// Somebody said that it came back.
    CameBack,
    /// It went to a mailbox that nobody showed in time to be theirs.
    Unproved,
    /// The mail server takes nothing from who it is from: it waits.
    Barred,
}

impl LetterFailure {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::GivenUp => "given-up",
            Self::Refused => "refused",
            Self::CameBack => "came-back",
            Self::Unproved => "unproved",
            Self::Barred => "barred",
        }
    }

    pub(super) fn read(word: &str) -> Result<Self, StoreError> {
        let all = [
            Self::GivenUp,
            Self::Refused,
            Self::CameBack,
            Self::Unproved,
            Self::Barred,
        ];
        all.into_iter()
            .find(|failure| failure.word() == word)
            .ok_or_else(|| StoreError::corrupt("a letter failed for an unknown reason"))
    }
}

impl ReadTx {
    /// The letters that did not reach their reader, oldest first, after the one named; about complaints only those that one
    /// of these keys sees as an official.
    pub async fn undelivered_letters(
        &self,
        keys: &[String],
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<OutboxLetter>, StoreError> {
        page(self.undelivered(keys), after, limit).await
    }

    /// Those of them that are of these kinds.
    pub async fn undelivered_letters_of(
        &self,
        keys: &[String],
        kinds: &[&str],
    ) -> Result<Vec<OutboxLetter>, StoreError> {
        of_kinds(self.undelivered(keys), kinds).await
    }

    /// How many letters did not reach their reader.
    pub async fn count_undelivered_letters(&self, keys: &[String]) -> Result<u64, StoreError> {
        self.undelivered(keys).count().await
    }

    /// How many letters did not reach their reader, whoever may see them.
    pub async fn count_all_undelivered_letters(&self) -> Result<u64, StoreError> {
        self.scope
            .find::<outbox::Entity>()
            .filter(outbox::Column::UndeliveredAt.is_not_null())
            .count()
            .await
    }

    fn undelivered(&self, keys: &[String]) -> Scoped<'_, Select<outbox::Entity>> {
        self.seen_letters(keys)
            .filter(outbox::Column::UndeliveredAt.is_not_null())
    }
}

impl WriteTx {
    /// A letter that failed is or is not to be seen to any more.
    pub async fn relist_letter(
        &self,
        id: Uuid,
        undelivered_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::UndeliveredAt, undelivered_at)
            .filter(outbox::Column::Id.eq(id))
            .filter(outbox::Column::Status.eq(LetterStatus::Failed.word()))
            .run()
            .await?;
        Ok(())
    }

    /// A letter of this kind went out to whom it is for, which makes good that earlier ones did not.
    pub async fn relieve_letters(&self, letter: &OutboxLetter) -> Result<(), StoreError> {
        let draft = &letter.draft;
        // Several people may be written to about one complaint.
        let is_theirs = Condition::any()
            .add(outbox::Column::ComplaintId.is_null())
            .add(outbox::Column::ToAddress.eq(draft.to_address.clone()));
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::UndeliveredAt, Option::<DateTime<Utc>>::None)
            .filter(outbox::Column::SubjectId.eq(draft.subject_id))
            .filter(outbox::Column::Kind.eq(draft.kind.clone()))
            .filter(outbox::Column::UndeliveredAt.is_not_null())
            .filter(is_theirs)
            .run()
            .await?;
        Ok(())
    }

    /// Sends a letter that failed once more, under the same id, as if it had not been tried: as it was, or with what is written
    /// now in its place. Says whether it had failed.
    pub async fn resend_letter(
        &self,
        letter: &OutboxLetter,
        anew: Option<OutboxDraft>,
    ) -> Result<bool, StoreError> {
        let subject = letter.draft.subject_id;
        let draft = anew.unwrap_or_else(|| letter.draft.clone());
        let resent = self
            .scope
            .update::<outbox::Entity>()
            .set(outbox::Column::Status, LetterStatus::Pending.word())
            .set(outbox::Column::Attempts, 0)
            .set(outbox::Column::LeasedUntil, Option::<DateTime<Utc>>::None)
            .set(outbox::Column::SentAt, Option::<DateTime<Utc>>::None)
            .set(outbox::Column::LastError, Option::<String>::None)
            .set(outbox::Column::UndeliveredAt, Option::<DateTime<Utc>>::None)
            .set(outbox::Column::Failure, Option::<String>::None)
            .set(outbox::Column::Channel, draft.channel.word())
            .set(outbox::Column::ToAddress, draft.to_address)
            .set(outbox::Column::Subject, draft.subject)
            .set(outbox::Column::Text, draft.text)
            .set(outbox::Column::Html, draft.html)
            .filter(outbox::Column::Id.eq(letter.draft.id))
            .filter(outbox::Column::Status.eq(LetterStatus::Failed.word()))
            .run()
            .await?;
        self.hold(WorkKind::Letters, subject).await?;
        self.reschedule_letters(subject).await?;
        Ok(resent == 1)
    }
}
