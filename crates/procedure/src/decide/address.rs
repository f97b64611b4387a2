//! Where a party can be reached: another address, found after letters came back or told by the party.

use chrono::{DateTime, Utc};

use super::context::{Context, Decided, require};
use crate::{
    complaint::{Address, Complaint, Event, Kept, LetterKey, Party, Recipient},
    refusal::Reason,
};

pub(super) fn handle(context: &Context<'_>, party: Party, address: &Address) -> Decided {
    let complaint = context.complaint;
    let known = complaint
        .contact(party)
        .filter(|_| is_reached_there(complaint, party));
    let known = &known.ok_or_else(|| Reason::UnknownParty.bare())?.address;
    require(*address != Address::Unknown, Reason::AddressRequired)?;
    let kept = Kept {
        mailbox: known.is_mailbox_of(address),
        postal: address.postal().is_some() && address.postal() == known.postal(),
    };
    let is_same = kept.mailbox == address.email().or(known.email()).is_some()
        && kept.postal == address.postal().or(known.postal()).is_some();
    require(!is_same, Reason::AlreadyDone)?;
    // Whoever reads the mail of another party would come in as that party.
    let respondents = complaint.respondents.keys().copied();
    let others = std::iter::once(Party::Complainant).chain(respondents.map(Party::Respondent));
    let mut others = others.filter(|other| *other != party);
    let is_anothers = others.any(|other| {
        let contact = complaint.contact(other);
        contact.is_some_and(|contact| contact.address.is_mailbox_of(address))
    });
    require(!is_anothers, Reason::ConflictOfInterest)?;
    let address = address.clone();
    Ok(vec![Event::AddressRecorded {
        party,
        address,
        kept,
    }])
}

/// Whether a letter that came back goes on paper once somebody records a postal address of its reader.
pub fn goes_on_paper_once_addressed(
    complaint: &Complaint,
    letter: &LetterKey,
    now: DateTime<Utc>,
) -> bool {
    match letter.to {
        Recipient::Party(party @ (Party::Complainant | Party::Respondent(_))) => {
            is_reached_there(complaint, party) && complaint.would_go_elsewhere(letter, now)
        }
        _ => false,
    }
}

/// Whether letters go to the address of a party: not of a respondent whom nobody has told, or who is a member and is reached
/// by their account.
fn is_reached_there(complaint: &Complaint, party: Party) -> bool {
    match party {
        Party::Respondent(no) => {
            let one = complaint.respondents.get(&no);
            one.is_some_and(|one| one.is_notified && one.member.is_none())
        }
        Party::Complainant | Party::Representative => true,
    }
}
