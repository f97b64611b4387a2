//! What a handler records: contact, respondents, and who speaks for the organisation.

use super::{
    appointment,
    context::{Context, Decided, require},
};
use crate::{
    actor::Role,
    command::Command,
    complaint::{Address, Contact, Event, Party},
    ids::MemberId,
    refusal::{Reason, Refusal},
};

pub(super) fn may_name_representative(context: &Context<'_>) -> Result<(), Refusal> {
    context.require_open()?;
    require(context.complaint.respondents.is_empty(), Reason::WrongState)
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::RecordContact {
            party,
            how,
            reached,
            note,
        } => {
            let sides = context.complaint.sides();
            require(sides.contains(party), Reason::UnknownParty)?;
            let (party, how, note) = (*party, *how, note.clone());
            let is_contact = *reached && how.is_personal();
            Ok(vec![if is_contact {
                Event::ContactMade { party, how, note }
            } else {
                Event::ContactAttempted { party, how, note }
            }])
        }
        Command::NameRepresentative { member } => {
            require(
                context.facts.members.contains_key(member),
                Reason::UnknownMember,
            )?;
            let (facts, complaint) = (context.facts, context.complaint);
            require(
                complaint.representative != Some(*member),
                Reason::AlreadyDone,
            )?;
            context.require_no_conflict(*member)?;
            let is_free = !context.round().bench.deciders.contains(member)
                && complaint
                    .party_of(*member)
                    .is_none_or(|party| party == Party::Representative);
            require(is_free, Reason::ConflictOfInterest)?;
            // The administration may speak for the organisation itself.
            let on = facts.calendar.local_date(context.now);
            let speaks = [Role::Representative, Role::Administrator];
            let may_speak = speaks.iter().any(|role| facts.holds(*member, *role, on));
            require(may_speak, Reason::NotEligible)?;
            Ok(vec![Event::RepresentativeNamed { member: *member }])
        }
        Command::NameRespondent {
            no,
            member,
            contact,
        } => name_respondent(context, *no, *member, contact.as_ref()),
        _ => Err(Reason::WrongState.bare()),
    }
}

/// A decider who turns out to be the respondent is off the case in the same breath.
fn name_respondent(
    context: &Context<'_>,
    no: Option<u8>,
    member: Option<MemberId>,
    contact: Option<&Contact>,
) -> Decided {
    let known = &context.complaint.respondents;
    require(
        member.is_none_or(|member| context.facts.members.contains_key(&member)),
        Reason::UnknownMember,
    )?;
    let complainant = &context.complaint.complainant;
    let is_complainant = (member.is_some() && complainant.member == member)
        || contact
            .is_some_and(|contact| contact.address.is_mailbox_of(&complainant.contact.address));
    require(!is_complainant, Reason::ConflictOfInterest)?;
    let (no, contact, member) = if let Some(no) = no {
        let named = known.get(&no).ok_or_else(|| Reason::UnknownParty.bare())?;
        require(!named.is_notified, Reason::AlreadyDone)?;
        (
            no,
            contact.cloned().unwrap_or_else(|| named.contact.clone()),
            member.or(named.member),
        )
    } else {
        let contact = contact
            .cloned()
            .ok_or_else(|| Reason::AddressRequired.bare())?;
        let last = known.keys().max().copied().unwrap_or(0);
        let no = last
            .checked_add(1)
            .ok_or_else(|| Reason::WrongState.bare())?;
        (no, contact, member)
    };
    let is_reachable = member.is_some() || !matches!(contact.address, Address::Unknown);
    require(is_reachable, Reason::AddressRequired)?;
    let notified = Event::RespondentNotified {
        no,
        member,
        contact,
    };
    Ok(appointment::reviewed_after(context, notified))
}
