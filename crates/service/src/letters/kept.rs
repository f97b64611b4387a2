//! Letters as the administration keeps them: printed, posted, come back.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId,
    actor::Role,
    audience::Level,
    command::Command,
    complaint::{Delivery, LetterKey},
    refusal::Reason,
};
use wederhoor_store::{LetterChannel, LetterStatus, OutboxLetter};

use super::{LetterRecord, key_of};
use crate::{ActOptions, Dossier, Request, ServiceError};

impl Request {
    /// The letters about a complaint, for officials.
    ///
    /// # Errors
    /// As every use case.
    pub async fn letters_of(&self, dossier: &Dossier) -> Result<Vec<LetterRecord>, ServiceError> {
        let reading = self.reading().await?;
        Ok(reading.tx.letters_of(dossier.complaint.id).await?)
    }

    /// The letters that wait to be printed, of complaints this administrator is not excluded from.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but the administration.
    pub async fn letters_to_print(
        &self,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        self.require_administration().await?;
        let reading = self.reading().await?;
        let (mut page, mut after) = (Vec::new(), after);
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        loop {
            let waiting = reading.tx.letters_to_print(after, limit).await?;
            let is_last = waiting.len() < wanted;
            after = waiting.last().map(|letter| letter.draft.id);
            page.extend(self.of_officials(waiting).await?);
            if is_last || page.len() >= wanted {
                page.truncate(wanted);
                return Ok(page);
            }
        }
    }

    /// Those letters whose complaint the caller sees as an official.
    async fn of_officials(
        &self,
        letters: Vec<LetterRecord>,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let about = |letter: &OutboxLetter| letter.draft.complaint_id;
        let ids: Vec<ComplaintId> = letters.iter().filter_map(about).collect();
        let seen = self.dossiers(&ids).await?;
        let is_official = |id: ComplaintId| {
            seen.get(&id)
                .is_some_and(|dossier| dossier.level == Level::Official)
        };
        let is_theirs = |letter: &OutboxLetter| about(letter).is_none_or(is_official);
        Ok(letters.into_iter().filter(is_theirs).collect())
    }

    /// A printed letter went out on a day; terms that count from it start then.
    ///
    /// # Errors
    /// `NotFound`, `Refused`.
    pub async fn record_posted(
        &self,
        letter: Uuid,
        posted_on: NaiveDate,
    ) -> Result<LetterRecord, ServiceError> {
        let (record, complaint, key) = self.letter_of_mine(letter).await?;
        if record.status != LetterStatus::Pending || record.draft.channel != LetterChannel::Print {
            return Err(Reason::AlreadyDone.bare().into());
        }
        let people = self.people(self.reading().await?.as_ref()).await?;
        let day_ends = people.calendar.end_of(posted_on) - chrono::TimeDelta::microseconds(1);
        if people.calendar.local_date(record.draft.created_at) > posted_on
            || posted_on > people.calendar.local_date(self.now())
        {
            return Err(Reason::ImpossibleTime.bare().into());
        }
        let at = day_ends.min(self.now());
        self.carry(
            &record,
            complaint,
            key,
            Command::RecordPosted { letter: key },
            Some(at),
            Some(posted_on),
        )
        .await
    }

    /// A letter came back; what rested on its delivery is reversed.
    ///
    /// # Errors
    /// `NotFound`, `Refused`.
    pub async fn report_undelivered(&self, letter: Uuid) -> Result<LetterRecord, ServiceError> {
        let (record, complaint, key) = self.letter_of_mine(letter).await?;
        self.carry(
            &record,
            complaint,
            key,
            Command::ReportUndelivered { letter: key },
            None,
            None,
        )
        .await
    }

    async fn letter_of_mine(
        &self,
        letter: Uuid,
    ) -> Result<(LetterRecord, ComplaintId, LetterKey), ServiceError> {
        self.require_administration().await?;
        let reading = self.reading().await?;
        let record = reading
            .tx
            .letter(letter)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let complaint = record.draft.complaint_id.ok_or(ServiceError::NotFound)?;
        self.complaint(complaint)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let key = key_of(&record).ok_or(ServiceError::NotFound)?;
        Ok((record, complaint, key))
    }

    /// Where the dossier follows the letter it is told; the outbox follows in the same breath.
    async fn carry(
        &self,
        record: &LetterRecord,
        complaint: ComplaintId,
        key: LetterKey,
        command: Command,
        at: Option<DateTime<Utc>>,
        posted_on: Option<NaiveDate>,
    ) -> Result<LetterRecord, ServiceError> {
        let dossier = self
            .complaint(complaint)
            .await?
            .ok_or(ServiceError::NotFound)?;
        // A reprint that comes back counts as delivered all the same: only its own posting is told to the dossier.
        let (letters, reprint) = (&dossier.complaint, |(_, one): (_, &Delivery)| {
            one.awaits_second_posting()
        });
        let is_followed =
            letters.deliveries.contains_key(&key) || letters.delivery(&key).is_some_and(reprint);
        if is_followed {
            self.act(
                complaint,
                command,
                ActOptions {
                    at,
                    expected_version: None,
                },
            )
            .await?;
        }
        let tx = self.writing().await?;
        match posted_on {
            Some(day) => {
                tx.mark_posted(record.draft.id, day).await?;
            }
            None => {
                tx.mark_failed(record.draft.id, "reported as undelivered")
                    .await?;
            }
        }
        tx.commit().await?;
        let reading = self.reading().await?;
        reading
            .tx
            .letter(record.draft.id)
            .await?
            .ok_or(ServiceError::NotFound)
    }

    /// Refuses anyone but an administrator or the stand-in.
    pub(crate) async fn require_administration(&self) -> Result<(), ServiceError> {
        let person = self.person()?;
        let tenant = self.tenant().await?;
        let administers = person.roles.contains(&Role::Administrator)
            || tenant.settings.stand_in == Some(person.member);
        if administers {
            Ok(())
        } else {
            Err(ServiceError::NotAllowed)
        }
    }
}
