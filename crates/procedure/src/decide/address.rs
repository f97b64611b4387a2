//! Where a party can be reached: another address, found after letters came back or told by the party.

use super::context::{Context, Decided, require};
use crate::{
    complaint::{Address, Complaint, Event, Kept, Party},
    refusal::Reason,
};

pub(super) fn handle(context: &Context<'_>, party: Party, address: &Address) -> Decided {
    let known = match party {
        Party::Complainant => Some(&context.complaint.complainant.contact.address),
        Party::Respondent(no) => {
            let told = context.complaint.respondents.get(&no);
            // Who is a member is reached by their account.
            let told = told.filter(|one| one.is_notified && one.member.is_none());
            told.map(|one| &one.contact.address)
        }
        Party::Representative => None,
    };
    let known = known.ok_or_else(|| Reason::UnknownParty.bare())?;
    require(*address != Address::Unknown, Reason::AddressRequired)?;
    let kept = Kept {
        mailbox: known.is_mailbox_of(address),
        postal: address.postal().is_some() && address.postal() == known.postal(),
    };
    let is_same = kept.mailbox == address.email().or(known.email()).is_some()
        && kept.postal == address.postal().or(known.postal()).is_some();
    require(!is_same, Reason::AlreadyDone)?;
    // Whoever reads the mail of another party would come in as that party.
    let others = others(context.complaint, party);
    let is_anothers = others.into_iter().any(|other| other.is_mailbox_of(address));
    require(!is_anothers, Reason::ConflictOfInterest)?;
    let address = address.clone();
    Ok(vec![Event::AddressRecorded {
        party,
        address,
        kept,
    }])
}

/// The addresses of the other parties.
fn others(complaint: &Complaint, party: Party) -> Vec<&Address> {
    let complainant = (Party::Complainant, &complaint.complainant.contact);
    let respondents = complaint.respondents.iter();
    let respondents = respondents.map(|(no, one)| (Party::Respondent(*no), &one.contact));
    let all = std::iter::once(complainant).chain(respondents);
    all.filter(|(other, _)| *other != party)
        .map(|(_, contact)| &contact.address)
        .collect()
}
