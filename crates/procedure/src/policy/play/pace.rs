//! A policy whose alerts and reminders hold nobody up.

use crate::{
    calendar::{Term, TermUnit},
    policy::{Policy, Resolution},
};

/// The same policy without reminders, and with alerts that come once in half a century: what the passing of
/// time does in law is the same, and soon played out. A second alert for one term stands for endless ones.
pub(crate) fn quiet(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    if let Ok(term) = Term::new(50, TermUnit::Year) {
        policy.alerts.term = term;
    }
    for instance in &mut policy.instances {
        if let Resolution::Response { silence, .. } = &mut instance.resolution {
            silence.reminder = None;
        }
        if let Some(way) = &mut instance.way {
            way.reminder = None;
        }
    }
    policy
}
