//! Destroying what a complaint holds: content, salts and letters go, and the chain still verifies.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, sea_query::Expr};
use wederhoor_procedure::{ComplaintId, MemberId};

use crate::entity::{access_link, complaint_content, outbox};
use crate::outbox::LetterStatus;
use crate::{StoreError, WriteTx};

impl WriteTx {
    /// Destroys the content of a complaint and of its letters, what a carrier said of them, to which of these members they went,
    /// and the ways into it, for good; says how many pieces of content went. A letter that has not gone out yet never will.
    pub async fn destroy_content(
        &self,
        complaint: ComplaintId,
        members: impl IntoIterator<Item = MemberId>,
    ) -> Result<u64, StoreError> {
        let gone = self
            .scope
            .update::<complaint_content::Entity>()
            .set(
                complaint_content::Column::Salt,
                Expr::value(None::<Vec<u8>>),
            )
            .set(
                complaint_content::Column::Content,
                Expr::value(None::<String>),
            )
            .filter(complaint_content::Column::ComplaintId.eq(complaint.0))
            .run()
            .await?;
        let mine = || outbox::Column::ComplaintId.eq(complaint.0);
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::Status, LetterStatus::Failed.word())
            .filter(mine())
            .filter(outbox::Column::Status.eq(LetterStatus::Pending.word()))
            .run()
            .await?;
        self.scope
            .update::<outbox::Entity>()
            .set(outbox::Column::ToAddress, Expr::value(None::<String>))
            .set(
                outbox::Column::UndeliveredAt,
                Expr::value(None::<DateTime<Utc>>),
            )
            .set(outbox::Column::LastError, Expr::value(None::<String>))
            .set(outbox::Column::Recipient, "")
            .set(outbox::Column::Subject, "")
            .set(outbox::Column::Text, "")
            .set(outbox::Column::Html, "")
            .filter(mine())
            .run()
            .await?;
        let members: Vec<String> = members.into_iter().map(|id| id.to_string()).collect();
        for letter in self
            .scope
            .find::<outbox::Entity>()
            .filter(mine())
            .all()
            .await?
        {
            if let Some(key) = numbered(&letter.letter_key, &members) {
                self.scope
                    .update::<outbox::Entity>()
                    .set(outbox::Column::LetterKey, key)
                    .filter(outbox::Column::Id.eq(letter.id))
                    .run()
                    .await?;
            }
        }
        self.scope
            .delete::<access_link::Entity>()
            .filter(access_link::Column::ComplaintId.eq(complaint.0))
            .run()
            .await?;
        Ok(gone)
    }
}

/// The key of a letter with a number in the place of a member: keys must stay different.
fn numbered(key: &str, members: &[String]) -> Option<String> {
    let found = members.iter().position(|id| key.contains(id.as_str()))?;
    Some(key.replace(&members[found], &(found + 1).to_string()))
}
