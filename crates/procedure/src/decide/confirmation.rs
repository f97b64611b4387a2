//! Receipt is confirmed by a letter: by e-mail when it is written, on paper once it is posted; by neither while it has come
//! back.

use chrono::{DateTime, Utc};

use super::context::Context;
use crate::{
    complaint::{Complaint, Event, LetterKey, LetterKind},
    policy::Policy,
};

/// The events that writing a letter of confirmation brings. `HandlerNamed` belongs right after the appointment that it tells of.
pub(super) fn written(complaint: &Complaint, letter: LetterKind) -> Vec<Event> {
    let mut events = vec![Event::ConfirmationWritten { letter }];
    events.extend(at_once(complaint));
    events
}

/// That such a letter confirms receipt as soon as it is written: by e-mail.
pub(super) fn at_once(complaint: &Complaint) -> Option<Event> {
    complaint.is_mailed().then_some(Event::Acknowledged)
}

/// Whether the regulation wants the handler's name in it, so that it waits for the first appointment.
pub(super) fn names_handler(policy: &Policy) -> bool {
    let rule = policy.acknowledgement.as_ref();
    rule.is_some_and(|rule| rule.names_handler)
}

/// Appointments at the first instance, with the confirmation that comes with the last of them.
pub(super) fn with_confirmation(
    context: &Context<'_>,
    letter: LetterKind,
    mut appointments: Vec<Event>,
) -> Vec<Event> {
    let complaint = context.complaint;
    let is_first = matches!(
        appointments.last(),
        Some(Event::Assigned { instance: 0, .. })
    );
    if is_first && names_handler(context.policy) && complaint.acknowledged_at.is_none() {
        appointments.extend(written(complaint, letter));
    }
    appointments
}

/// That receipt is confirmed by a letter on paper that went out at an instant, unless another did earlier.
pub(super) fn posted(complaint: &Complaint, letter: LetterKey, at: DateTime<Utc>) -> Option<Event> {
    let is_one = letter.confirms_receipt();
    let is_earliest = complaint.acknowledged_at.is_none_or(|first| at < first);
    (is_one && is_earliest).then_some(Event::Acknowledged)
}
