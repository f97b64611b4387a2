//! A policy tried out, without storing anything.

mod json;

use async_graphql::SimpleObject;
use serde::Serialize;
use wederhoor_procedure::{Locale, preview};

use crate::{
    enums::{
        ComplaintOutcome, ComplaintState, DeadlineKind, DeadlineOwner, HappeningKind, instance_of,
    },
    scalar::{Date, Instant},
    user_error::{Article, UserErrorCode},
};

/// A policy tried out on a date of filing (*proef met een regeling*): the states along the way, and every deadline.
#[derive(SimpleObject, Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PolicyPreview {
    /// What happens and where it leaves the complaint, in the order of time.
    steps: Vec<PreviewStep>,
    /// Every deadline on the way, in the order in which they came to be.
    deadlines: Vec<PreviewDeadline>,
}

impl PolicyPreview {
    pub(crate) fn of(timeline: &preview::Timeline, locale: Locale) -> Self {
        Self {
            steps: timeline
                .steps
                .iter()
                .map(|step| PreviewStep::of(step, locale))
                .collect(),
            deadlines: timeline
                .deadlines
                .iter()
                .map(|deadline| PreviewDeadline::of(deadline, locale))
                .collect(),
        }
    }
}

/// Something that happens in a preview, and where it leaves the complaint (*stap*).
#[derive(SimpleObject, Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewStep {
    /// When.
    at: Instant,
    /// What the scenario asked for; `null` for the filing itself, and for what the passing of time does.
    happening: Option<HappeningKind>,
    /// Whether the passing of time did it.
    is_by_clock: bool,
    /// What happened, in the language of the request.
    text: String,
    /// Where the complaint stands after it; `null` when it was not even filed.
    state: Option<ComplaintState>,
    /// The instance it is at, from 1.
    instance: u32,
    /// How it ended, if it did.
    outcome: Option<ComplaintOutcome>,
    /// Why it did not happen; `null` when it did.
    refusal: Option<PreviewRefusal>,
}

impl PreviewStep {
    fn of(step: &preview::TimelineStep, locale: Locale) -> Self {
        let happening = match step.kind {
            preview::StepKind::Happening(kind) => Some(kind.into()),
            preview::StepKind::Filed | preview::StepKind::Time => None,
        };
        Self {
            at: Instant(step.at),
            happening,
            is_by_clock: step.kind == preview::StepKind::Time,
            text: step.what.in_locale(locale).to_owned(),
            state: step.state.map(Into::into),
            instance: u32::from(step.instance) + 1,
            outcome: step.outcome.map(Into::into),
            refusal: step
                .refusal
                .as_ref()
                .map(|refusal| PreviewRefusal::of(refusal, locale)),
        }
    }
}

/// Why something did not happen in a preview (*weigering*).
#[derive(SimpleObject, Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewRefusal {
    /// A stable code, for programs.
    code: UserErrorCode,
    /// What is wrong and how to mend it, in the language of the request.
    message: String,
    /// The article that says so; `null` for a house rule, and for what goes by itself.
    article: Option<String>,
}

impl PreviewRefusal {
    fn of(refusal: &preview::PreviewRefusal, locale: Locale) -> Self {
        Self {
            code: refusal.code.into(),
            message: refusal.message.in_locale(locale).to_owned(),
            article: refusal.article.clone(),
        }
    }
}

/// A deadline in a preview (*termijn*).
#[derive(SimpleObject, Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewDeadline {
    /// What is due; `null` for the last day on which the complaint could be filed.
    kind: Option<DeadlineKind>,
    /// The instance it belongs to, from 1; `null` for what concerns the whole complaint.
    instance: Option<u32>,
    /// What it is for, in the language of the request.
    name: String,
    /// Whose term it is.
    owner: DeadlineOwner,
    /// The day of the event that it counts from, which does not count.
    started_on: Date,
    /// The last day.
    due_on: Date,
    /// The first instant that is too late.
    due_at: Instant,
    /// How the last day came about, as a sentence in the language of the request.
    derivation: String,
    /// Where it is written.
    article: Article,
    /// When it was met.
    met_at: Option<Instant>,
    /// Whether it still counts at the end of the preview.
    is_open: bool,
}

impl PreviewDeadline {
    fn of(deadline: &preview::PreviewedDeadline, locale: Locale) -> Self {
        Self {
            kind: deadline.kind.map(Into::into),
            instance: deadline.kind.and_then(instance_of),
            name: deadline.name.in_locale(locale).to_owned(),
            owner: deadline.owner.into(),
            started_on: Date(deadline.starts_on),
            due_on: Date(deadline.last_day),
            due_at: Instant(deadline.ends_at),
            derivation: deadline.derivation.in_locale(locale).to_owned(),
            article: Article {
                citation: deadline.cited.in_locale(locale).to_owned(),
                text: deadline.rule.in_locale(locale).to_owned(),
                is_house_rule: deadline.article.is_none(),
            },
            met_at: deadline.met_at.map(Instant),
            is_open: deadline.is_open,
        }
    }
}
