//! What is wrong with a policy, and the path that shows it.

use serde::Serialize;

use crate::{complaint::State, locale::Text};

/// Something wrong with a policy.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// Whether it keeps the policy from being published.
    pub severity: Severity,
    /// What is wrong.
    pub code: FindingCode,
    /// Where in the policy, as `instances[0].way`; list items count from 0.
    pub place: String,
    /// What is wrong, and what to write instead.
    pub message: Text,
    /// The shortest path that shows it; empty where the fault shows without one.
    pub path: Vec<Step>,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// The policy cannot be published.
    Error,
    /// The policy can be published, if this is meant.
    Warning,
}

/// A step on a path, and where it leaves the complaint.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// What happened.
    pub what: Text,
    /// Where the complaint stands after it.
    pub state: State,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal $severity:ident,)*) => {
        /// What can be wrong with a policy.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum FindingCode { $($(#[$doc])* $name,)* }

        impl FindingCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As clients see it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// There is no instance.
    NoInstance = "NO_INSTANCE" Error,
    /// There are more instances than four.
    TooManyInstances = "TOO_MANY_INSTANCES" Error,
    /// There is no retention term.
    NoRetention = "NO_RETENTION" Error,
    /// There is no channel on which a complaint could come in.
    NoChannel = "NO_CHANNEL" Error,
    /// A channel stands open on which every complaint would be refused.
    ChannelNeverAccepts = "CHANNEL_NEVER_ACCEPTS" Error,
    /// There is no cause to classify complaints under.
    NoCause = "NO_CAUSE" Error,
    /// Something is listed twice.
    Duplicate = "DUPLICATE" Error,
    /// A code is empty, or not written as codes are.
    MalformedCode = "MALFORMED_CODE" Error,
    /// A text is empty.
    EmptyText = "EMPTY_TEXT" Error,
    /// The last instance has a way to a next one.
    WayOnLastInstance = "WAY_ON_LAST_INSTANCE" Error,
    /// A lapse opens a way that is not there.
    LapseOpensNoWay = "LAPSE_OPENS_NO_WAY" Error,
    /// Two places say different things about what a lapse does.
    LapseContradicted = "LAPSE_CONTRADICTED" Error,
    /// Two terms contradict each other.
    ContradictoryTerms = "CONTRADICTORY_TERMS" Error,
    /// A reminder would come before its term begins.
    ReminderTooEarly = "REMINDER_TOO_EARLY" Error,
    /// No path leads to an instance.
    InstanceUnreached = "INSTANCE_UNREACHED" Error,
    /// Nobody is left who may decide at an instance.
    NobodyDecides = "NOBODY_DECIDES" Error,
    /// Nothing that anybody may do brings the complaint to an end.
    Stranded = "STRANDED" Error,
    /// While nobody acts the complaint stays open, and nobody is told.
    SilentForEver = "SILENT_FOR_EVER" Error,
    /// A ground is listed that cannot occur at its instance.
    GroundNeverOccurs = "GROUND_NEVER_OCCURS" Warning,
    /// A lapse changes nothing for the complainant.
    LapseWithoutRemedy = "LAPSE_WITHOUT_REMEDY" Warning,
    /// After a lapse the complaint closes by itself.
    LapseCloses = "LAPSE_CLOSES" Warning,
    /// Nobody is kept from handling a complaint about themselves.
    NoConflict = "NO_CONFLICT" Warning,
    /// Nobody can appeal against inadmissibility.
    InadmissibleWithoutAppeal = "INADMISSIBLE_WITHOUT_APPEAL" Warning,
    /// People of one kind decide at two instances.
    SameDeciderTwice = "SAME_DECIDER_TWICE" Warning,
    /// Somebody must be ready to sign for the organisation.
    RepresentativeNeeded = "REPRESENTATIVE_NEEDED" Warning,
    /// Alerts come rarely.
    AlertsRare = "ALERTS_RARE" Warning,
    /// Retention is shorter than a term of the procedure.
    RetentionShort = "RETENTION_SHORT" Warning,
    /// There are more paths than were searched.
    SearchCapped = "SEARCH_CAPPED" Warning,
}

/// Findings as they are made.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// A finding that shows without a path.
    pub(super) fn add(&mut self, code: FindingCode, place: impl Into<String>, nl: &str, en: &str) {
        self.show(code, place, nl, en, Vec::new());
    }

    /// A finding with the path that shows it.
    pub(super) fn show(
        &mut self,
        code: FindingCode,
        place: impl Into<String>,
        nl: &str,
        en: &str,
        path: Vec<Step>,
    ) {
        self.0.push(Finding {
            severity: code.severity(),
            code,
            place: place.into(),
            message: Text {
                nl: nl.to_owned(),
                en: en.to_owned(),
            },
            path,
        });
    }

    /// Errors first, and otherwise as they were made.
    pub(super) fn in_order(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.severity);
        self.0
    }
}
