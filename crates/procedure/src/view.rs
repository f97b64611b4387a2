//! What of a complaint each of those who see it may see: decided for every entry and every deadline, so that a new one
//! shows to nobody before somebody has decided on it.

use crate::{
    audience::Level,
    complaint::{Event, Measure, Party},
    deadline::DeadlineKind,
    ids::MemberId,
    policy::check::MOST_INSTANCES,
};

/// Whether somebody who sees so much of a complaint sees an entry of its dossier. What of it carries a note for officials
/// is theirs all the same.
pub fn shows(level: Level, event: &Event) -> bool {
    level > Level::Excluded && level >= least_for(event)
}

/// Whether an entry tells of another complaint of which this member may not know; then they do not see it at all.
pub fn is_kept_from(member: MemberId, event: &Event) -> bool {
    matches!(event, Event::RecurrenceFound { recurrence, .. } if recurrence.is_kept_from(member))
}

/// A measure as a member sees it: without the complaints of which they may not know.
pub fn measure(mut measure: Measure, member: MemberId) -> Measure {
    measure.recurrences.retain(|one| !one.is_kept_from(member));
    measure
}

/// Whether somebody who sees so much of a complaint sees a deadline of it.
pub fn shows_deadline(level: Level, kind: DeadlineKind) -> bool {
    level > Level::Excluded && (level == Level::Official || !is_internal(kind))
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
