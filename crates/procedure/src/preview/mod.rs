//! A policy tried out on a date of filing: the states along the way, and every deadline with its derivation.

mod deadline;
mod happening;
mod run;
mod step;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};

pub use crate::policy::play::{Act as HappeningKind, UnknownAct as UnknownHappening};
pub use deadline::PreviewedDeadline;
pub use happening::{Happening, HappeningFault};
pub use step::{PreviewRefusal, StepKind, TimelineStep};

use crate::{calendar::Calendar, policy::Policy};

/// What to try: a complaint that arrives, and what happens to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// When the complaint arrives.
    pub received_at: DateTime<Utc>,
    /// The day of the last session of its course; `None`: a complaint without a course.
    pub course_ended_on: Option<NaiveDate>,
    /// What happens, and when; put in the order of time, and otherwise kept as given.
    pub happenings: Vec<Happening>,
}

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
/// with its refusal; instants before 1900 or after 2999 are, as a whole.
///
/// The calendar gives the zone and the tenant's days; the policy its own switch for Good Friday.
pub fn preview(policy: &Policy, calendar: &Calendar, scenario: &Scenario) -> Timeline {
    let calendar = calendar
        .clone()
        .with_good_friday_closed(policy.closed_on_good_friday);
    run::run(policy, calendar, scenario)
}
