//! An organisation's own wording of its letters.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};
use wederhoor_procedure::{Locale, MemberId};

use crate::convert::{locale, locale_text};
use crate::entity::letter_wording::{ActiveModel, Column, Entity, Model};
use crate::{ReadTx, StoreError, WriteTx};

/// The wording of one kind of letter in one language, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingRecord {
    /// The kind of letter.
    pub kind: String,
    /// The language.
    pub locale: Locale,
    /// The subject; `None`: the program's own.
    pub subject: Option<String>,
    /// The text around what the program says; `None`: the program's own.
    pub body: Option<String>,
    /// When it was written.
    pub changed_at: DateTime<Utc>,
    /// Who wrote it.
    pub changed_by: MemberId,
}

impl ReadTx {
    /// The wordings of these kinds of letter, or of all, in every language.
    pub async fn wordings(&self, kinds: Option<&[&str]>) -> Result<Vec<WordingRecord>, StoreError> {
        let mut found = self.scope.find::<Entity>();
        if let Some(kinds) = kinds {
            found = found.filter(Column::Kind.is_in(kinds.iter().copied()));
        }
        let found = found.order(Column::Kind, Order::Asc);
        let rows = found.order(Column::Locale, Order::Asc).all().await?;
        rows.into_iter().map(record).collect()
    }
}

impl WriteTx {
    /// Keeps a wording, in place of the one that there was.
    ///
    /// # Errors
    /// `Dangling` when there is no such member.
    pub async fn write_wording(&self, wording: WordingRecord) -> Result<(), StoreError> {
        let row = ActiveModel {
            kind: Set(wording.kind),
            locale: Set(locale_text(wording.locale)),
            subject: Set(wording.subject),
            body: Set(wording.body),
            changed_at: Set(wording.changed_at),
            changed_by: Set(wording.changed_by.0),
            ..Default::default()
        };
        let replaced = [
            Column::Subject,
            Column::Body,
            Column::ChangedAt,
            Column::ChangedBy,
        ];
        self.scope.upsert_all(vec![row], replaced).await
    }

    /// Takes a wording away; says whether there was one.
    pub async fn delete_wording(&self, kind: &str, locale: Locale) -> Result<bool, StoreError> {
        let it = Condition::all()
            .add(Column::Kind.eq(kind))
            .add(Column::Locale.eq(locale_text(locale)));
        let gone = self.scope.delete::<Entity>().filter(it).run().await?;
        Ok(gone > 0)
    }
}

fn record(row: Model) -> Result<WordingRecord, StoreError> {
    Ok(WordingRecord {
        kind: row.kind,
        locale: locale(&row.locale)?,
        subject: row.subject,
        body: row.body,
        changed_at: row.changed_at,
        changed_by: MemberId(row.changed_by),
    })
}
