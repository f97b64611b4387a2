//! Deadlines, each with how it came about.

use std::sync::Arc;

use async_graphql::{Context, Enum, Error, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use wederhoor_procedure::{
    Locale, calendar,
    deadline::{self, DeadlineKind as Kind},
};
use wederhoor_service::ServiceError;

use crate::{
    enums::{DeadlineKind, DeadlineOwner, instance_of},
    error::{locale, top_level},
    object::{complaint::Complaint, term::Term},
    request::request,
    scalar::{Date, Instant},
    user_error::Article,
};

/// A deadline, either whole or as a list knows it.
#[derive(Clone)]
pub(crate) struct Deadline {
    kind: Kind,
    /// The last day and its end; `None` of one that does not run.
    due: Option<(NaiveDate, DateTime<Utc>)>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Known(Known),
    Listed(Complaint),
}

/// What is known of a deadline that was derived.
#[derive(Clone)]
enum Known {
    Runs(Arc<deadline::Deadline>),
    StandsStill(Arc<deadline::Standstill>),
}

impl Known {
    fn runs(&self) -> Option<&deadline::Deadline> {
        match self {
            Self::Runs(deadline) => Some(deadline),
            Self::StandsStill(_) => None,
        }
    }
}

impl Deadline {
    pub(crate) fn whole(deadline: deadline::Deadline) -> Self {
        Self {
            kind: deadline.kind,
            due: Some((deadline.due_on, deadline.due_at)),
            source: Source::Known(Known::Runs(Arc::new(deadline))),
        }
    }

    pub(crate) fn standing_still(standstill: deadline::Standstill) -> Self {
        Self {
            kind: standstill.kind,
            due: None,
            source: Source::Known(Known::StandsStill(Arc::new(standstill))),
        }
    }

    pub(crate) fn listed(
        complaint: Complaint,
        (kind, due_on, due_at): (Kind, NaiveDate, DateTime<Utc>),
    ) -> Self {
        Self {
            kind,
            due: Some((due_on, due_at)),
            source: Source::Listed(complaint),
        }
    }

    async fn derived(&self, ctx: &Context<'_>) -> async_graphql::Result<Known> {
        let complaint = match &self.source {
            Source::Known(known) => return Ok(known.clone()),
            Source::Listed(complaint) => complaint,
        };
        let overtaken = || -> Error { top_level(ctx, &ServiceError::Conflict) };
        let dossier = complaint.dossier(ctx).await?;
        let found = dossier
            .deadlines()
            .into_iter()
            .find(|deadline| deadline.kind == self.kind);
        let found = found.map(|deadline| Known::Runs(Arc::new(deadline)));
        found.ok_or_else(overtaken)
    }
}

/// A deadline (*termijn*) of a complaint, with its derivation.
#[Object]
impl Deadline {
    /// What is due.
    async fn kind(&self) -> DeadlineKind {
        self.kind.into()
    }

    /// The instance it belongs to, from 1; `null` for what concerns the whole complaint.
    async fn instance(&self) -> Option<u32> {
        instance_of(self.kind)
    }

    /// The last day: the derived one, or the later one that was announced or agreed; `null` of one that does not run.
    async fn due_on(&self) -> Option<Date> {
        self.due.map(|(on, _)| Date(on))
    }

    /// The first instant that is too late: the local midnight after the last day; `null` of one that does not run.
    async fn due_at(&self) -> Option<Instant> {
        self.due.map(|(_, at)| Instant(at))
    }

    /// Whether it does not run, because the letter from whose delivery it would came back and has not arrived since (*loopt
    /// niet*); the derivation says so.
    async fn is_standing_still(&self) -> bool {
        self.due.is_none()
    }

    /// Whose term it is.
    async fn owner(&self, ctx: &Context<'_>) -> async_graphql::Result<DeadlineOwner> {
        Ok(match self.derived(ctx).await? {
            Known::Runs(deadline) => deadline.owner,
            Known::StandsStill(standstill) => standstill.owner,
        }
        .into())
    }

    /// Whether it was met in time; `false` also while it runs.
    async fn is_met(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let known = self.derived(ctx).await?;
        Ok(known.runs().is_some_and(deadline::Deadline::is_met_in_time))
    }

    /// When it was met, in time or late.
    async fn met_at(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Instant>> {
        let known = self.derived(ctx).await?;
        Ok(known.runs().and_then(|one| one.met_at).map(Instant))
    }

    /// Whether it still counts: not met, and not overtaken by the procedure.
    async fn is_open(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let known = self.derived(ctx).await?;
        Ok(known.runs().is_some_and(|one| one.is_open))
    }

    /// Whether it has passed, unmet.
    async fn is_overdue(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let now = request(ctx)?.now();
        let known = self.derived(ctx).await?;
        Ok(known.runs().is_some_and(|one| one.is_overdue(now)))
    }

    /// Where it is written.
    async fn article(&self, ctx: &Context<'_>) -> async_graphql::Result<Article> {
        let known = self.derived(ctx).await?;
        let basis = match &known {
            Known::Runs(deadline) => &deadline.basis,
            Known::StandsStill(standstill) => standstill.basis(),
        };
        Ok(Article::of(basis, locale(ctx)))
    }

    /// How the term runs, from the day of its event to its last day, and in words also to a later day that was promised; or why it
    /// does not run.
    async fn derivation(&self, ctx: &Context<'_>) -> async_graphql::Result<Derivation> {
        let locale = locale(ctx);
        Ok(match self.derived(ctx).await? {
            Known::Runs(deadline) => Derivation {
                text: deadline.in_words(locale),
                ..Derivation::of(&deadline.derivation, locale)
            },
            Known::StandsStill(standstill) => Derivation::standing_still(&standstill, locale),
        })
    }
}

/// How a term got its last day (*berekening van de termijn*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Derivation {
    /// The whole derivation as a sentence, in the language of the request.
    text: String,
    /// The term.
    term: Term,
    /// The day of the event, which itself does not count; `null` of a term that does not run.
    started_on: Option<Date>,
    /// The last day before any rolling; `null` of a term that does not run.
    rolled_from_on: Option<Date>,
    /// The last day; `null` of a term that does not run.
    last_on: Option<Date>,
    /// The first instant that is too late; `null` of a term that does not run.
    ends_at: Option<Instant>,
    /// Whether the term rolls off weekends and holidays (Algemene termijnenwet art. 1).
    is_rolling: bool,
    /// Whether rolling moved the last day.
    is_moved: bool,
    /// The days that did not count, or on which the term could not end, in order.
    passed_over: Vec<PassedOverDay>,
}

impl Derivation {
    pub(crate) fn of(derivation: &calendar::Derivation, locale: Locale) -> Self {
        let day = |passed: &calendar::PassedOver| PassedOverDay::of(*passed, locale);
        Self {
            text: derivation.in_words(locale),
            term: derivation.term.into(),
            started_on: Some(Date(derivation.start)),
            rolled_from_on: Some(Date(derivation.unrolled)),
            last_on: Some(Date(derivation.last_day)),
            ends_at: Some(Instant(derivation.ends)),
            is_rolling: derivation.rolls,
            is_moved: derivation.has_moved(),
            passed_over: derivation.passed_over.iter().map(day).collect(),
        }
    }

    fn standing_still(standstill: &deadline::Standstill, locale: Locale) -> Self {
        Self {
            text: standstill.in_words(locale),
            term: standstill.rule.term.into(),
            started_on: None,
            rolled_from_on: None,
            last_on: None,
            ends_at: None,
            is_rolling: standstill.rule.rolls,
            is_moved: false,
            passed_over: Vec::new(),
        }
    }
}

/// A day that did not count, or on which a term could not end (*overgeslagen dag*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct PassedOverDay {
    /// The day.
    on: Date,
    /// Why.
    reason: PassedOverReason,
    /// The holiday's name, in the language of the request; `null` for other reasons.
    holiday: Option<String>,
}

impl PassedOverDay {
    fn of(passed: calendar::PassedOver, locale: Locale) -> Self {
        let (reason, holiday) = match passed.reason {
            calendar::Reason::Weekend => (PassedOverReason::Weekend, None),
            calendar::Reason::Holiday(holiday) => (
                PassedOverReason::Holiday,
                Some(holiday.name(locale).to_owned()),
            ),
            calendar::Reason::EquatedDay => (PassedOverReason::EquatedDay, None),
            calendar::Reason::ClosingDay => (PassedOverReason::ClosingDay, None),
        };
        Self {
            on: Date(passed.on),
            reason,
            holiday,
        }
    }
}

/// Why a day was passed over (*reden van overslaan*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PassedOverReason {
    /// A Saturday or a Sunday (*weekend*).
    Weekend,
    /// A holiday of the Algemene termijnenwet art. 3, Good Friday included (*feestdag*).
    Holiday,
    /// A day that a decree equates with a holiday (*gelijkgestelde dag*).
    EquatedDay,
    /// A day on which the organisation is closed (*sluitingsdag*).
    ClosingDay,
}
