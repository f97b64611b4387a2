//! Informal contacts: dissatisfaction that was not put in writing. No clock runs, and no complaint is there.

use chrono::NaiveDate;

use crate::{
    calendar::Calendar,
    policy::Policy,
    refusal::{Reason, Refusal},
};

/// A contact with somebody who is dissatisfied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InformalContact {
    /// The day.
    pub on: NaiveDate,
    /// Whether the person was invited to put it in writing.
    pub is_invited: bool,
    /// Whether nobody is left dissatisfied.
    pub is_settled: bool,
}

/// Everything that stands against recording a contact today. `then` is the regulation that was in force on its day, and
/// `now` that of today: it has not come yet, or nothing of so long ago is kept; or whoever remains dissatisfied was not
/// invited to write.
pub fn all_against_contact(
    contact: &InformalContact,
    calendar: &Calendar,
    (then, now): (Option<&Policy>, Option<&Policy>),
    today: NaiveDate,
) -> Vec<Refusal> {
    let mut against = Vec::new();
    if contact.on > today {
        against.push(Reason::ImpossibleTime.bare());
    }
    let retention = now.and_then(|policy| policy.retention.as_ref());
    if let Some(retention) = retention
        && calendar.derive(retention.term, contact.on, false).last_day < today
    {
        against.push(Reason::TooLongAgo.by(&retention.rule));
    }
    let invitation = then.and_then(|policy| policy.intake.invitation.as_ref());
    if let Some(rule) = invitation.filter(|_| !contact.is_invited && !contact.is_settled) {
        against.push(Reason::InvitationRequired.by(rule));
    }
    against
}

#[cfg(test)]
mod tests;
