//! Letters that came back or go out again, and what parties did, for whoever handles it.

use super::{
    Told,
    content::Content,
    measures::of_administration,
    moment::{Moment, to_all},
    parts::WithoutEffect,
    returned::{Rested, Retry},
};
use crate::{
    actor::By,
    command::CommandKind,
    complaint::{Complaint, Event, Hearing, LetterKey, LetterKind, Party, Recipient, Recorded},
    deadline::DeadlineKind,
    decide::{can_be_appealed, can_come_late, has_said_otherwise_since},
    ids::MemberId,
    view::is_letter_kept_from,
};

pub(super) fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::LetterReturned { letter, .. } => {
            let content = Content::Undelivered {
                letter: *letter,
                rested: rested(moment.then, letter),
                retry: retry(moment, letter),
            };
            to_all(who_finds_another_address(moment, letter), &content)
        }
        Event::AddressRecorded { party, .. } => {
            vec![(Recipient::Party(*party), Content::AddressRecorded)]
        }
        Event::LetterRedirected { letter } | Event::LetterReprinted { letter } => {
            again(moment, letter)
        }
        Event::LetterSentAgain { letter, .. } if !was_reprinted(moment, letter) => {
            again(moment, letter)
        }
        _ => Vec::new(),
    }
}

/// The administration; of a letter that tells of another complaint those of it who may know of that.
fn who_finds_another_address(moment: &Moment<'_>, letter: &LetterKey) -> Vec<Recipient> {
    if letter.kind != LetterKind::Recurrence {
        return vec![Recipient::Administration];
    }
    let (repeats, dossier) = (&moment.facts.repeats, moment.dossier);
    let may_know = |id: &MemberId| !is_letter_kept_from(repeats, Some(*id), dossier, letter);
    let all = of_administration(moment).filter(may_know);
    all.map(Recipient::Member).collect()
}

/// Whether a letter that came back goes again by itself.
fn retry(moment: &Moment<'_>, letter: &LetterKey) -> Retry {
    let (then, after) = (moment.then, moment.after);
    let owed = then.deliveries.get(letter);
    let owed = owed.filter(|one| one.sent_again_at.is_none() && one.reprint.is_none());
    let owed = owed.filter(|_| after.letter_is_owed(letter));
    let is_elsewhere = owed.and_then(|one| then.goes_elsewhere(one)).is_some()
        || then.lost_goes_elsewhere(letter).is_some();
    match (letter.to, owed) {
        (Recipient::Party(party), _) if is_elsewhere => {
            if then.reach(party).best().is_paper() {
                Retry::ElsewhereOnPaper
            } else {
                Retry::ElsewhereByMail
            }
        }
        (_, Some(one)) if one.is_paper() => Retry::OnPaper,
        (_, Some(_)) => Retry::ByMail,
        (_, None) => Retry::Never,
    }
}

/// What rests on a letter that the complaint follows. Who has said yes or no to a text has had it.
fn rested(complaint: &Complaint, letter: &LetterKey) -> Option<Rested> {
    let delivery = complaint.deliveries.get(letter)?;
    match letter.kind {
        _ if letter.confirms_receipt() => Some(Rested::Confirmation),
        LetterKind::Decision => Some(Rested::Knowledge),
        LetterKind::SolutionForSignOff => {
            let waits = complaint.is_open() && delivery.answered_at.is_none();
            waits.then_some(Rested::Proposal)
        }
        LetterKind::ReactionAnswer => Some(Rested::Answer),
        _ => Some(Rested::Terms),
    }
}

/// Whether the letter that goes out again was written before, and has now been posted.
fn was_reprinted(moment: &Moment<'_>, letter: &LetterKey) -> bool {
    let delivery = moment.before.deliveries.get(letter);
    delivery.is_some_and(|delivery| delivery.reprint.is_some())
}

/// The same letter once more, with the last day that it gives now.
pub(super) fn again(moment: &Moment<'_>, letter: &LetterKey) -> Told {
    let Some((event, recorded)) = first_told(moment, letter.event) else {
        return Vec::new();
    };
    let index = usize::try_from(event).unwrap_or(usize::MAX);
    // A dossier begins with its filing, before which there is nothing.
    let before = Complaint::fold(moment.dossier.iter().take(index.max(1)));
    let Some(before) = before else {
        return Vec::new();
    };
    let mut then = before.clone();
    if index > 0 {
        then.evolve(recorded);
    }
    let calendar = &moment.facts.calendar;
    let original = Moment {
        seq: event,
        recorded,
        before: &before,
        then: &then,
        again_on: Some(calendar.local_date(moment.recorded.registered_at)),
        ..*moment
    };
    let mut told = super::told(&original);
    told.retain(|(to, content)| *to == letter.to && content.kind() == letter.kind);
    told
}

/// What a letter told of at first, where an event only sent a copy of it.
fn first_told<'a>(moment: &Moment<'a>, event: u32) -> Option<(u32, &'a Recorded)> {
    let recorded = moment.dossier.get(usize::try_from(event).ok()?)?;
    match recorded.event {
        // What it sent was written before it.
        Event::LetterRedirected { letter }
        | Event::LetterReprinted { letter }
        | Event::LetterSentAgain { letter, .. }
            if letter.event < event =>
        {
            first_told(moment, letter.event)
        }
        _ => Some((event, recorded)),
    }
}

/// That a party did something, to whoever decides, unless the letter of the closing tells it; an act without
/// effect is told to all.
pub(super) fn acted(moment: &Moment<'_>) -> Told {
    if let Event::ActWithoutEffect { party, act, .. } = moment.recorded.event {
        let mut readers = moment.parties();
        readers.extend(moment.staff());
        // Who decides on a late appeal may find in it that there was something before the end.
        let (_, bench) = moment.then.turn();
        readers.extend(moment.present(&bench.deciders));
        readers.sort_unstable();
        readers.dedup();
        let calendar = &moment.facts.calendar;
        let content = Content::ActWithoutEffect {
            party,
            arrived_on: calendar.local_date(moment.recorded.at),
            act,
            why: why_without_effect(moment, party, act),
        };
        return to_all(readers, &content);
    }
    let Some((party, act)) = act(moment) else {
        return Vec::new();
    };
    let closes = moment
        .later()
        .any(|event| matches!(event, Event::Closed { .. }));
    if closes && moment.after.closure.is_some() {
        return Vec::new();
    }
    let reaction = DeadlineKind::Reaction(moment.instance());
    let until = moment
        .open_dues(&[reaction])
        .pop()
        .filter(|_| act == CommandKind::ReactToResponse);
    let content = Content::PartyActed { party, act, until };
    to_all(moment.staff(), &content)
}

fn why_without_effect(moment: &Moment<'_>, party: Party, act: CommandKind) -> WithoutEffect {
    let (complaint, at) = (moment.before, moment.recorded.at);
    if has_said_otherwise_since(complaint, party, act, at) {
        WithoutEffect::LaterWord
    } else if answers_an_earlier_text(moment, act) {
        WithoutEffect::EarlierText
    } else {
        let early = too_early(moment).filter(|_| act == CommandKind::Appeal);
        early.unwrap_or(WithoutEffect::MovedOn)
    }
}

/// Whether an appeal came before there was anything to appeal against, and what can be done now.
fn too_early(moment: &Moment<'_>) -> Option<WithoutEffect> {
    let (policy, complaint) = (moment.policy, moment.before);
    let (at, now) = (moment.recorded.at, moment.recorded.registered_at);
    let is_early = complaint.round().opened_at <= at && !can_be_appealed(policy, complaint, at);
    let can_now = can_be_appealed(policy, complaint, now);
    match (complaint.is_open(), can_now) {
        _ if !is_early => None,
        (true, true) => Some(WithoutEffect::TooEarly),
        (true, false) => Some(WithoutEffect::StillTooEarly),
        (false, true) if can_come_late(complaint) && complaint.late_appeal.is_none() => {
            Some(WithoutEffect::TooEarlyAndClosed)
        }
        (false, _) => None,
    }
}

/// Whether an act that came in now had arrived before the text that waits for such an answer was there.
fn answers_an_earlier_text(moment: &Moment<'_>, act: CommandKind) -> bool {
    use CommandKind as C;
    let (complaint, round) = (moment.before, moment.before.round());
    let waits_since = match act {
        C::AcceptResponse | C::ObjectToResponse | C::ReactToResponse => {
            round.response.as_ref().map(|response| response.issued_at)
        }
        C::ConsentToExtension | C::RefuseExtension => {
            let asked = round.extended.asked_at;
            asked.filter(|_| round.extended.requested.is_some())
        }
        C::SignOffSolution | C::RejectSolution => {
            complaint.solution.as_ref().map(|text| text.proposed_at)
        }
        _ => None,
    };
    complaint.is_open() && waits_since.is_some_and(|since| moment.recorded.at < since)
}

fn act(moment: &Moment<'_>) -> Option<(Party, CommandKind)> {
    use CommandKind as C;
    let complainant = |act| Some((Party::Complainant, act));
    match &moment.recorded.event {
        Event::StatementAdded { party, .. } => Some((*party, C::AddStatement)),
        Event::Heard {
            party,
            hearing: Hearing::Waived,
            ..
        } => Some((*party, C::WaiveHearing)),
        Event::SolutionSigned { party, .. } => Some((*party, C::SignOffSolution)),
        Event::SolutionRejected { party, .. } => Some((*party, C::RejectSolution)),
        Event::ResponseAccepted => complainant(C::AcceptResponse),
        Event::ResponseObjected { .. } => complainant(C::ObjectToResponse),
        Event::ResponseReacted { .. } => complainant(C::ReactToResponse),
        Event::ExtensionConsented => complainant(C::ConsentToExtension),
        Event::ExtensionRefused => complainant(C::RefuseExtension),
        Event::Withdrawn { .. } => complainant(C::WithdrawComplaint),
        Event::NoAgreementDeclared { party, .. } => Some((
            (*party).or_else(|| declarer(moment))?,
            C::DeclareNoAgreement,
        )),
        _ => None,
    }
}

/// The party who declared it, where the event does not say; `None` when the handler did.
fn declarer(moment: &Moment<'_>) -> Option<Party> {
    if let Some(Event::ActReceived { party, .. }) = moment.previous() {
        return Some(*party);
    }
    match moment.recorded.by {
        By::Party(party) => Some(party),
        By::Member(member) => moment.then.party_of(member),
        _ => None,
    }
}
