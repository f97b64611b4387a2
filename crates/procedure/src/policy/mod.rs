//! The regulation as data: what an organisation promised, rule by rule, each with its article.

mod basis;
pub mod check;
pub mod diagram;
mod instance;
mod intake;
mod parse;
pub(crate) mod play;
mod raw;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use basis::{Basis, Citation, TermRule};
pub use instance::{
    Appointment, AppointmentBy, DeciderKind, DecisionEffect, ExitGround, Extension, HearingRule,
    Instance, Lapse, LateAppealRule, Resolution, Silence, SilenceMeans, Way,
};
pub use intake::{
    Acknowledgement, Channel, CourseRule, FilingWindow, Intake, IntakeField, WindowStart,
};
pub use parse::{ParseError, parse_json, parse_toml};

use crate::{calendar::Term, locale::Text};

/// A complaints regulation (*klachtenregeling*), from intake to destruction.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What people call the regulation.
    pub name: Text,
    /// Whether Good Friday is not a working day here; a switch, for the Atw does not name it.
    #[serde(default)]
    pub closed_on_good_friday: bool,
    /// How complaints come in.
    pub intake: Intake,
    /// The confirmation of receipt; `None` when the regulation promises none within a term.
    #[serde(default)]
    pub acknowledgement: Option<Acknowledgement>,
    /// Who may not decide, whatever the instance.
    pub conflicts: Vec<ConflictRule>,
    /// First instance first; at least one, at most four.
    pub instances: Vec<Instance>,
    /// What a complaint may be about; every complaint gets one of these at the latest when measures are answered.
    pub causes: Vec<Cause>,
    /// Whether measures against a repeat are asked at closing, and when the answer is chased.
    #[serde(default)]
    pub measures: Option<TermRule>,
    /// Whether the complainant is asked, once, how the handling was.
    #[serde(default)]
    pub satisfaction: Option<Basis>,
    /// How long the dossier is kept. Publishing without it is refused.
    #[serde(default)]
    pub retention: Option<Retention>,
    /// How often an alert is repeated while nobody acts.
    pub alerts: TermRule,
}

/// Why a person may not handle or decide a complaint.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConflictRule {
    /// Who is excluded.
    pub who: Conflicted,
    /// Where that is written.
    pub rule: Basis,
}

/// The relations to a complaint that can exclude a person from handling it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflicted {
    /// Any trainer of the complainant's course.
    CourseTrainer,
    /// Who organised the course.
    CourseOrganiser,
    /// Anyone the complaint names as respondent.
    NamedRespondent,
}

/// A cause that a complaint can be classified under.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Stable code, for statistics.
    pub code: String,
    /// What people read.
    pub name: Text,
}

/// How long the dossier is kept after final closure.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// From final closure, appeal included. Never rolls.
    pub term: Term,
    /// Where that is written.
    pub rule: Basis,
    /// Whether a person must confirm the destruction.
    #[serde(default)]
    pub destruction: Destruction,
}

impl Retention {
    /// Whether the dossier goes by itself when its term is over.
    pub fn is_destroyed_by_time(&self) -> bool {
        self.destruction == Destruction::Automatic
    }
}

/// Who destroys what is no longer to be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destruction {
    /// It is proposed to the administration, which confirms.
    #[default]
    Confirmed,
    /// It happens by itself when it is due.
    Automatic,
}

impl Policy {
    /// An instance by its index, from 0; `None` where the regulation has no such instance.
    pub fn instance(&self, index: u8) -> Option<&Instance> {
        self.instances.get(usize::from(index))
    }

    /// The instance a complaint goes to from `index`, if the regulation has one.
    pub fn next_instance(&self, index: usize) -> Option<&Instance> {
        self.instances.get(index + 1)
    }

    /// The conflict rule for one relation, if the policy excludes it.
    pub fn conflict(&self, who: Conflicted) -> Option<&ConflictRule> {
        self.conflicts.iter().find(|rule| rule.who == who)
    }

    /// Whether `code` is one of the causes.
    pub fn has_cause(&self, code: &str) -> bool {
        self.causes.iter().any(|cause| cause.code == code)
    }
}
