//! A policy tried out on a date of filing: the states along the way, and every deadline with its derivation.

mod deadline;
mod happening;
mod run;
mod scenario;
mod step;
#[cfg(test)]
mod tests;

pub use crate::policy::play::{Act as HappeningKind, UnknownAct as UnknownHappening};
pub use deadline::PreviewedDeadline;
pub use happening::{Happening, HappeningFault};
pub use scenario::{Scenario, ScenarioFault, ScenarioPlace};
pub use step::{PreviewRefusal, StepKind, TimelineStep};

use crate::{calendar::Calendar, policy::Policy};

/// What would happen.
#[derive(Clone, PartialEq, Debug)]
pub struct Timeline {
    /// What happens and where it leaves the complaint, in the order of time.
    pub steps: Vec<TimelineStep>,
    /// Every deadline on the way, in the order in which they came to be; of each its latest stand.
    pub deadlines: Vec<PreviewedDeadline>,
}

/// Plays a scenario with synthetic people: one respondent, and one person of each role. The complainant's
/// e-mail address is known to be theirs, and letters are delivered when they are written, unless `delivered`
/// is what happens next. After the last happening nobody acts any more, and time runs on to the end of the
/// procedure, or until it only repeats alerts, of which the first is shown. What is refused is in the timeline,
/// with its refusal.
///
/// The calendar gives the zone and the tenant's days; the policy its own switch for Good Friday.
///
/// # Errors
/// When something in the scenario cannot be at the time that it says.
pub fn preview(
    policy: &Policy,
    calendar: &Calendar,
    scenario: &Scenario,
) -> Result<Timeline, ScenarioFault> {
    scenario.require_possible()?;
    let calendar = calendar
        .clone()
        .with_good_friday_closed(policy.closed_on_good_friday);
    Ok(run::run(policy, calendar, scenario))
}
