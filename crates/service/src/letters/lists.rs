//! The letters that ask something of whoever administers the complaints that they are about: those that wait to be printed, and
//! those that did not reach their reader.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId, MemberId,
    actor::Role,
    complaint::{LetterKey, LetterKind, Party, Recipient, Recorded},
    decide::goes_on_paper_once_addressed,
    view::{is_letter_kept_from, told_of},
};
use wederhoor_store::LetterStatus;

use super::{LetterRecord, is_paper, key_of};
use crate::{
    Doing, Dossier, Request, ServiceError,
    dossier::{member_key, recorded},
    reading::Reading,
    recurrences::repeats,
};

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
        let letters = self.for_caller(pile, after, limit).await?;
        for complaint in about(&letters[..letters.len().min(shown)]) {
            self.note_seen(complaint, Doing::SawLetter);
        }
        Ok(letters)
    }

    async fn count_letters_in(&self, pile: Pile) -> Result<u64, ServiceError> {
        self.require_desk_worker().await?;
        if !self.is_administrator()? {
            let all = self.for_caller(pile, None, usize::MAX).await?;
            return Ok(u64::try_from(all.len()).unwrap_or(u64::MAX));
        }
        let (keys, reading) = (self.own_keys()?, self.reading().await?);
        let all = match pile {
            Pile::ToPrint => reading.tx.count_letters_to_print(&keys).await?,
            Pile::Undelivered => reading.tx.count_undelivered_letters(&keys).await?,
        };
        let hidden = self.hidden_in(&reading, pile).await?.len();
        Ok(all.saturating_sub(u64::try_from(hidden).unwrap_or(u64::MAX)))
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
    /// there how a party gets in. Nobody reads of another complaint of which they may not know.
    async fn for_caller(
        &self,
        pile: Pile,
        mut after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let in_stead = !self.is_administrator()?;
        let at_once = if in_stead { SOME } else { limit };
        let reading = self.reading().await?;
        let hidden = self.hidden_in(&reading, pile).await?;
        let mut all = Vec::new();
        loop {
            let some = self.some_of(pile, after, at_once).await?;
            let is_last = some.len() < at_once;
            after = some.last().map(|one| one.draft.id);
            let asked: Vec<_> = about(&some).filter(|_| in_stead).collect();
            let dossiers = self.dossiers_unshown(&asked).await?;
            all.extend(some.into_iter().filter(|one| {
                let about = one.draft.complaint_id.and_then(|id| dossiers.get(&id));
                let is_administered = about.is_some_and(|dossier| dossier.is_administered());
                (is_administered || !in_stead) && !hidden.contains(&one.draft.id)
            }));
            if is_last || all.len() >= limit {
                all.truncate(limit);
                return Ok(all);
            }
        }
    }

    /// A letter as it stands now, for who has just seen to it; not where it tells of another complaint of which they may not know by
    /// now.
    pub(super) async fn seen_to(&self, letter: Uuid) -> Result<LetterRecord, ServiceError> {
        let reading = self.reading().await?;
        let record = reading.tx.letter(letter).await?;
        let record = record.ok_or(ServiceError::NotFound)?;
        let hidden = self.hidden(&reading, std::slice::from_ref(&record));
        if !hidden.await?.is_empty() {
            return Err(ServiceError::NotFound);
        }
        if let Some(complaint) = record.draft.complaint_id {
            self.note_seen(complaint, Doing::SawLetter);
        }
        Ok(record)
    }

    /// As [`Self::hidden`], of all letters of a pile; found out once.
    async fn hidden_in<'r>(
        &self,
        reading: &'r Reading,
        pile: Pile,
    ) -> Result<&'r HashSet<Uuid>, ServiceError> {
        let find = || async {
            let (keys, kinds) = (self.own_keys()?, telling_kinds());
            let telling = match pile {
                Pile::ToPrint => reading.tx.letters_to_print_of(&keys, &kinds).await?,
                Pile::Undelivered => reading.tx.undelivered_letters_of(&keys, &kinds).await?,
            };
            self.hidden(reading, &telling).await
        };
        reading.hidden[pile as usize].get_or_try_init(find).await
    }

    /// Those of these letters that tell of another complaint of which the caller may not know; and those that wait on paper for a
    /// reader who may not.
    async fn hidden(
        &self,
        reading: &Reading,
        letters: &[LetterRecord],
    ) -> Result<HashSet<Uuid>, ServiceError> {
        let telling = letters.iter().filter_map(Teller::of);
        let telling: Vec<Teller> = telling.collect();
        if telling.is_empty() {
            return Ok(HashSet::new());
        }
        let member = self.person()?.member;
        let ids: Vec<_> = telling.iter().map(|one| one.complaint).collect();
        let events = reading.tx.load_bare_events(&ids).await?.into_iter();
        // Of what cannot be read nobody knows what it tells.
        let events = events.filter_map(|(id, entries)| Some((id, recorded(entries).ok()?)));
        let dossiers: HashMap<ComplaintId, Vec<Recorded>> = events.collect();
        let named = telling.iter().filter_map(|one| {
            let links = told_of(dossiers.get(&one.complaint)?, &one.key).into_iter();
            Some(links.map(|link| link.complaint))
        });
        let named: Vec<ComplaintId> = named.flatten().collect();
        let repeats = repeats(&reading.tx, &named).await?;
        let is_hidden = |one: &&Teller| {
            let mut readers = one.waits_for.into_iter().chain([member]);
            dossiers.get(&one.complaint).is_none_or(|dossier| {
                readers.any(|reader| is_letter_kept_from(&repeats, Some(reader), dossier, &one.key))
            })
        };
        let hidden = telling.iter().filter(is_hidden);
        Ok(hidden.map(|one| one.letter).collect())
    }

    /// What people call the members.
    async fn names(&self) -> Result<HashMap<Uuid, String>, ServiceError> {
        let reading = self.reading().await?;
        let members = reading.members().await?.iter();
        Ok(members.map(|one| (one.id.0, one.name.clone())).collect())
    }
}

/// The kinds of letters that can tell of another complaint than that which they are about.
fn telling_kinds() -> Vec<&'static str> {
    let telling = LetterKind::ALL
        .iter()
        .filter(|kind| kind.can_tell_of_another());
    telling.map(|kind| kind.code()).collect()
}

/// A letter that can tell of another complaint than that which it is about.
struct Teller {
    letter: Uuid,
    complaint: ComplaintId,
    key: LetterKey,
    /// Who is to read it, while it waits on paper.
    waits_for: Option<MemberId>,
}

impl Teller {
    fn of(letter: &LetterRecord) -> Option<Self> {
        let key = key_of(letter).filter(|key| key.kind.can_tell_of_another())?;
        // The other kind tells each reader how many of those came in of which they may know.
        let names_one = key.kind != LetterKind::MeasureEffect;
        let waits = names_one && is_paper(letter) && letter.status == LetterStatus::Pending;
        let waits_for = match key.to {
            Recipient::Member(member) => Some(member).filter(|_| waits),
            Recipient::Party(_) | Recipient::Administration => None,
        };
        Some(Self {
            letter: letter.draft.id,
            complaint: letter.draft.complaint_id?,
            key,
            waits_for,
        })
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
