//! A letter as it is written and as it is kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order, Select};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, Locale};

use super::LetterFailure;
use crate::complaint::seen_as_official;
use crate::convert::{locale, locale_text, unsigned};
use crate::entity::outbox;
use crate::platform::WorkKind;
use crate::scope::Scoped;
use crate::{ReadTx, StoreError, WriteTx};

/// How many letters one statement writes: both databases bound its values.
const ROWS: usize = 500;

/// How a letter goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterChannel {
    /// By mail.
    Mail,
    /// On paper, by the tenant's administration.
    Print,
}

/// How far a letter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterStatus {
    /// It waits to be sent or printed.
    Pending,
    /// The mail server took it.
    Sent,
    /// It is known to have arrived.
    Delivered,
    /// It came back, or was given up.
    Failed,
    /// It went out on paper.
    Posted,
    /// What it tells was undone before it went out: it is kept, and goes to nobody.
    Withdrawn,
}

/// A letter to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxDraft {
    /// Its id, from which its message id is derived.
    pub id: Uuid,
    /// What it belongs to, by which it is leased: the complaint, or else the member that it is for.
    pub subject_id: Uuid,
    /// The complaint that it is about.
    pub complaint_id: Option<ComplaintId>,
    /// Which letter it is: written once for a subject.
    pub letter_key: String,
    /// What kind of letter.
    pub kind: String,
    /// To whom, in the service's words.
    pub recipient: String,
    /// How it goes out.
    pub channel: LetterChannel,
    /// The mail address; of a letter on paper the lines of the postal address, where one is known.
    pub to_address: Option<String>,
    /// Its language.
    pub locale: Locale,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// From when it may go out.
    pub due_at: DateTime<Utc>,
}

/// A letter and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxLetter {
    /// What was written.
    pub draft: OutboxDraft,
    /// How far it has come.
    pub status: LetterStatus,
    /// How often sending was tried in vain: a worker that took it and ended before it tried counts for nothing.
    pub attempts: u32,
    /// When the mail server took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// On which day it was posted.
    pub posted_on: Option<NaiveDate>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// Since when it is known not to have reached its reader, for as long as nothing makes that good.
    pub undelivered_at: Option<DateTime<Utc>>,
    /// Why it did not.
    pub failure: Option<LetterFailure>,
}

impl ReadTx {
    /// The letters about these complaints, in the order in which they were written.
    pub async fn letters_of(
        &self,
        complaints: &[ComplaintId],
    ) -> Result<Vec<OutboxLetter>, StoreError> {
        let about = outbox::Column::SubjectId.is_in(complaints.iter().map(|id| id.0));
        let rows = self.scope.find::<outbox::Entity>().filter(about);
        let rows = rows
            .order(outbox::Column::CreatedAt, Order::Asc)
            .order(outbox::Column::Id, Order::Asc);
        rows.all()
            .await?
            .into_iter()
            .map(OutboxLetter::try_from)
            .collect()
    }

    /// All letters of the tenant, newest first, at most `limit`: for the demo's page.
    pub async fn letters(&self, limit: u64) -> Result<Vec<OutboxLetter>, StoreError> {
        let rows = self.scope.find::<outbox::Entity>();
        let rows = rows
            .order(outbox::Column::CreatedAt, Order::Desc)
            .order(outbox::Column::Id, Order::Desc);
        rows.limit(limit)
            .all()
            .await?
            .into_iter()
            .map(OutboxLetter::try_from)
            .collect()
    }

    /// One letter.
    pub async fn letter(&self, id: Uuid) -> Result<Option<OutboxLetter>, StoreError> {
        let row = self
            .scope
            .find::<outbox::Entity>()
            .filter(outbox::Column::Id.eq(id))
            .one()
            .await?;
        row.map(OutboxLetter::try_from).transpose()
    }

    /// The letters that wait to be printed, oldest first, after the one named; about complaints only those that one
    /// of these keys sees as an official.
    pub async fn letters_to_print(
        &self,
        keys: &[String],
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<OutboxLetter>, StoreError> {
        page(self.waiting(keys), after, limit).await
    }

    /// Those of them that are of these kinds.
    pub async fn letters_to_print_of(
        &self,
        keys: &[String],
        kinds: &[&str],
    ) -> Result<Vec<OutboxLetter>, StoreError> {
        of_kinds(self.waiting(keys), kinds).await
    }

    /// How many letters wait to be printed.
    pub async fn count_letters_to_print(&self, keys: &[String]) -> Result<u64, StoreError> {
        self.waiting(keys).count().await
    }

    fn waiting(&self, keys: &[String]) -> Scoped<'_, Select<outbox::Entity>> {
        self.seen_letters(keys)
            .filter(outbox::Column::Channel.eq(LetterChannel::Print.word()))
            .filter(outbox::Column::Status.eq(LetterStatus::Pending.word()))
    }

    /// The letters that the administration sees: about complaints only those that one of these keys sees as an official.
    pub(super) fn seen_letters(&self, keys: &[String]) -> Scoped<'_, Select<outbox::Entity>> {
        let about = (outbox::Entity, outbox::Column::ComplaintId);
        self.scope.find::<outbox::Entity>().filter(
            Condition::any()
                .add(outbox::Column::ComplaintId.is_null())
                .add(seen_as_official(&self.scope, keys, about)),
        )
    }
}

/// Letters in the order of their ids, after the one named.
pub(super) async fn page(
    mut rows: Scoped<'_, Select<outbox::Entity>>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<OutboxLetter>, StoreError> {
    if let Some(after) = after {
        rows = rows.filter(outbox::Column::Id.gt(after));
    }
    let rows = rows
        .order(outbox::Column::Id, Order::Asc)
        .limit(limit)
        .all()
        .await?;
    rows.into_iter().map(OutboxLetter::try_from).collect()
}

/// Letters of some kinds.
pub(super) async fn of_kinds(
    rows: Scoped<'_, Select<outbox::Entity>>,
    kinds: &[&str],
) -> Result<Vec<OutboxLetter>, StoreError> {
    let rows = rows.filter(outbox::Column::Kind.is_in(kinds.iter().copied()));
    let rows = rows.all().await?.into_iter();
    rows.map(OutboxLetter::try_from).collect()
}

impl WriteTx {
    /// Writes letters, and the due work that sends them; one whose subject has its key already is left out.
    pub async fn insert_letters(&self, letters: Vec<OutboxDraft>) -> Result<(), StoreError> {
        let mail = letters
            .iter()
            .filter(|letter| letter.channel == LetterChannel::Mail);
        let mail: BTreeMap<Uuid, Uuid> =
            mail.map(|letter| (letter.id, letter.subject_id)).collect();
        let mut subjects = BTreeSet::new();
        let mut rows = letters.into_iter().map(outbox::ActiveModel::from);
        loop {
            let some: Vec<_> = rows.by_ref().take(ROWS).collect();
            if some.is_empty() {
                break;
            }
            let new = self.scope.insert_new_all(some, outbox::Column::Id);
            let new: Vec<Uuid> = new.await?;
            subjects.extend(new.iter().filter_map(|id| mail.get(id)));
        }
        for &subject in &subjects {
            self.reschedule_letters(subject).await?;
        }
        Ok(())
    }

    /// Plans the mail that no work is planned for: whatever lost its plan, it goes out after all. Says of how many
    /// subjects.
    pub async fn plan_forgotten_mail(&self) -> Result<usize, StoreError> {
        let planned = self.planned_mail();
        let forgotten = self
            .scope
            .find::<outbox::Entity>()
            .filter(super::delivery::waiting_mail())
            .filter(planned.not())
            .all()
            .await?;
        let subjects = forgotten.into_iter().map(|letter| letter.subject_id);
        let subjects: BTreeSet<Uuid> = subjects.collect();
        for &subject in &subjects {
            self.reschedule_letters(subject).await?;
        }
        Ok(subjects.len())
    }

    /// Makes the due work of a subject what its letters still need, while no other transaction can change that: a letter
    /// that is written meanwhile keeps the plan it was written with, or is seen here.
    pub(super) async fn settle_letters(&self, subject: Uuid) -> Result<(), StoreError> {
        match self.hold(WorkKind::Letters, subject).await? {
            Some(_) => self.reschedule_letters(subject).await,
            // Nothing is planned, so nothing is taken away; what is planned from now on is not ours.
            None => Ok(()),
        }
    }

    /// Makes the due work of a subject's letters what its pending letters need: it is free as soon as one of them is,
    /// and no sooner, or a worker would find nothing to do and look again at once. A caller that may leave none
    /// pending holds that work.
    pub(super) async fn reschedule_letters(&self, subject: Uuid) -> Result<(), StoreError> {
        let next = self
            .scope
            .find::<outbox::Entity>()
            .filter(super::delivery::pending_mail(subject))
            .order(free_from(), Order::Asc)
            // Databases differ in where they put what is NULL.
            .order(
                Expr::col(outbox::Column::LeasedUntil).is_not_null(),
                Order::Asc,
            )
            .limit(1)
            .one()
            .await?;
        match next {
            Some(letter) => {
                let free_at = letter.leased_until;
                self.schedule_letters(subject, letter.due_at, free_at).await
            }
            None => self.schedule(WorkKind::Letters, subject, None).await,
        }
    }
}

/// From when a letter can be had: one that is due tomorrow does not hold up what is tried again in a minute.
fn free_from() -> Expr {
    let (due, leased) = (outbox::Column::DueAt, outbox::Column::LeasedUntil);
    let is_held_longer = Expr::col(leased).gt(Expr::col(due));
    Expr::case(is_held_longer, Expr::col(leased))
        .finally(Expr::col(due))
        .into()
}

impl LetterChannel {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Print => "print",
        }
    }

    fn read(word: &str) -> Result<Self, StoreError> {
        [Self::Mail, Self::Print]
            .into_iter()
            .find(|channel| channel.word() == word)
            .ok_or_else(|| StoreError::corrupt("a letter has an unknown channel"))
    }
}

impl LetterStatus {
    /// In one of these a letter on paper may prove to have been posted.
    pub const BEFORE_POSTING: [Self; 2] = [Self::Pending, Self::Withdrawn];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Posted => "posted",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn read(word: &str) -> Result<Self, StoreError> {
        [
            Self::Pending,
            Self::Sent,
            Self::Delivered,
            Self::Failed,
            Self::Posted,
            Self::Withdrawn,
        ]
        .into_iter()
        .find(|status| status.word() == word)
        .ok_or_else(|| StoreError::corrupt("a letter has an unknown status"))
    }
}

impl From<OutboxDraft> for outbox::ActiveModel {
    fn from(letter: OutboxDraft) -> Self {
        Self {
            id: Set(letter.id),
            subject_id: Set(letter.subject_id),
            complaint_id: Set(letter.complaint_id.map(|id| id.0)),
            letter_key: Set(letter.letter_key),
            kind: Set(letter.kind),
            recipient: Set(letter.recipient),
            channel: Set(letter.channel.word().to_owned()),
            to_address: Set(letter.to_address),
            locale: Set(locale_text(letter.locale)),
            subject: Set(letter.subject),
            text: Set(letter.text),
            html: Set(letter.html),
            created_at: Set(letter.created_at),
            due_at: Set(letter.due_at),
            status: Set(LetterStatus::Pending.word().to_owned()),
            attempts: Set(0),
            ..Default::default()
        }
    }
}

impl TryFrom<outbox::Model> for OutboxLetter {
    type Error = StoreError;

    fn try_from(row: outbox::Model) -> Result<Self, StoreError> {
        Ok(Self {
            status: LetterStatus::read(&row.status)?,
            attempts: unsigned(row.attempts)?,
            sent_at: row.sent_at,
            posted_on: row.posted_on,
            last_error: row.last_error,
            undelivered_at: row.undelivered_at,
            failure: row
                .failure
                .as_deref()
                .map(LetterFailure::read)
                .transpose()?,
            draft: OutboxDraft {
                id: row.id,
                subject_id: row.subject_id,
                complaint_id: row.complaint_id.map(ComplaintId),
                letter_key: row.letter_key,
                kind: row.kind,
                recipient: row.recipient,
                channel: LetterChannel::read(&row.channel)?,
                to_address: row.to_address,
                locale: locale(&row.locale)?,
                subject: row.subject,
                text: row.text,
                html: row.html,
                created_at: row.created_at,
                due_at: row.due_at,
            },
        })
    }
}
