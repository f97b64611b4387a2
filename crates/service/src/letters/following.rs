//! The outbox follows the dossier: what is not true any more goes to nobody, what waits goes where its reader is reached now,
//! and what came back is marked so.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    actor::By,
    complaint::{Complaint, Event, LetterKey, Place, Recipient, Recorded},
    letter::{copies, made_untrue, rewritten},
};
use wederhoor_store::{LetterFailure, LetterStatus, WriteTx};

use super::{Desk, LetterRecord, Read, Telling, Told, is_paper, key_of};
use crate::{Request, attempt::Attempt};

/// Brings the letters of a complaint in step with its new events; those that these call for are written already.
pub(crate) async fn follow(
    request: &Request,
    tx: &WriteTx,
    telling: &Telling<'_>,
    entries: &[Recorded],
    first_new: usize,
) -> Result<(), Attempt> {
    let complaint = telling.complaint;
    let now = request.now();
    withdraw_untrue(request, tx, telling, entries, first_new).await?;
    rewrite_astray(request, tx, telling, entries, first_new).await?;
    mark_carried(tx, entries, (complaint, now), first_new).await?;
    if entries[first_new..]
        .iter()
        .any(|one| bears_on_failed(&one.event))
    {
        relist(tx, complaint, now).await?;
    }
    Ok(())
}

/// Whether an event can make good that a letter failed, or tells that one did.
fn bears_on_failed(event: &Event) -> bool {
    matches!(
        event,
        Event::LetterSent { .. }
            | Event::LetterDelivered { .. }
            | Event::LetterReturned { .. }
            | Event::LetterRedirected { .. }
            | Event::LetterReprinted { .. }
            | Event::LetterSentAgain { .. }
            | Event::AddressVerified
    )
}

/// Of the letters of a complaint that failed, those are to be seen to which nothing has made good.
pub(crate) async fn relist(
    tx: &WriteTx,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> Result<(), Attempt> {
    let letters = tx.letters_of(&[complaint.id]).await?;
    let failed = letters
        .iter()
        .filter(|one| one.status == LetterStatus::Failed);
    for (letter, key) in failed.filter_map(|one| Some((one, key_of(one)?))) {
        let is_listed = !complaint.is_made_good(&key);
        if is_listed != letter.undelivered_at.is_some() {
            let since = is_listed.then_some(now);
            tx.relist_letter(letter.draft.id, since).await?;
        }
    }
    Ok(())
}

/// Writes anew what waits for a party whose address, or what is known of it, new events changed.
async fn rewrite_astray(
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
    let astray: Vec<(&LetterRecord, LetterKey)> = keyed
        .filter(|(one, key)| {
            is_shut_out(complaint, key, first_new) || is_astray(complaint, one, key)
        })
        .collect();
    if astray.is_empty() {
        return Ok(());
    }
    let read = Read::of(tx, telling, astray.iter().map(|(_, key)| *key)).await?;
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
fn is_astray(complaint: &Complaint, letter: &LetterRecord, key: &LetterKey) -> bool {
    let Recipient::Party(party) = key.to else {
        return false;
    };
    let reach = complaint.reach(party);
    let followed = complaint.delivery(key).map(|(_, one)| one.to);
    if followed.is_none() && reach.working().is_none() {
        // Nowhere is better: somebody sees it wait.
        return false;
    }
    // What has to be posted may lie in its envelope: it stays there while that address is known.
    let stays = reach.postal.filter(|_| is_paper(letter));
    let stays = stays.map(|postal| Place::Post(postal.of));
    let place = followed.or(stays).unwrap_or_else(|| reach.best());
    let is_addressed = matches!(place, Place::Mailbox(_) | Place::Post(_));
    is_addressed && place_of(complaint, letter, key) != Some(place)
}

/// To which of the addresses that are known of its reader a letter goes or went; `None` where to none of them.
pub(crate) fn place_of(
    complaint: &Complaint,
    letter: &LetterRecord,
    key: &LetterKey,
) -> Option<Place> {
    let Recipient::Party(party) = key.to else {
        return None;
    };
    let (reach, address) = (complaint.reach(party), &complaint.contact(party)?.address);
    let (known, place) = if is_paper(letter) {
        let place = reach.postal.map(|one| Place::Post(one.of));
        (address.postal(), place)
    } else {
        let place = reach.mailbox.map(|one| Place::Mailbox(one.of));
        (address.email(), place)
    };
    let known = known?.reveal();
    place.filter(|_| known.is_some() && known == letter.draft.to_address.as_ref())
}

/// Whether it goes now, and not only by a second attempt.
fn goes_now(complaint: &Complaint, key: &LetterKey) -> bool {
    let followed = complaint.delivery(key).map(|(_, one)| one);
    followed.is_none_or(|one| one.returned_at.is_none() || one.awaits_second_posting())
}

/// Letters that tell of what was just undone, ended or overtaken, and have not gone out, go to nobody any more.
async fn withdraw_untrue(
    request: &Request,
    tx: &WriteTx,
    telling: &Telling<'_>,
    entries: &[Recorded],
    first_new: usize,
) -> Result<(), Attempt> {
    let complaint = telling.complaint;
    let calendar = &telling.facts.calendar;
    let untrue = made_untrue(telling.policy, calendar, entries, first_new);
    if untrue.is_empty() {
        return Ok(());
    }
    let letters = tx.letters_of(&[complaint.id]).await?;
    for one in untrue {
        let tells = |letter: &&LetterRecord| {
            letter.status == LetterStatus::Pending
                && key_of(letter).is_some_and(|key| one.covers(&key))
        };
        let told: Vec<&LetterRecord> = letters.iter().filter(tells).collect();
        if !told.is_empty() {
            for letter in &told {
                request.forget_ways_in(tx, letter).await?;
            }
            let told: Vec<Uuid> = told.iter().map(|letter| letter.draft.id).collect();
            let why = format!(
                "what it tells was undone, ended or overtaken by entry {}",
                one.undone_by
            );
            tx.withdraw_letters(complaint.id.0, &told, &why).await?;
        }
    }
    Ok(())
}

/// The outbox follows the dossier: what came back is marked so, with every copy of it that had gone out until then, unless it is
/// known already.
async fn mark_carried(
    tx: &WriteTx,
    entries: &[Recorded],
    (complaint, now): (&Complaint, DateTime<Utc>),
    first_new: usize,
) -> Result<(), Attempt> {
    let mut returned = BTreeMap::new();
    for (place, recorded) in entries.iter().enumerate().skip(first_new) {
        if let Event::LetterReturned { letter, .. } = recorded.event {
            let failure = if recorded.by == By::Clock {
                LetterFailure::Unproved
            } else {
                LetterFailure::CameBack
            };
            let gone = copies(&entries[..place], letter);
            returned.extend(gone.iter().map(|key| (key.to_string(), failure)));
        }
    }
    if returned.is_empty() {
        return Ok(());
    }
    for letter in tx.letters_of(&[complaint.id]).await? {
        let failure = returned.get(&letter.draft.letter_key);
        if let Some(failure) = failure.filter(|_| letter.status != LetterStatus::Failed) {
            tx.mark_failed(letter.draft.id, *failure, "came back", now)
                .await?;
        }
    }
    Ok(())
}
