//! Informal contacts: dissatisfaction that was not put in writing. No clock runs.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;
use wederhoor_procedure::{CourseId, actor::Role, refusal::Reason};
use wederhoor_store::{ContactRecord, StoreError};

use crate::{InputCode, Request, ServiceError};

/// Dissatisfaction that was not put in writing: no clock runs.
#[derive(Clone, Debug)]
pub struct InformalContactInput {
    /// The day.
    pub contact_on: NaiveDate,
    /// The course.
    pub course: Option<CourseId>,
    /// Whether the person was invited to put it in writing.
    pub is_invited: bool,
    /// What was said.
    pub note: String,
}

impl Request {
    /// Logs dissatisfaction that was not put in writing.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office; `Invalid`.
    pub async fn record_informal_contact(
        &self,
        input: &InformalContactInput,
    ) -> Result<ContactRecord, ServiceError> {
        self.require_office()?;
        if input.note.trim().is_empty() {
            return Err(ServiceError::invalid(
                InputCode::Required,
                "note",
                "Vul een tekst in.",
                "Fill in a text.",
            ));
        }
        let recorded_by = self.person()?.member;
        let tenant = self.tenant().await?;
        let today = self
            .now()
            .with_timezone(&tenant.settings.time_zone)
            .date_naive();
        if input.contact_on > today {
            return Err(Reason::ImpossibleTime.bare().into());
        }
        let tx = self.writing().await?;
        let contact = ContactRecord {
            id: self.service().new_id(),
            contact_on: input.contact_on,
            course_id: input.course,
            recorded_by,
            is_invited: input.is_invited,
            content: json!({ "note": input.note }),
            created_at: self.now(),
        };
        tx.insert_contact(contact.clone())
            .await
            .map_err(|error| match error {
                StoreError::Dangling => ServiceError::NotFound,
                other => other.into(),
            })?;
        tx.commit().await?;
        Ok(contact)
    }

    /// Informal contacts, newest first: the administration's all, others' their own.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn informal_contacts(
        &self,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ContactRecord>, ServiceError> {
        self.require_office()?;
        let (own, sees_all) = (
            self.person()?.member,
            self.caller().has(Role::Administrator),
        );
        let reading = self.reading().await?;
        let (mut page, mut before) = (Vec::new(), before);
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        loop {
            let contacts = reading.tx.contacts(before, limit).await?;
            let is_last = contacts.len() < wanted;
            before = contacts.last().map(|contact| contact.id);
            let is_theirs = |contact: &ContactRecord| sees_all || contact.recorded_by == own;
            page.extend(contacts.into_iter().filter(is_theirs));
            if is_last || page.len() >= wanted {
                page.truncate(wanted);
                return Ok(page);
            }
        }
    }
}
