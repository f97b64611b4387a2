//! Informal contacts: dissatisfaction that was not put in writing. No clock runs.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use wederhoor_procedure::{
    CourseId, MemberId,
    actor::Role,
    calendar::Calendar,
    decide::{InformalContact, all_against_contact},
    is_blank,
    policy::Policy,
};
use wederhoor_store::{AccountEvent, ContactRecord, WriteTx};

use crate::{
    InputCode, InputFault, Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    facts::known,
    filing::course_is_unknown,
    repetition::Begun,
};

/// Dissatisfaction that was not put in writing: no clock runs.
#[derive(Clone, Debug)]
pub struct InformalContactInput {
    /// The day.
    pub contact_on: NaiveDate,
    /// The course.
    pub course: Option<CourseId>,
    /// Whether the person was invited to put it in writing.
    pub is_invited: bool,
    /// Whether the talk settled it: nobody is left dissatisfied.
    pub is_settled: bool,
    /// What was said.
    pub note: String,
}

impl Request {
    /// Logs dissatisfaction that was not put in writing.
    ///
    /// # Errors
    /// `NotAllowed` for anyone who does not treat complaints; `Invalid`; the refusal where the regulation of that day has
    /// whoever remains dissatisfied invited to write, and that was not done.
    pub async fn record_informal_contact(
        &self,
        input: &InformalContactInput,
    ) -> Result<ContactRecord, ServiceError> {
        self.require_treating().await?;
        until_first(|| self.record_contact_once(input)).await
    }

    async fn record_contact_once(
        &self,
        input: &InformalContactInput,
    ) -> Result<ContactRecord, Attempt> {
        let tx = match self
            .begin(AccountEvent::InformalContactRecorded, input)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(answer) => return Ok(self.contact(answer).await?),
        };
        self.require_sound(&tx, input).await?;
        let contact = ContactRecord {
            id: self.service().new_id(),
            contact_on: input.contact_on,
            course_id: input.course,
            recorded_by: self.person()?.member,
            is_invited: input.is_invited,
            content: json!({ "note": input.note, "isSettled": input.is_settled }),
            created_at: self.now(),
        };
        tx.insert_contact(contact.clone()).await?;
        self.remember(&tx, &json!(contact.id)).await?;
        commit(tx).await?;
        Ok(contact)
    }

    /// Refuses for everything that is wrong with it.
    async fn require_sound(
        &self,
        tx: &WriteTx,
        input: &InformalContactInput,
    ) -> Result<(), ServiceError> {
        let mut faults = Vec::new();
        if is_blank(&input.note) {
            let (nl, en) = ("Vul een tekst in.", "Fill in a text.");
            faults.push(InputFault::at(InputCode::Required, "note", nl, en));
        }
        if let Some(course) = input.course
            && tx.course(course).await?.is_none()
        {
            faults.push(course_is_unknown());
        }
        let tenant = self.tenant().await?;
        let calendar = Calendar::new(tenant.settings.time_zone);
        let contact = InformalContact {
            on: input.contact_on,
            is_invited: input.is_invited,
            is_settled: input.is_settled,
        };
        let on = calendar.end_of(contact.on);
        let (then, now) = (
            self.policy_at(tx, on).await?,
            self.policy_at(tx, self.now()).await?,
        );
        let (policies, today) = (
            (then.as_deref(), now.as_deref()),
            self.service().today(&tenant),
        );
        let refusals = all_against_contact(&contact, &calendar, policies, today);
        ServiceError::unless_sound(faults, refusals)
    }

    /// The regulation that was in force at an instant, or is by now.
    async fn policy_at(
        &self,
        tx: &WriteTx,
        at: DateTime<Utc>,
    ) -> Result<Option<Arc<Policy>>, ServiceError> {
        let record = tx.policy_at(self.now().min(at)).await?;
        record
            .map(|record| known(self.service(), tx, record))
            .transpose()
    }

    async fn contact(&self, id: Value) -> Result<ContactRecord, ServiceError> {
        let id = serde_json::from_value(id)?;
        let contact = self.reading().await?.tx.contact(id).await?;
        contact.ok_or(ServiceError::NotFound)
    }

    /// Informal contacts, newest first: the administration's all, others' their own.
    ///
    /// # Errors
    /// `NotAllowed` for anyone who does not treat complaints.
    pub async fn informal_contacts(
        &self,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ContactRecord>, ServiceError> {
        let by = self.contacts_of().await?;
        Ok(self.reading().await?.tx.contacts(by, before, limit).await?)
    }

    /// How many informal contacts there are for the caller.
    ///
    /// # Errors
    /// `NotAllowed` for anyone who does not treat complaints.
    pub async fn count_informal_contacts(&self) -> Result<u64, ServiceError> {
        let by = self.contacts_of().await?;
        Ok(self.reading().await?.tx.count_contacts(by).await?)
    }

    /// Whose contacts the caller sees; `None`: everybody's.
    async fn contacts_of(&self) -> Result<Option<MemberId>, ServiceError> {
        self.require_treating().await?;
        let own = self.person()?.member;
        Ok((!self.caller().has(Role::Administrator)).then_some(own))
    }
}
