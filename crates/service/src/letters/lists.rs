//! The letters that ask something of whoever administers the complaints that they are about: those that wait to be printed, and
//! those that did not reach their reader.

use std::{collections::HashMap, sync::Arc};

use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId,
    actor::Role,
    complaint::{Party, Recipient},
    decide::goes_on_paper_once_addressed,
};

use super::{LetterRecord, key_of};
use crate::{Doing, Dossier, Request, ServiceError, dossier::member_key};

/// How many letters are read at a time, where not all of them are shown.
const SOME: usize = 100;

/// Which letters.
#[derive(Clone, Copy)]
enum Pile {
    /// They wait to be printed.
    ToPrint,
    /// They did not reach their reader, and nothing has made that good.
    Undelivered,
}

/// A letter that did not reach its reader, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndeliveredLetter {
    /// The letter.
    pub letter: LetterRecord,
    /// What people quote of the complaint that it is about.
    pub reference: Option<String>,
    /// What people call its reader, where that is known.
    pub reader: Option<String>,
    /// Whether it can go out once more.
    pub can_resend: bool,
    /// Whether it goes on paper once the postal address of its reader is recorded.
    pub can_go_on_paper: bool,
}

impl Request {
    /// The letters that wait to be printed, of complaints that the caller administers: at most `shown`, and one more, which is
    /// not shown, where more follow.
    ///
    /// # Errors
    /// `NotAllowed` for who cannot come to administer a complaint.
    pub async fn letters_to_print(
        &self,
        after: Option<Uuid>,
        shown: usize,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        self.letters_in(Pile::ToPrint, after, shown).await
    }

    /// How many letters wait to be printed for the caller.
    ///
    /// # Errors
    /// `NotAllowed` for who cannot come to administer a complaint.
    pub async fn count_letters_to_print(&self) -> Result<u64, ServiceError> {
        self.count_letters_in(Pile::ToPrint).await
    }

    /// The letters that did not reach their reader and that nothing has made good, of complaints that the caller administers,
    /// and for administrators those that are about none: as many as of [`Self::letters_to_print`].
    ///
    /// # Errors
    /// `NotAllowed` for who cannot come to administer a complaint.
    pub async fn undelivered_letters(
        &self,
        after: Option<Uuid>,
        shown: usize,
    ) -> Result<Vec<UndeliveredLetter>, ServiceError> {
        let letters = self.letters_in(Pile::Undelivered, after, shown).await?;
        if letters.is_empty() {
            return Ok(Vec::new());
        }
        let about: Vec<_> = about(&letters).collect();
        let dossiers = self.dossiers_unshown(&about).await?;
        let names = self.names().await?;
        let one = |letter: LetterRecord| {
            let dossier = letter.draft.complaint_id.and_then(|id| dossiers.get(&id));
            let key = key_of(&letter);
            UndeliveredLetter {
                reference: dossier.map(|dossier| dossier.reference.clone()),
                reader: reader_of(&letter, dossier, &names),
                can_resend: self.can_resend(&letter, dossier),
                can_go_on_paper: key.zip(dossier).is_some_and(|(key, dossier)| {
                    goes_on_paper_once_addressed(&dossier.complaint, &key, self.now())
                }),
                letter,
            }
        };
        Ok(letters.into_iter().map(one).collect())
    }

    /// How many letters did not reach their reader, for the caller to see to.
    ///
    /// # Errors
    /// `NotAllowed` for who cannot come to administer a complaint.
    pub async fn count_undelivered_letters(&self) -> Result<u64, ServiceError> {
        self.count_letters_in(Pile::Undelivered).await
    }

    async fn letters_in(
        &self,
        pile: Pile,
        after: Option<Uuid>,
        shown: usize,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        self.require_desk_worker().await?;
        let limit = shown.saturating_add(1);
        let letters = if self.is_administrator()? {
            self.some_of(pile, after, limit).await?
        } else {
            self.in_stead(pile, after, limit).await?
        };
        for complaint in about(&letters[..letters.len().min(shown)]) {
            self.note_seen(complaint, Doing::SawLetter);
        }
        Ok(letters)
    }

    async fn count_letters_in(&self, pile: Pile) -> Result<u64, ServiceError> {
        self.require_desk_worker().await?;
        if !self.is_administrator()? {
            let all = self.in_stead(pile, None, usize::MAX).await?;
            return Ok(u64::try_from(all.len()).unwrap_or(u64::MAX));
        }
        let (keys, reading) = (self.own_keys()?, self.reading().await?);
        Ok(match pile {
            Pile::ToPrint => reading.tx.count_letters_to_print(&keys).await?,
            Pile::Undelivered => reading.tx.count_undelivered_letters(&keys).await?,
        })
    }

    pub(super) fn is_administrator(&self) -> Result<bool, ServiceError> {
        Ok(self.person()?.roles.contains(&Role::Administrator))
    }

    fn own_keys(&self) -> Result<[String; 1], ServiceError> {
        Ok([member_key(self.person()?.member)])
    }

    /// Of complaints that the caller sees as an official, which an administrator administers.
    async fn some_of(
        &self,
        pile: Pile,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let (keys, reading) = (self.own_keys()?, self.reading().await?);
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        Ok(match pile {
            Pile::ToPrint => reading.tx.letters_to_print(&keys, after, limit).await?,
            Pile::Undelivered => reading.tx.undelivered_letters(&keys, after, limit).await?,
        })
    }

    /// Who acts in the stead of the administration may be an official of a complaint without administering it: they would read
    /// there how a party gets in.
    async fn in_stead(
        &self,
        pile: Pile,
        mut after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let mut kept = Vec::new();
        loop {
            let some = self.some_of(pile, after, SOME).await?;
            let is_last = some.len() < SOME;
            after = some.last().map(|one| one.draft.id);
            let about: Vec<_> = about(&some).collect();
            let dossiers = self.dossiers_unshown(&about).await?;
            kept.extend(some.into_iter().filter(|one| {
                let about = one.draft.complaint_id.and_then(|id| dossiers.get(&id));
                about.is_some_and(|dossier| dossier.is_administered())
            }));
            if is_last || kept.len() >= limit {
                kept.truncate(limit);
                return Ok(kept);
            }
        }
    }

    /// What people call the members.
    async fn names(&self) -> Result<HashMap<Uuid, String>, ServiceError> {
        let reading = self.reading().await?;
        let members = reading.members().await?.iter();
        Ok(members.map(|one| (one.id.0, one.name.clone())).collect())
    }
}

/// The complaints that letters are about.
fn about(letters: &[LetterRecord]) -> impl Iterator<Item = ComplaintId> {
    letters.iter().filter_map(|one| one.draft.complaint_id)
}

/// What people call the reader of a letter.
fn reader_of(
    letter: &LetterRecord,
    dossier: Option<&Arc<Dossier>>,
    names: &HashMap<Uuid, String>,
) -> Option<String> {
    let draft = &letter.draft;
    let Some(key) = key_of(letter) else {
        return names.get(&draft.subject_id).cloned();
    };
    match key.to {
        Recipient::Member(member) => names.get(&member.0).cloned(),
        Recipient::Administration => {
            let (_, member) = draft.letter_key.rsplit_once('/')?;
            names.get(&Uuid::parse_str(member).ok()?).cloned()
        }
        Recipient::Party(party) => {
            let complaint = &dossier?.complaint;
            let member = complaint
                .representative
                .filter(|_| party == Party::Representative);
            match complaint.contact(party) {
                Some(contact) => contact
                    .name
                    .reveal()
                    .filter(|name| !name.is_empty())
                    .cloned(),
                None => names.get(&member?.0).cloned(),
            }
        }
    }
}
