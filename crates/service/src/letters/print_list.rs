//! The letters that wait to be printed, for whoever administers the complaints that they are about.

use uuid::Uuid;
use wederhoor_procedure::actor::Role;

use super::LetterRecord;
use crate::{Doing, Request, ServiceError, dossier::member_key};

/// How many letters are read at a time, where not all of them are shown.
const SOME: usize = 100;

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
        self.require_desk_worker().await?;
        let letters = if self.is_administrator()? {
            self.some_to_print(after, shown.saturating_add(1)).await?
        } else {
            self.to_print_in_stead(after, shown.saturating_add(1))
                .await?
        };
        let shown = letters.iter().take(shown);
        for complaint in shown.filter_map(|one| one.draft.complaint_id) {
            self.note_seen(complaint, Doing::SawLetter);
        }
        Ok(letters)
    }

    /// How many letters wait to be printed for the caller.
    ///
    /// # Errors
    /// `NotAllowed` for who cannot come to administer a complaint.
    pub async fn count_letters_to_print(&self) -> Result<u64, ServiceError> {
        self.require_desk_worker().await?;
        if !self.is_administrator()? {
            let all = self.to_print_in_stead(None, usize::MAX).await?;
            return Ok(u64::try_from(all.len()).unwrap_or(u64::MAX));
        }
        let (keys, reading) = (self.own_keys()?, self.reading().await?);
        Ok(reading.tx.count_letters_to_print(&keys).await?)
    }

    fn is_administrator(&self) -> Result<bool, ServiceError> {
        Ok(self.person()?.roles.contains(&Role::Administrator))
    }

    fn own_keys(&self) -> Result<[String; 1], ServiceError> {
        Ok([member_key(self.person()?.member)])
    }

    /// Of complaints that the caller sees as an official, which an administrator administers.
    async fn some_to_print(
        &self,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let (keys, reading) = (self.own_keys()?, self.reading().await?);
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        Ok(reading.tx.letters_to_print(&keys, after, limit).await?)
    }

    /// Who acts in the stead of the administration may be an official of a complaint without administering it: they would read
    /// there how a party gets in.
    async fn to_print_in_stead(
        &self,
        mut after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<LetterRecord>, ServiceError> {
        let mut kept = Vec::new();
        loop {
            let some = self.some_to_print(after, SOME).await?;
            let is_last = some.len() < SOME;
            after = some.last().map(|one| one.draft.id);
            let about: Vec<_> = some
                .iter()
                .filter_map(|one| one.draft.complaint_id)
                .collect();
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
}
