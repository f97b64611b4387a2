//! The outbox follows the dossier: what is not true any more goes to nobody, what waits goes where its reader is reached now,
//! and what came back is marked so.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId,
    actor::By,
    complaint::{Complaint, Event, LetterKey, Place, Recipient, Recorded},
    facts::Facts,
    letter::{Letter, copies, letters, made_untrue, rewritten},
    view::told_of,
};
use wederhoor_store::{LetterFailure, LetterStatus, OutboxDraft, WriteTx};

use super::{Desk, LetterRecord, Read, Telling, Told, is_paper, key_of};
use crate::{
    Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    dossier::Loaded,
};

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

impl Request {
    /// A letter that is to go to its reader now. `None` of one that waits for an hour of work, on a day that was closed after it was
    /// written: it waits for the next. `None` too of one that is [overtaken](Self::is_overtaken), and of one that is
    /// [not its reader's any more](Self::is_theirs_still) or goes elsewhere.
    pub(crate) async fn as_it_goes(
        &self,
        letter: LetterRecord,
    ) -> Result<Option<LetterRecord>, ServiceError> {
        let Some((id, key)) = letter.draft.complaint_id.zip(key_of(&letter)) else {
            return self.overview_as_it_goes(letter).await;
        };
        let waits = key.waits_for_an_open_day() && self.is_closed_today().await?;
        let is_official = !matches!(key.to, Recipient::Party(_));
        let goes = if waits || is_official || key.kind.can_tell_of_another() {
            until_first(|| self.still_goes(id, &letter, &key)).await?
        } else {
            true
        };
        Ok(goes.then_some(letter))
    }

    async fn is_closed_today(&self) -> Result<bool, ServiceError> {
        let (service, tenant) = (self.service(), self.tenant().await?);
        let tx = service.store().tenant(tenant.id).read().await?;
        let calendar = service.open_days(&tx, &tenant, self.now()).await?;
        Ok(!calendar.is_working_day(calendar.local_date(self.now())))
    }

    async fn still_goes(
        &self,
        id: ComplaintId,
        letter: &LetterRecord,
        key: &LetterKey,
    ) -> Result<bool, Attempt> {
        let (tx, inside) = self.acting().await?;
        tx.lock_complaint(id).await?;
        let loaded = inside.loaded(&tx, id).await?;
        let tenant = inside.tenant().await?;
        let telling = Telling::of(&loaded, &tenant);
        let mut put_off = None;
        if key.waits_for_an_open_day() && !is_paper(letter) {
            let anew = inside.anew(&tx, &telling, &loaded.entries, letter, key);
            let anew = anew.await?.letters.pop();
            put_off = anew.filter(|draft| is_put_off(telling.facts, draft));
        }
        let goes = if let Some(draft) = put_off {
            tx.put_off_letter(letter.draft.id, draft.due_at).await?;
            false
        } else if inside.is_overtaken(&tx, &loaded, letter, key).await? {
            false
        } else {
            inside.is_theirs_still(&tx, &loaded, letter, key).await?
        };
        commit(tx).await?;
        Ok(goes)
    }

    /// Letters on paper about complaints wait until somebody records that they went: those that are
    /// [overtaken](Self::is_overtaken) meanwhile are withdrawn now.
    pub(crate) async fn look_through_paper(
        &self,
        about: &[ComplaintId],
    ) -> Result<(), ServiceError> {
        let tenant = self.tenant().await?;
        let tx = self.service().store().tenant(tenant.id).read().await?;
        let letters = tx.letters_of(about).await?;
        drop(tx);
        let waits = |one: &&LetterRecord| one.status == LetterStatus::Pending && is_paper(one);
        for letter in letters.iter().filter(waits) {
            let key = key_of(letter).filter(|key| key.kind.can_tell_of_another());
            if let Some((id, key)) = letter.draft.complaint_id.zip(key) {
                until_first(|| self.still_goes(id, letter, &key)).await?;
            }
        }
        Ok(())
    }

    /// Whether a letter that has not gone out tells of another complaint, and would tell its reader of that something else by now, or
    /// nothing. Then it goes to nobody: what its reader hears now, or who sees to it in their stead, is another letter. So whatever a
    /// carrier has had already never comes again in other words.
    pub(super) async fn is_overtaken(
        &self,
        tx: &WriteTx,
        loaded: &Loaded,
        letter: &LetterRecord,
        key: &LetterKey,
    ) -> Result<bool, Attempt> {
        let tenant = self.tenant().await?;
        let (telling, entries) = (Telling::of(loaded, &tenant), &loaded.entries);
        if told_of(entries, key).is_empty() {
            return Ok(false);
        }
        let mut told = self.anew(tx, &telling, entries, letter, key).await?;
        let was = (&letter.draft.text, &letter.draft.html);
        if told.letters.iter().any(|one| (&one.text, &one.html) == was) {
            return Ok(false);
        }
        if told.letters.is_empty() {
            let instead = told_instead(&telling, entries, key);
            let read = Read::of(tx, &telling, instead.iter().map(|one| one.key)).await?;
            let desk = Desk::of(self, &telling, &read);
            for one in &instead {
                for reader in desk.readers(one) {
                    desk.write(one, &reader, &mut told)?;
                }
            }
        }
        let why = "what it tells of is not for its reader, or not so any more";
        tx.replace_letter(letter, why, told.letters).await?;
        Ok(true)
    }

    /// A letter as it would be written now, to the one reader whose it is, with a new way in; none where it has nothing to say any
    /// more, or nobody to say it to.
    pub(super) async fn anew(
        &self,
        tx: &WriteTx,
        telling: &Telling<'_>,
        entries: &[Recorded],
        letter: &LetterRecord,
        key: &LetterKey,
    ) -> Result<Told, Attempt> {
        let mut told = Told::default();
        let Some(one) = rewritten(telling.policy, telling.facts, entries, key) else {
            return Ok(told);
        };
        let read = Read::of(tx, telling, std::iter::once(*key)).await?;
        let desk = Desk::of(self, telling, &read);
        let readers = desk.readers(&one).into_iter();
        for reader in readers.filter(|reader| reader.key == letter.draft.letter_key) {
            desk.write(&one, &reader, &mut told)?;
        }
        Ok(told)
    }
}

/// Whether what was written this moment waits because the organisation is closed today.
fn is_put_off(facts: &Facts, draft: &OutboxDraft) -> bool {
    let today = facts.calendar.local_date(draft.created_at);
    draft.due_at > draft.created_at && !facts.calendar.is_working_day(today)
}

/// What others hear of the event that a letter told of, whose reader may not know of it.
fn told_instead(telling: &Telling<'_>, entries: &[Recorded], key: &LetterKey) -> Vec<Letter> {
    let Ok(index) = usize::try_from(key.event) else {
        return Vec::new();
    };
    let until_then = entries.get(..=index).unwrap_or_default();
    let mut told = letters(telling.policy, telling.facts, until_then, index);
    told.retain(|one| one.key.kind == key.kind && one.key != *key);
    let still = |one: &Letter| rewritten(telling.policy, telling.facts, entries, &one.key);
    told.retain(|one| still(one).is_some());
    told
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
