//! An instance of a regulation.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use wederhoor_procedure::{
    Locale,
    policy::{Instance, Policy, Resolution, Way},
};

use crate::{
    enums::{
        AppointmentBy, DeciderKind, DecisionEffect, ExitGround, ResolutionKind, SilenceMeaning,
    },
    error::locale,
    object::term::TermRule,
    user_error::Article,
};

/// An instance of a regulation.
#[derive(Clone, Debug)]
pub(crate) struct InstanceRule {
    pub(super) policy: Arc<Policy>,
    pub(super) index: usize,
}

impl InstanceRule {
    fn instance(&self) -> &Instance {
        &self.policy.instances[self.index]
    }
}

/// An instance of a regulation (*instantie*): who decides, in which term, and what silence and lapse mean.
#[Object]
impl InstanceRule {
    /// Its number, from 1.
    async fn number(&self) -> usize {
        self.index + 1
    }

    /// What people call it, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.instance().name.in_locale(locale(ctx))
    }

    /// Who decides here.
    async fn decider_kind(&self) -> DeciderKind {
        self.instance().decider.into()
    }

    /// Who appoints the decider.
    async fn appointment_by(&self) -> AppointmentBy {
        self.instance().appointment.by.into()
    }

    /// The term in which a decider is appointed; `null` when there is none.
    async fn appointment(&self) -> Option<TermRule> {
        self.instance().appointment.term.clone().map(TermRule)
    }

    /// The term in which the decider speaks with the complainant in person; `null` when there is none.
    async fn contact(&self) -> Option<TermRule> {
        self.instance().contact.clone().map(TermRule)
    }

    /// That both sides are heard (*hoor en wederhoor*); `null` where that is not asked.
    async fn hearing(&self, ctx: &Context<'_>) -> Option<Article> {
        self.instance()
            .hearing
            .as_ref()
            .map(|hearing| Article::of(&hearing.rule, locale(ctx)))
    }

    /// The outcome it works towards.
    async fn resolution(&self, ctx: &Context<'_>) -> ResolutionRule {
        ResolutionRule::of(&self.instance().resolution, locale(ctx))
    }

    /// The way to the next instance (*beroep*); `null` on the last.
    async fn appeal(&self, ctx: &Context<'_>) -> Option<AppealRule> {
        self.instance()
            .way
            .as_ref()
            .map(|way| AppealRule::of(way, locale(ctx)))
    }
}

/// The outcome an instance works towards (*afhandeling*). What does not belong to its kind is `null`.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ResolutionRule {
    /// The kind of outcome.
    kind: ResolutionKind,
    /// The term in which it must come, from receipt.
    term: TermRule,
    /// By how much the term may be extended by notice, once (*verdagen*).
    announced_extension: Option<TermRule>,
    /// That the term may be extended with the complainant's written consent.
    extension_by_consent: Option<Article>,
    /// How long the complainant has to react to a response.
    silence: Option<TermRule>,
    /// What the complainant's silence after that means.
    silence_means: Option<SilenceMeaning>,
    /// The term in which a reaction that is neither yes nor no is answered.
    reaction: Option<TermRule>,
    /// That both sides sign one text (*fiattering*).
    sign_off: Option<Article>,
    /// What it means when the organisation lets its term lapse.
    lapse: Option<Article>,
    /// Whether the way to the next instance opens at that lapse.
    is_appeal_opened_by_lapse: Option<bool>,
    /// What a decision does.
    effect: Option<DecisionEffect>,
    /// Where that effect is written.
    effect_article: Option<Article>,
    /// The most that may be awarded, in whole euros; `null` without a limit.
    compensation_cap: Option<u32>,
}

impl ResolutionRule {
    fn of(resolution: &Resolution, locale: Locale) -> Self {
        let extension = resolution.extension();
        let cite = |basis| Article::of(basis, locale);
        let (silence, silence_means, reaction) = match resolution {
            Resolution::Response {
                silence, reaction, ..
            } => (
                Some(silence.window.clone()),
                Some(silence.means),
                Some(reaction.clone()),
            ),
            Resolution::Agreement { .. } | Resolution::Decision { .. } => (None, None, None),
        };
        let sign_off = match resolution {
            Resolution::Agreement { sign_off, .. } => Some(sign_off),
            Resolution::Response { .. } | Resolution::Decision { .. } => None,
        };
        let (effect, effect_article, compensation_cap) = match resolution {
            Resolution::Decision {
                effect,
                rule,
                compensation_cap,
                ..
            } => (Some(*effect), Some(rule), *compensation_cap),
            Resolution::Response { .. } | Resolution::Agreement { .. } => (None, None, None),
        };
        Self {
            kind: resolution.into(),
            term: TermRule(resolution.term().clone()),
            announced_extension: extension.announced.clone().map(TermRule),
            extension_by_consent: extension.consent.as_ref().map(cite),
            silence: silence.map(TermRule),
            silence_means: silence_means.map(Into::into),
            reaction: reaction.map(TermRule),
            sign_off: sign_off.map(cite),
            lapse: resolution.lapse().map(|lapse| cite(&lapse.rule)),
            is_appeal_opened_by_lapse: resolution.lapse().map(|lapse| lapse.opens_way),
            effect: effect.map(Into::into),
            effect_article: effect_article.map(cite),
            compensation_cap,
        }
    }
}

/// The way to the next instance (*beroep*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct AppealRule {
    /// How long it stays open, from delivery of the notice that says so.
    window: TermRule,
    /// What opens it, besides a lapse.
    opens_on: Vec<ExitGround>,
    /// What leaves it open without end.
    endless_on: Vec<ExitGround>,
    /// The term in which a late appeal is admitted or refused; silence admits it.
    late_appeal: TermRule,
    /// Whether an appeal must be in writing.
    is_writing_required: bool,
    /// Where the right to go on is written.
    article: Article,
}

impl AppealRule {
    fn of(way: &Way, locale: Locale) -> Self {
        Self {
            window: TermRule(way.window.clone()),
            opens_on: way.opens_on.iter().map(|ground| (*ground).into()).collect(),
            endless_on: way.endless.iter().map(|ground| (*ground).into()).collect(),
            late_appeal: TermRule(way.late.decide.clone()),
            is_writing_required: way.written,
            article: Article::of(&way.rule, locale),
        }
    }
}
