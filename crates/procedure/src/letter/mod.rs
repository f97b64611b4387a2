//! Who must be told what, when something has happened: typed letters, without words.

mod content;
mod hour;
mod intake;
mod measures;
mod moment;
mod outcome;
mod parts;
mod post;
mod returned;
mod reversal;
mod staffing;
mod stated;
#[cfg(test)]
mod tests;
mod time;
mod way;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use content::Content;
use moment::Moment;
pub use parts::{
    AnnouncedSilence, DueDay, EndingSoon, MoreTime, NextStage, Release, Stage, Vacancy,
    WithoutEffect,
};
pub use returned::{Rested, Retry};
pub use reversal::{Untrue, Which, copies, made_untrue};
pub use stated::{stated_for_appeal, stated_for_reaction};

use crate::{
    actor::By,
    complaint::{Complaint, Event, LetterKey, LetterKind, Party, Place, Recipient, Recorded},
    facts::Facts,
    locale::{Locale, Text},
    policy::Policy,
};

/// A letter that is due, without its words.
#[derive(Clone, PartialEq, Debug)]
pub struct Letter {
    /// The event it tells of, its kind, and its reader; no two letters of a complaint share it.
    pub key: LetterKey,
    /// How it goes out.
    pub via: Via,
    /// The language a party asked for; `None`: the member's own.
    pub locale: Option<Locale>,
    /// What people call the regulation.
    pub regulation: Text,
    /// The local day on which the complaint arrived.
    pub received_on: NaiveDate,
    /// The local day on which the letter is written.
    pub written_on: NaiveDate,
    /// What it tells.
    pub content: Content,
}

/// How a letter goes out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Via {
    /// By e-mail.
    Mail,
    /// On paper: the administration prints it and records the posting.
    Print,
}

/// Who hears what of one event.
type Told = Vec<(Recipient, Content)>;

/// The letters that new events make due. `dossier` holds all events of the complaint, so that an event's
/// index is its sequence number; those from `first_new` on are new.
///
/// A text to sign, a response, a notice of the way and a decision come to the complainant under exactly the key by which
/// [`Complaint::deliveries`] tracks them. Nobody is told of their own act, nor of a step that the same new
/// events have already overtaken; of a destroyed complaint nobody hears anything.
pub fn letters(
    policy: &Policy,
    facts: &Facts,
    dossier: &[Recorded],
    first_new: usize,
) -> Vec<Letter> {
    let Some(after) = Complaint::fold(dossier).filter(|after| after.destroyed_at.is_none()) else {
        return Vec::new();
    };
    let mut keys = BTreeSet::new();
    let mut due = Vec::new();
    each_moment(policy, facts, dossier, first_new, &after, |moment| {
        for (to, content) in told(moment) {
            let key = LetterKey {
                event: moment.seq,
                kind: content.kind(),
                to,
            };
            if !is_own_act(moment.recorded.by, &key) && keys.insert(key) {
                due.push(letter(moment, key, content));
            }
        }
    });
    due
}

/// A letter that has not gone out, as it is written now, for where its reader is reached now; `None` where it has nothing to
/// say any more. It keeps its key.
pub fn rewritten(
    policy: &Policy,
    facts: &Facts,
    dossier: &[Recorded],
    key: &LetterKey,
) -> Option<Letter> {
    let after = Complaint::fold(dossier).filter(|after| after.destroyed_at.is_none())?;
    let mut found = None;
    let last = dossier.len().saturating_sub(1);
    each_moment(policy, facts, dossier, last, &after, |moment| {
        let content = post::again(moment, key).pop();
        found = content.map(|(_, content)| letter(moment, *key, content));
    });
    found
}

/// Walks over the new events, each with the complaint before and after it.
fn each_moment(
    policy: &Policy,
    facts: &Facts,
    dossier: &[Recorded],
    first_new: usize,
    after: &Complaint,
    mut visit: impl FnMut(&Moment<'_>),
) {
    let Some(mut then) = dossier.first().and_then(Complaint::open) else {
        return;
    };
    for (index, (seq, recorded)) in (0u32..).zip(dossier).enumerate() {
        let before = (index >= first_new).then(|| then.clone());
        if index > 0 {
            then.evolve(recorded);
        }
        if let Some(before) = &before {
            visit(&Moment {
                policy,
                facts,
                seq,
                recorded,
                dossier,
                first_new,
                before,
                then: &then,
                after,
                again_on: None,
            });
        }
    }
}

/// What one event makes people hear.
fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::Filed(_)
        | Event::LateComplaintAdmitted { .. }
        | Event::DeclaredInadmissible { .. }
        | Event::RespondentNotified { .. }
        | Event::RepresentativeNamed { .. }
        | Event::HearingInvited { .. } => intake::told(moment),
        Event::Assigned { .. }
        | Event::Recused { .. }
        | Event::ConflictFound { .. }
        | Event::DeciderReleased { .. } => staffing::told(moment),
        Event::SolutionProposed { .. }
        | Event::ResponseIssued { .. }
        | Event::ReactionAnswered { .. }
        | Event::DecisionIssued { .. }
        | Event::ExtensionAnnounced { .. }
        | Event::ExtensionRequested { .. }
        | Event::ExtensionConsented => outcome::told(moment),
        Event::MeasuresAnswered { .. }
        | Event::MeasureUpdated(_)
        | Event::RecurrenceFound { .. }
        | Event::MeasureFollowedUp { .. } => measures::told(moment),
        Event::WayOpened { .. }
        | Event::Appealed { .. }
        | Event::LateAppealAdmitted { .. }
        | Event::LateAppealRefused { .. }
        | Event::Closed { .. } => way::told(moment),
        Event::Withdrawn { .. } if moment.before.late_appeal.is_some() => way::told(moment),
        Event::TermLapsed { .. }
        | Event::Reminded { .. }
        | Event::Alerted { .. }
        | Event::ClockReversed { .. } => time::told(moment),
        Event::AddressRecorded { .. }
        | Event::LetterReturned { .. }
        | Event::LetterRedirected { .. }
        | Event::LetterReprinted { .. }
        | Event::LetterSentAgain { .. } => post::told(moment),
        _ => post::acted(moment),
    }
}

/// Whether the reader did it themself; the question about measures is asked all the same.
fn is_own_act(by: By, key: &LetterKey) -> bool {
    let is_actor =
        matches!((by, key.to), (By::Member(actor), Recipient::Member(to)) if actor == to);
    is_actor && !matches!(key.kind, LetterKind::MeasuresAsked)
}

fn letter(moment: &Moment<'_>, key: LetterKey, content: Content) -> Letter {
    let (via, locale) = match key.to {
        Recipient::Party(party) => reached(moment.after, party, &key),
        Recipient::Member(_) | Recipient::Administration => (Via::Mail, None),
    };
    let calendar = &moment.facts.calendar;
    Letter {
        key,
        via,
        locale,
        regulation: moment.policy.name.clone(),
        received_on: calendar.local_date(moment.after.received_at),
        written_on: calendar.local_date(moment.recorded.registered_at),
        content,
    }
}

/// How a party is reached by a letter, and in which language: as its delivery says, where that is followed.
fn reached(complaint: &Complaint, party: Party, key: &LetterKey) -> (Via, Option<Locale>) {
    let Some(contact) = complaint.contact(party) else {
        let is_known = party == Party::Representative;
        return (if is_known { Via::Mail } else { Via::Print }, None);
    };
    let has_login = match party {
        Party::Respondent(no) => {
            let one = complaint.respondents.get(&no);
            one.is_some_and(|one| one.member.is_some())
        }
        Party::Complainant | Party::Representative => false,
    };
    let followed = complaint.delivery(key).map(|(_, one)| one.to);
    let place = followed.unwrap_or_else(|| complaint.reach(party).best());
    let via = match place {
        Place::Mailbox(_) => Via::Mail,
        Place::Hand if has_login => Via::Mail,
        Place::Post(_) | Place::Hand | Place::Left => Via::Print,
    };
    (via, Some(contact.locale))
}
