//! Dissatisfaction that was talked over without becoming a complaint.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order, Select};
use serde_json::Value;
use uuid::Uuid;
use wederhoor_procedure::{CourseId, MemberId};

use crate::entity::informal_contact;
use crate::scope::Scoped;
use crate::{ReadTx, StoreError, WriteTx};

/// An informal contact.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactRecord {
    /// Its id.
    pub id: Uuid,
    /// The day of the contact.
    pub contact_on: NaiveDate,
    /// The course that it was about.
    pub course_id: Option<CourseId>,
    /// Who recorded it.
    pub recorded_by: MemberId,
    /// Whether the person was asked to file a complaint.
    pub is_invited: bool,
    /// What was said.
    pub content: Value,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

impl ReadTx {
    /// At most `limit` contacts recorded before the one named, newest first: all, or those that one member recorded.
    pub async fn contacts(
        &self,
        by: Option<MemberId>,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ContactRecord>, StoreError> {
        let mut list = self.recorded(by);
        if let Some(before) = before {
            list = list.filter(informal_contact::Column::Id.lt(before));
        }
        let rows = list
            .order(informal_contact::Column::Id, Order::Desc)
            .limit(limit)
            .all()
            .await?;
        Ok(rows.into_iter().map(ContactRecord::from).collect())
    }

    /// How many contacts there are, or how many one member recorded.
    pub async fn count_contacts(&self, by: Option<MemberId>) -> Result<u64, StoreError> {
        self.recorded(by).count().await
    }

    /// One contact.
    pub async fn contact(&self, id: Uuid) -> Result<Option<ContactRecord>, StoreError> {
        let mine = informal_contact::Column::Id.eq(id);
        let row = self
            .scope
            .find::<informal_contact::Entity>()
            .filter(mine)
            .one();
        Ok(row.await?.map(ContactRecord::from))
    }

    fn recorded(&self, by: Option<MemberId>) -> Scoped<'_, Select<informal_contact::Entity>> {
        let list = self.scope.find::<informal_contact::Entity>();
        match by {
            Some(by) => list.filter(informal_contact::Column::RecordedBy.eq(by.0)),
            None => list,
        }
    }
}

impl WriteTx {
    /// Records a contact.
    ///
    /// # Errors
    /// `Dangling` when the course or the member does not exist.
    pub async fn insert_contact(&self, contact: ContactRecord) -> Result<(), StoreError> {
        self.scope
            .insert(informal_contact::ActiveModel {
                id: Set(contact.id),
                contact_on: Set(contact.contact_on),
                course_id: Set(contact.course_id.map(|id| id.0)),
                recorded_by: Set(contact.recorded_by.0),
                is_invited: Set(contact.is_invited),
                content: Set(contact.content),
                created_at: Set(contact.created_at),
                ..Default::default()
            })
            .await
    }
}

impl From<informal_contact::Model> for ContactRecord {
    fn from(row: informal_contact::Model) -> Self {
        Self {
            id: row.id,
            contact_on: row.contact_on,
            course_id: row.course_id.map(CourseId),
            recorded_by: MemberId(row.recorded_by),
            is_invited: row.is_invited,
            content: row.content,
            created_at: row.created_at,
        }
    }
}
