//! Destroying what a complaint holds: content, salts and letters go, and the chain still verifies.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait,
    sea_query::{CaseStatement, Expr},
};
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;

use crate::entity::{access_link, complaint_content, outbox};
use crate::outbox::LetterStatus;
use crate::{StoreError, WriteTx};

/// So many letters in one statement: a database binds a limited number of values.
const AT_ONCE: usize = 500;

impl WriteTx {
    /// Destroys the content of a complaint and of its letters, what a carrier said of them, to which members they went, and the
    /// ways into it, for good; says how many pieces of content went. A letter that has not gone out yet never will.
    pub async fn destroy_content(&self, complaint: ComplaintId) -> Result<u64, StoreError> {
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
        self.unname_letters(complaint).await?;
        self.scope
            .delete::<access_link::Entity>()
            .filter(access_link::Column::ComplaintId.eq(complaint.0))
            .run()
            .await?;
        Ok(gone)
    }

    /// Takes out of the keys of letters which members they were for.
    async fn unname_letters(&self, complaint: ComplaintId) -> Result<(), StoreError> {
        let mine = outbox::Column::ComplaintId.eq(complaint.0);
        let letters = self.scope.find::<outbox::Entity>().filter(mine);
        let letters = letters.all().await?.into_iter();
        let named = letters.filter_map(|one| Some((one.id, nameless(&one.letter_key, one.id)?)));
        let named: Vec<(Uuid, String)> = named.collect();
        for some in named.chunks(AT_ONCE) {
            let mut keys = CaseStatement::new();
            for (id, key) in some {
                keys = keys.case(outbox::Column::Id.eq(*id), Expr::val(key.as_str()));
            }
            self.scope
                .update::<outbox::Entity>()
                .set(outbox::Column::LetterKey, keys)
                .filter(outbox::Column::Id.is_in(some.iter().map(|(id, _)| *id)))
                .run()
                .await?;
        }
        Ok(())
    }
}

/// The key of a letter with its own id in the place of the member it is for: keys must stay different, and a number by the order
/// of members would tell who it was.
fn nameless(key: &str, letter: Uuid) -> Option<String> {
    let (what, to) = key.rsplit_once('/')?;
    let is_member = Uuid::parse_str(to).is_ok();
    is_member.then(|| format!("{what}/{letter}"))
}
