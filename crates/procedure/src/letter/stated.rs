//! The last day that a letter gives for something: a second attempt may give a later one than the first.

use chrono::NaiveDate;

use crate::{
    calendar::Calendar,
    complaint::{Complaint, Delivery, LetterKey, Round},
    policy::{Policy, Resolution, TermRule},
};

/// The last day for a reaction to the response, as its latest letter gives it; `None` where it announced nothing.
pub fn stated_for_reaction(
    policy: &Policy,
    calendar: &Calendar,
    complaint: &Complaint,
    round: &Round,
) -> Option<NaiveDate> {
    let response = round.response.as_ref()?;
    let instance = policy.instance(round.instance);
    let rule = match instance.map(|instance| &instance.resolution) {
        Some(Resolution::Response { silence, .. }) => Some(&silence.window),
        _ => None,
    };
    let is_void = complaint.silence_void_since(calendar, round).is_some();
    let on = response.announced.filter(|_| !is_void)?;
    Some(latest(calendar, complaint, rule, &response.letter, on))
}

/// The last day for an appeal, as the latest letter of its notice gives it; `None` where the way is not open, or without end.
pub fn stated_for_appeal(
    policy: &Policy,
    calendar: &Calendar,
    complaint: &Complaint,
    round: &Round,
) -> Option<NaiveDate> {
    let open = round.way.as_ref()?;
    let is_void = complaint.way_void_since(calendar, round).is_some();
    let instance = policy.instance(round.instance);
    let way = instance.and_then(|instance| instance.way.as_ref());
    let rule = way.map(|way| &way.window);
    Some(latest(
        calendar,
        complaint,
        rule,
        &open.letter,
        open.announced.filter(|_| !is_void)?,
    ))
}

/// The last day of an event, or what the term gives from the day of its letter, when that is later.
pub(super) fn from(
    calendar: &Calendar,
    rule: &TermRule,
    written_on: NaiveDate,
    on: NaiveDate,
) -> NaiveDate {
    on.max(calendar.derive(rule.term, written_on, rule.rolls).last_day)
}

fn latest(
    calendar: &Calendar,
    complaint: &Complaint,
    rule: Option<&TermRule>,
    letter: &LetterKey,
    on: NaiveDate,
) -> NaiveDate {
    let (Some(rule), Some(delivery)) = (rule, complaint.deliveries.get(letter)) else {
        return on;
    };
    let Delivery {
        written_at,
        sent_again_at,
        reprint,
        ..
    } = *delivery;
    // On paper the second letter is written when it is printed, and posted later.
    let printed_again = reprint.map(|reprint| reprint.at);
    let written_at = printed_again.or(sent_again_at).unwrap_or(written_at);
    from(calendar, rule, calendar.local_date(written_at), on)
}
