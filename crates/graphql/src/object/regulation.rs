//! A regulation, rule by rule.

mod instance;

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use wederhoor_procedure::{Locale, policy};

use self::instance::InstanceRule;
use super::{
    complaint::measure::Cause,
    term::{Term, TermRule},
};
use crate::{
    enums::{DestructionRule, IntakeChannel, IntakeField},
    error::locale,
    user_error::Article,
};

/// A regulation as data.
#[derive(Clone, Debug)]
pub(crate) struct Regulation(pub(crate) Arc<policy::Policy>);

/// A complaints regulation (*klachtenregeling*), rule by rule, each with the article it is written in.
#[Object]
impl Regulation {
    /// What people call it, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.name.in_locale(locale(ctx))
    }

    /// Whether Good Friday is not a working day.
    async fn is_closed_on_good_friday(&self) -> bool {
        self.0.closed_on_good_friday
    }

    /// How complaints come in.
    async fn intake(&self, ctx: &Context<'_>) -> IntakeRules {
        IntakeRules::of(&self.0.intake, locale(ctx))
    }

    /// The term in which receipt is confirmed; `null` when none is promised.
    async fn acknowledgement(&self) -> Option<TermRule> {
        self.0
            .acknowledgement
            .as_ref()
            .map(|rule| TermRule(rule.term.clone()))
    }

    /// Whether the confirmation of receipt must say who handles the complaint.
    async fn is_handler_named_at_acknowledgement(&self) -> bool {
        self.0
            .acknowledgement
            .as_ref()
            .is_some_and(|rule| rule.names_handler)
    }

    /// Who may not handle or decide a complaint (*belangenverstrengeling*).
    async fn conflicts(&self, ctx: &Context<'_>) -> Vec<ConflictRule> {
        self.0
            .conflicts
            .iter()
            .map(|rule| ConflictRule::of(rule, locale(ctx)))
            .collect()
    }

    /// Its instances (*instanties*), first first.
    async fn instances(&self) -> Vec<InstanceRule> {
        (0..self.0.instances.len())
            .map(|index| InstanceRule {
                policy: self.0.clone(),
                index,
            })
            .collect()
    }

    /// What a complaint may be about (*oorzaken*).
    async fn causes(&self, ctx: &Context<'_>) -> Vec<Cause> {
        self.0
            .causes
            .iter()
            .map(|cause| Cause::of(cause, locale(ctx)))
            .collect()
    }

    /// After how long the question about measures is chased (*maatregelen*); `null` when it is not asked.
    async fn measures(&self) -> Option<TermRule> {
        self.0.measures.clone().map(TermRule)
    }

    /// Where it is written that the complainant is asked how the handling was; `null` when that is not asked.
    async fn satisfaction(&self, ctx: &Context<'_>) -> Option<Article> {
        self.0
            .satisfaction
            .as_ref()
            .map(|basis| Article::of(basis, locale(ctx)))
    }

    /// How long a dossier is kept (*bewaartermijn*).
    async fn retention(&self, ctx: &Context<'_>) -> Option<RetentionRule> {
        self.0
            .retention
            .as_ref()
            .map(|retention| RetentionRule::of(retention, locale(ctx)))
    }

    /// How often an alert is repeated while nobody acts.
    async fn alerts(&self) -> TermRule {
        TermRule(self.0.alerts.clone())
    }
}

/// How complaints come in (*indienen*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct IntakeRules {
    /// The channels on which a complaint may come in.
    channels: Vec<IntakeChannel>,
    /// What a complaint must hold.
    required_fields: Vec<IntakeField>,
    /// Whether a complaint must be about a course.
    is_course_required: bool,
    /// Who may complain.
    standing: Article,
    /// That a complaint is in writing; `null` where it need not be.
    writing: Option<Article>,
    /// That whoever remains dissatisfied after an informal contact is invited to write; `null` where no rule says so.
    invitation: Option<Article>,
    /// How long after the end of the course a complaint may be filed; `null`: always.
    filing_window: Option<TermRule>,
    /// In which term it is decided whether a late complaint is treated; silence admits it.
    late_filing: Option<TermRule>,
    /// Where the way of filing is written.
    article: Article,
}

impl IntakeRules {
    fn of(intake: &policy::Intake, locale: Locale) -> Self {
        let window = intake.filing_window.as_ref();
        Self {
            channels: intake
                .channels
                .iter()
                .map(|channel| (*channel).into())
                .collect(),
            required_fields: intake
                .required
                .iter()
                .map(|field| (*field).into())
                .collect(),
            is_course_required: intake.course == policy::CourseRule::Required,
            standing: Article::of(&intake.standing, locale),
            writing: intake
                .written
                .as_ref()
                .map(|basis| Article::of(basis, locale)),
            invitation: intake
                .invitation
                .as_ref()
                .map(|basis| Article::of(basis, locale)),
            filing_window: window.map(|window| TermRule(window.window.clone())),
            late_filing: window.map(|window| TermRule(window.late.clone())),
            article: Article::of(&intake.rule, locale),
        }
    }
}

/// Who may not handle or decide a complaint (*onafhankelijkheid*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ConflictRule {
    /// Who is excluded.
    who: ConflictKind,
    /// Where that is written.
    article: Article,
}

impl ConflictRule {
    fn of(rule: &policy::ConflictRule, locale: Locale) -> Self {
        Self {
            who: rule.who.into(),
            article: Article::of(&rule.rule, locale),
        }
    }
}

/// The relations to a complaint that can exclude a person from handling it (*belangenverstrengeling*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::Conflicted")]
pub(crate) enum ConflictKind {
    /// Any trainer of the complainant's course (*trainer van de cursus*).
    CourseTrainer,
    /// Who organised the course (*organisator van de cursus*).
    CourseOrganiser,
    /// Anyone the complaint names as respondent (*beklaagde*).
    NamedRespondent,
}

/// How long a dossier is kept (*bewaartermijn*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct RetentionRule {
    /// From final closure, appeal included; it never rolls.
    term: Term,
    /// Who destroys it then.
    destruction: DestructionRule,
    /// Where that is written.
    article: Article,
}

impl RetentionRule {
    fn of(retention: &policy::Retention, locale: Locale) -> Self {
        Self {
            term: retention.term.into(),
            destruction: retention.destruction.into(),
            article: Article::of(&retention.rule, locale),
        }
    }
}
