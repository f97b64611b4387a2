//! A step on a timeline.

use chrono::{DateTime, Utc};

use super::HappeningKind;
use crate::{
    complaint::{Complaint, Event, Outcome, State},
    locale::{Locale, Text},
    policy::play::{event_in_words, state_in_words},
    refusal::{Refusal, RefusalCode},
};

/// What happened, and where it left the complaint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineStep {
    /// When.
    pub at: DateTime<Utc>,
    /// What kind of step it is.
    pub kind: StepKind,
    /// What happened, as a short sentence without a full stop.
    pub what: Text,
    /// Where the complaint stands after it; `None` when it was not even filed.
    pub state: Option<State>,
    /// The same in words.
    pub state_name: Text,
    /// The instance it is at, from 0.
    pub instance: u8,
    /// How it ended, if it did.
    pub outcome: Option<Outcome>,
    /// Why it did not happen, if it was refused.
    pub refusal: Option<PreviewRefusal>,
}

/// What brought a step about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepKind {
    /// The complaint arrived.
    Filed,
    /// Something that the scenario asks for.
    Happening(HappeningKind),
    /// The passing of time.
    Time,
}

/// Why something did not happen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviewRefusal {
    /// The stable code.
    pub code: RefusalCode,
    /// What is wrong, and how to mend it.
    pub message: Text,
    /// The article that says so; `None` for a house rule, or where nothing needs to say so.
    pub article: Option<String>,
}

impl TimelineStep {
    pub(super) fn of(
        at: DateTime<Utc>,
        kind: StepKind,
        event: Option<&Event>,
        complaint: Option<&Complaint>,
    ) -> Self {
        let both = |nl: &str, en: &str| Text {
            nl: nl.to_owned(),
            en: en.to_owned(),
        };
        let what = match (kind, event) {
            (StepKind::Happening(act), _) => {
                both(act.in_words(Locale::Nl), act.in_words(Locale::En))
            }
            (StepKind::Time, Some(event)) => event_in_words(event),
            _ => both("de klacht komt binnen", "the complaint comes in"),
        };
        let state = complaint.map(Complaint::state);
        let name = |locale| state.map_or("", |state| state_in_words(state, locale));
        Self {
            at,
            kind,
            what,
            state,
            state_name: both(name(Locale::Nl), name(Locale::En)),
            instance: complaint.map_or(0, |complaint| complaint.round().instance),
            outcome: complaint
                .and_then(|complaint| complaint.closure)
                .map(|closure| closure.outcome),
            refusal: None,
        }
    }

    pub(super) fn refused(self, refusal: &Refusal) -> Self {
        let message = Text {
            nl: refusal.reason.in_words(Locale::Nl),
            en: refusal.reason.in_words(Locale::En),
        };
        let article = refusal.basis.as_ref().and_then(|basis| basis.article());
        Self {
            refusal: Some(PreviewRefusal {
                code: refusal.reason.code(),
                message,
                article: article.map(str::to_owned),
            }),
            ..self
        }
    }
}
