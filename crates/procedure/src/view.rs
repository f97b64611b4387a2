//! What of a complaint each of those who see it may see: decided for every entry and every deadline, so that a new one
//! shows to nobody before somebody has decided on it.

use chrono::{DateTime, Utc};

use crate::{
    audience::{Level, audience},
    complaint::{
        Complaint, Event, LetterKey, LetterKind, Measure, Party, Recipient, Recorded, Recurrence,
    },
    deadline::DeadlineKind,
    decide::authority::administration,
    facts::{Facts, Repeat, Repeats, repeat_of},
    ids::{ComplaintId, MeasureId, MemberId},
    policy::{Policy, check::MOST_INSTANCES},
};

/// Whether somebody who sees so much of a complaint sees an entry of its dossier. What of it carries a note for officials
/// is theirs all the same.
pub fn shows(level: Level, event: &Event) -> bool {
    level > Level::Excluded && level >= least_for(event)
}

/// Whether an entry tells of another complaint of which this member, or whoever is none, may not know; then they do not see it at
/// all: also its time would tell when that complaint came in.
pub fn is_kept_from(
    repeats: &Repeats,
    member: Option<MemberId>,
    dossier: &[Recorded],
    event: &Event,
) -> bool {
    told_by(dossier, event).is_some_and(|one| hides(repeats, member, one))
}

/// The entries of a dossier that a member, or whoever is none, is not [kept from](is_kept_from), each with its number among them
/// from 0: a gap would tell that there is another complaint.
pub fn numbered<'d>(
    repeats: &Repeats,
    member: Option<MemberId>,
    dossier: &'d [Recorded],
) -> impl Iterator<Item = (u32, &'d Recorded)> {
    let is_theirs = move |one: &&Recorded| !is_kept_from(repeats, member, dossier, &one.event);
    (0..).zip(dossier.iter().filter(is_theirs))
}

/// Whether a letter tells of another complaint of which this member, or whoever is none, may not know.
pub fn is_letter_kept_from(
    repeats: &Repeats,
    member: Option<MemberId>,
    dossier: &[Recorded],
    letter: &LetterKey,
) -> bool {
    let tells_how_many = letter.kind == LetterKind::MeasureEffect;
    told_of(dossier, letter).into_iter().any(|one| {
        // How many are destroyed by now the measure tells everybody.
        let is_counted = tells_how_many && !repeats.contains_key(&one.complaint);
        !is_counted && hides(repeats, member, one)
    })
}

/// The other complaints that a letter about this one may tell of.
pub fn told_of(dossier: &[Recorded], letter: &LetterKey) -> Vec<Recurrence> {
    let index = usize::try_from(letter.event).unwrap_or(usize::MAX);
    let found = |one: &Recorded, of: MeasureId| match one.event {
        Event::RecurrenceFound {
            measure,
            recurrence,
        } => Some(recurrence).filter(|_| measure == of),
        _ => None,
    };
    match dossier.get(index).map(|one| &one.event) {
        Some(Event::MeasureFollowedUp { measure, .. })
            if letter.kind == LetterKind::MeasureEffect =>
        {
            let before = dossier[..index].iter();
            before.filter_map(|one| found(one, *measure)).collect()
        }
        Some(event) => told_by(dossier, event).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The other complaint that an entry tells of, be it by naming the letter that did.
fn told_by(dossier: &[Recorded], event: &Event) -> Option<Recurrence> {
    let told = match event {
        Event::LetterSent { letter }
        | Event::LetterDelivered { letter }
        | Event::LetterReturned { letter, .. }
        | Event::LetterRedirected { letter }
        | Event::LetterReprinted { letter }
        | Event::LetterSentAgain { letter, .. }
            if letter.kind == LetterKind::Recurrence =>
        {
            &dossier.get(usize::try_from(letter.event).ok()?)?.event
        }
        event => event,
    };
    match told {
        Event::RecurrenceFound { recurrence, .. } => Some(*recurrence),
        _ => None,
    }
}

/// Once a complaint is not known any more nobody can say who was a party to it: then nobody is told of it.
fn hides(repeats: &Repeats, member: Option<MemberId>, recurrence: Recurrence) -> bool {
    let repeat = repeats.get(&recurrence.complaint);
    repeat.is_none_or(|repeat| member.is_some_and(|member| repeat.is_kept_from(member)))
}

/// Whether a letter that was written to a member in an office is for them still: they are in that office, and in no conflict by now.
/// That a complaint has left them is told to whoever it has left.
pub fn is_still_for(
    (policy, facts, complaint): (&Policy, &Facts, &Complaint),
    letter: &LetterKey,
    member: MemberId,
    now: DateTime<Utc>,
) -> bool {
    let today = facts.calendar.local_date(now);
    let level = || {
        audience(policy, facts, complaint, now)
            .get(&member)
            .copied()
    };
    match (letter.to, letter.kind) {
        (Recipient::Party(_), _) | (_, LetterKind::Released) => true,
        (Recipient::Administration, _) => {
            administration(policy, facts, complaint, today).contains(&member)
        }
        (Recipient::Member(_), LetterKind::Reminder | LetterKind::OverdueAlert) => {
            level() == Some(Level::Official)
        }
        (Recipient::Member(_), _) => {
            !facts.is_out(member, today) && level() != Some(Level::Excluded)
        }
    }
}

/// A measure as somebody sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct SeenMeasure {
    /// The measure.
    pub measure: Measure,
    /// The complaints that came after it, of those that they may know of.
    pub recurrences: Vec<(ComplaintId, Repeat)>,
    /// How many more came after it, of which the dossier is destroyed: all that anybody is told of those.
    pub forgotten: usize,
}

/// A measure as a member sees it, or whoever is none.
pub fn measure(
    repeats: &Repeats,
    complaint: &Complaint,
    measure: &Measure,
    member: Option<MemberId>,
) -> SeenMeasure {
    let links = measure.recurrences.iter();
    let is_destroyed = |one: &&Recurrence| !repeats.contains_key(&one.complaint);
    let forgotten = links.clone().filter(is_destroyed).count();
    let known = links.filter_map(|one| Some((one.complaint, repeat_of(repeats, complaint, *one)?)));
    let known = known.filter(|(_, one)| !member.is_some_and(|member| one.is_kept_from(member)));
    SeenMeasure {
        recurrences: known.map(|(id, repeat)| (id, repeat.clone())).collect(),
        measure: measure.clone(),
        forgotten,
    }
}

/// Whether somebody who sees so much of a complaint sees a deadline of it.
pub fn shows_deadline(level: Level, kind: DeadlineKind) -> bool {
    level > Level::Excluded && (level == Level::Official || !is_internal(kind))
}

/// Every deadline that is open for as long as nobody handles or decides a complaint, or a late appeal in it.
pub fn appointments() -> impl Iterator<Item = DeadlineKind> {
    (0..MOST_INSTANCES).map(DeadlineKind::Appointment)
}

/// Every deadline that only officials see.
pub fn internal_deadlines() -> impl Iterator<Item = DeadlineKind> {
    let announcements = (0..MOST_INSTANCES).map(DeadlineKind::Announcement);
    [DeadlineKind::Measures, DeadlineKind::Posting]
        .into_iter()
        .chain(announcements)
}

/// Who sees the least of those who may see an entry.
const fn least_for(event: &Event) -> Level {
    match event {
        Event::Filed(_)
        | Event::Acknowledged
        | Event::Assigned { .. }
        | Event::ContactMade { .. }
        | Event::RespondentNotified { .. }
        | Event::RepresentativeNamed { .. }
        | Event::StatementAdded { .. }
        | Event::HearingInvited { .. }
        | Event::Heard { .. }
        | Event::LateComplaintAdmitted { .. }
        | Event::DeclaredInadmissible { .. }
        | Event::SolutionProposed { .. }
        | Event::SolutionSigned { .. }
        | Event::SolutionRejected { .. }
        | Event::ResponseIssued { .. }
        | Event::ResponseAccepted
        | Event::ResponseObjected { .. }
        | Event::ResponseReacted { .. }
        | Event::ReactionAnswered { .. }
        | Event::WayOpened { .. }
        | Event::NoAgreementDeclared { .. }
        | Event::TermLapsed { .. }
        | Event::Appealed { .. }
        | Event::LateAppealAdmitted { .. }
        | Event::LateAppealRefused { .. }
        | Event::ExtensionAnnounced { .. }
        | Event::ExtensionRequested { .. }
        | Event::ExtensionConsented
        | Event::ExtensionRefused
        | Event::DecisionIssued { .. }
        | Event::Withdrawn { .. }
        | Event::Closed { .. }
        | Event::ClockReversed { .. }
        | Event::LetterSent { .. }
        | Event::LetterDelivered { .. }
        | Event::Reminded { .. }
        | Event::ActWithoutEffect { .. }
        | Event::ActReceived { .. }
        | Event::Destroyed => Level::Respondent,
        // How the complainant is reached is nobody else's business.
        Event::AddressVerified
        | Event::ConfirmationWritten { .. }
        | Event::AddressRecorded {
            party: Party::Complainant,
            ..
        } => Level::Complainant,
        // As the deadline itself is.
        Event::DeadlineRederived { deadline, .. } => {
            if is_internal(*deadline) {
                Level::Official
            } else {
                Level::Respondent
            }
        }
        Event::ContactAttempted { .. }
        | Event::Recused { .. }
        | Event::ConflictFound { .. }
        | Event::DeciderReleased { .. }
        | Event::Classified { .. }
        | Event::MeasuresAnswered { .. }
        | Event::MeasureUpdated(_)
        | Event::RecurrenceFound { .. }
        | Event::MeasureFollowedUp { .. }
        | Event::HandlingRated { .. }
        | Event::Alerted { .. }
        | Event::HoldPlaced { .. }
        | Event::HoldLifted { .. }
        | Event::DestructionWithheld
        | Event::AddressRecorded { .. }
        | Event::LetterReturned { .. }
        | Event::LetterRedirected { .. }
        | Event::LetterReprinted { .. }
        | Event::LetterSentAgain { .. } => Level::Official,
    }
}

const fn is_internal(kind: DeadlineKind) -> bool {
    match kind {
        DeadlineKind::Measures | DeadlineKind::Posting | DeadlineKind::Announcement(_) => true,
        DeadlineKind::Acknowledgement
        | DeadlineKind::Appointment(_)
        | DeadlineKind::Contact(_)
        | DeadlineKind::LateComplaint
        | DeadlineKind::Resolution(_)
        | DeadlineKind::Silence(_)
        | DeadlineKind::Reaction(_)
        | DeadlineKind::Way(_)
        | DeadlineKind::LateAppeal(_)
        | DeadlineKind::Retention => false,
    }
}

#[cfg(test)]
mod tests;
