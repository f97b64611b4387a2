//! A letter to somebody in an office, as it goes out: their right and their address may have changed since it was written.

use uuid::Uuid;
use wederhoor_procedure::{
    MemberId,
    complaint::{LetterKey, Recipient},
    letter::rewritten,
    view::is_still_for,
};
use wederhoor_store::{OutboxDraft, WriteTx};

use super::{Desk, LetterRecord, Read, Telling, Told, is_paper};
use crate::{Request, attempt::Attempt, dossier::Loaded};

impl Request {
    /// Whether a letter is to go to whom it was written to, where they were reached then. Who may not know of it any more gets nothing,
    /// and whoever acts for the administration in their stead gets another; who has another address gets it there.
    pub(super) async fn is_theirs_still(
        &self,
        tx: &WriteTx,
        loaded: &Loaded,
        letter: &LetterRecord,
        key: &LetterKey,
    ) -> Result<bool, Attempt> {
        let Some(member) = reader(letter, key) else {
            return Ok(true);
        };
        let tenant = self.tenant().await?;
        let telling = Telling::of(loaded, &tenant);
        let read = Read::of(tx, &telling, std::iter::once(*key)).await?;
        let desk = Desk::of(self, &telling, &read);
        let (policy, facts) = (telling.policy, telling.facts);
        let around = (policy, facts, telling.complaint);
        if !is_still_for(around, key, member, self.now()) {
            let mut told = Told::default();
            let shared = rewritten(policy, facts, &loaded.entries, key)
                .filter(|_| key.to == Recipient::Administration);
            if let Some(one) = &shared {
                for reader in desk.readers(one) {
                    desk.write(one, &reader, &mut told)?;
                }
            }
            let why = "its reader may not know of it any more";
            tx.replace_letter(letter, why, told.letters).await?;
            return Ok(false);
        }
        let address = desk.member(*key, member).and_then(|reader| reader.mail);
        if is_paper(letter) || address.is_none() || address == letter.draft.to_address {
            return Ok(true);
        }
        let moved = OutboxDraft {
            to_address: address,
            ..letter.draft.clone()
        };
        tx.readdress_letter(letter.draft.id, moved).await?;
        Ok(false)
    }
}

/// Who of the organisation a letter is for; `None` of a letter to a party.
fn reader(letter: &LetterRecord, key: &LetterKey) -> Option<MemberId> {
    match key.to {
        Recipient::Party(_) => None,
        Recipient::Member(member) => Some(member),
        Recipient::Administration => {
            let (_, id) = letter.draft.letter_key.rsplit_once('/')?;
            Uuid::parse_str(id).ok().map(MemberId)
        }
    }
}
