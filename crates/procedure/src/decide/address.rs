//! Where a party can be reached: another address, found after letters came back or told by the party.

use super::context::{Context, Decided, require};
use crate::{
    complaint::{Address, Event, Kept, Party},
    refusal::Reason,
};

pub(super) fn handle(context: &Context<'_>, party: Party, address: &Address) -> Decided {
    let known = match party {
        Party::Complainant => Some(&context.complaint.complainant.contact.address),
        Party::Respondent(no) => {
            let told = context.complaint.respondents.get(&no);
            let told = told.filter(|one| one.is_notified);
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
    let address = address.clone();
    Ok(vec![Event::AddressRecorded {
        party,
        address,
        kept,
    }])
}
