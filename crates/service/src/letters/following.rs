//! Letters that have not gone out follow their reader: to an address that was left, or from which others came back, nothing
//! goes any more.

use wederhoor_procedure::{
    complaint::{Complaint, Event, LetterKey, Party, Place, Recipient, Recorded},
    letter::rewritten,
};
use wederhoor_store::{LetterChannel, LetterStatus, OutboxLetter, WriteTx};

use super::{Desk, Telling, Told, key_of, members_for};
use crate::{Request, attempt::Attempt};

/// Writes anew what waits for a party whose address, or what is known of it, new events changed.
pub(crate) async fn follow_addresses(
    request: &Request,
    tx: &WriteTx,
    telling: &Telling<'_>,
    entries: &[Recorded],
    first_new: usize,
) -> Result<(), Attempt> {
    let changes = |one: &Recorded| {
        matches!(
            one.event,
            Event::AddressRecorded { .. } | Event::LetterReturned { .. }
        )
    };
    let (policy, facts, complaint) = (telling.policy, telling.facts, telling.complaint);
    if !entries[first_new..].iter().any(changes) || complaint.destroyed_at.is_some() {
        return Ok(());
    }
    let letters = tx.letters_of(&[complaint.id]).await?;
    let pending = letters
        .iter()
        .filter(|one| one.status == LetterStatus::Pending);
    let keyed = pending.filter_map(|one| Some((one, key_of(one)?)));
    let astray: Vec<(&OutboxLetter, LetterKey)> = keyed
        .filter(|(one, key)| {
            is_shut_out(complaint, key, first_new) || is_astray(complaint, one, key)
        })
        .collect();
    if astray.is_empty() {
        return Ok(());
    }
    let read = members_for(tx, telling).await?;
    let desk = Desk::of(request, telling, &read);
    for (one, key) in astray {
        let mut told = Told::default();
        if goes_now(complaint, &key)
            && let Some(letter) = rewritten(policy, facts, entries, &key)
        {
            for reader in desk.readers(&letter) {
                desk.write(&letter, &reader, &mut told)?;
            }
        }
        if let Some(draft) = told.letters.pop() {
            tx.readdress_letter(one.draft.id, draft).await?;
        } else {
            let (id, gone) = (complaint.id.0, [one.draft.id]);
            let why = "its reader is reached elsewhere";
            tx.withdraw_letters(id, &gone, why).await?;
        }
        for link in told.links {
            tx.insert_access_link(link).await?;
        }
    }
    Ok(())
}

/// Whether the way in that a letter carries was ended with the address that its reader has just left.
fn is_shut_out(complaint: &Complaint, key: &LetterKey, first_new: usize) -> bool {
    let Recipient::Party(party) = key.to else {
        return false;
    };
    let left = complaint.reach(party).left;
    left.is_some_and(|left| usize::try_from(left).is_ok_and(|left| left >= first_new))
}

/// Whether a letter that waits is bound for an address to which it does not go any more.
fn is_astray(complaint: &Complaint, letter: &OutboxLetter, key: &LetterKey) -> bool {
    let Recipient::Party(party) = key.to else {
        return false;
    };
    let (channel, reach) = (letter.draft.channel, complaint.reach(party));
    let followed = complaint.delivery(key).map(|(_, one)| one.to);
    if followed.is_none() && reach.working().is_none() {
        // Nowhere is better: somebody sees it wait.
        return false;
    }
    // What has to be posted may lie in its envelope: it stays there while that address is known.
    let stays = reach.postal.filter(|_| channel == LetterChannel::Print);
    let stays = stays.map(|postal| Place::Post(postal.of));
    let place = followed.or(stays).unwrap_or_else(|| reach.best());
    let contact = match party {
        Party::Complainant => Some(&complaint.complainant.contact),
        Party::Respondent(no) => complaint.respondents.get(&no).map(|one| &one.contact),
        Party::Representative => None,
    };
    let Some(address) = contact.map(|contact| &contact.address) else {
        return false;
    };
    let (goes_by, to) = match place {
        Place::Mailbox(_) => (LetterChannel::Mail, address.email()),
        Place::Post(_) => (LetterChannel::Print, address.postal()),
        Place::Hand | Place::Left => return false,
    };
    let to = to.and_then(|to| to.reveal());
    goes_by != channel || to != letter.draft.to_address.as_ref()
}

/// Whether it goes now, and not only by a second attempt.
fn goes_now(complaint: &Complaint, key: &LetterKey) -> bool {
    let followed = complaint.delivery(key).map(|(_, one)| one);
    followed.is_none_or(|one| one.returned_at.is_none() || one.awaits_second_posting())
}
