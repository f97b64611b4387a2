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
    pub(crate) kind: Kind,
    pub(crate) due_on: NaiveDate,
    pub(crate) due_at: DateTime<Utc>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Whole(Arc<deadline::Deadline>),
    Listed(Complaint),
}

impl Deadline {
    pub(crate) fn whole(deadline: deadline::Deadline) -> Self {
        let (kind, due_on, due_at) = (deadline.kind, deadline.due_on, deadline.due_at);
        Self {
            kind,
            due_on,
            due_at,
            source: Source::Whole(Arc::new(deadline)),
        }
    }

    pub(crate) fn listed(
        complaint: Complaint,
        (kind, due_on, due_at): (Kind, NaiveDate, DateTime<Utc>),
    ) -> Self {
        Self {
            kind,
            due_on,
            due_at,
            source: Source::Listed(complaint),
        }
    }

    async fn derived(&self, ctx: &Context<'_>) -> async_graphql::Result<Arc<deadline::Deadline>> {
        let complaint = match &self.source {
            Source::Whole(deadline) => return Ok(deadline.clone()),
            Source::Listed(complaint) => complaint,
        };
        let overtaken = || -> Error { top_level(ctx, &ServiceError::Conflict) };
        let dossier = complaint.dossier(ctx).await?;
        let found = dossier
            .deadlines()
            .into_iter()
            .find(|deadline| deadline.kind == self.kind);
        found.map(Arc::new).ok_or_else(overtaken)
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

    /// The last day: the derived one, or the later one that was announced or agreed.
    async fn due_on(&self) -> Date {
        Date(self.due_on)
    }

    /// The first instant that is too late: the local midnight after the last day.
    async fn due_at(&self) -> Instant {
        Instant(self.due_at)
    }

    /// Whose term it is.
    async fn owner(&self, ctx: &Context<'_>) -> async_graphql::Result<DeadlineOwner> {
        Ok(self.derived(ctx).await?.owner.into())
    }

    /// Whether it was met in time; `false` also while it runs.
    async fn is_met(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(self.derived(ctx).await?.is_met_in_time())
    }

    /// When it was met, in time or late.
    async fn met_at(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Instant>> {
        Ok(self.derived(ctx).await?.met_at.map(Instant))
    }

    /// Whether it still counts: not met, and not overtaken by the procedure.
    async fn is_open(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(self.derived(ctx).await?.is_open)
    }

    /// Whether it has passed, unmet.
    async fn is_overdue(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let now = request(ctx)?.now();
        Ok(self.derived(ctx).await?.is_overdue(now))
    }

    /// Where it is written.
    async fn article(&self, ctx: &Context<'_>) -> async_graphql::Result<Article> {
        Ok(Article::of(&self.derived(ctx).await?.basis, locale(ctx)))
    }

    /// How the term runs, from the day of its event to its last day, and in words also to a later day that was promised.
    async fn derivation(&self, ctx: &Context<'_>) -> async_graphql::Result<Derivation> {
        let deadline = self.derived(ctx).await?;
        Ok(Derivation {
            text: deadline.in_words(locale(ctx)),
            ..Derivation::of(&deadline.derivation, locale(ctx))
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
    /// The day of the event, which itself does not count.
    started_on: Date,
    /// The last day before any rolling.
    rolled_from_on: Date,
    /// The last day.
    last_on: Date,
    /// The first instant that is too late.
    ends_at: Instant,
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
            started_on: Date(derivation.start),
            rolled_from_on: Date(derivation.unrolled),
            last_on: Date(derivation.last_day),
            ends_at: Instant(derivation.ends),
            is_rolling: derivation.rolls,
            is_moved: derivation.has_moved(),
            passed_over: derivation.passed_over.iter().map(day).collect(),
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
