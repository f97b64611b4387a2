//! Which complaints, and in which order.

use async_graphql::{Context, Enum, ID, InputObject};
use wederhoor_service::{ComplaintListFilter, ComplaintOrder};

use crate::{
    enums::{ComplaintOutcome, ComplaintState},
    error::bad_request,
    id::{Opaque, typed},
    scalar::Instant,
};

/// Which complaints; what is left out does not restrict.
#[derive(InputObject, Clone, Debug, Default)]
pub(crate) struct ComplaintFilter {
    /// Only in one of these states.
    states: Option<Vec<ComplaintState>>,
    /// Only with one of these outcomes.
    outcomes: Option<Vec<ComplaintOutcome>>,
    /// Only about this course.
    course_id: Option<ID>,
    /// Only handled or decided by this member now.
    handler_id: Option<ID>,
    /// Only received at or after this instant.
    received_from: Option<Instant>,
    /// Only received before this instant.
    received_before: Option<Instant>,
    /// Only open ones whose next deadline has passed.
    is_overdue: Option<bool>,
    /// Only open ones, or only closed ones.
    is_open: Option<bool>,
    /// Only the one with this reference (*kenmerk*).
    reference: Option<String>,
}

impl ComplaintFilter {
    /// For the use case.
    ///
    /// # Errors
    /// `BAD_REQUEST` for an id that is none of its kind, and for texts that are too long.
    pub(super) fn checked(self, ctx: &Context<'_>) -> async_graphql::Result<ComplaintListFilter> {
        if self
            .reference
            .as_ref()
            .is_some_and(|reference| reference.len() > 60)
        {
            return Err(bad_request(
                ctx,
                "Dit kenmerk is te lang.",
                "This reference is too long.",
            ));
        }
        Ok(ComplaintListFilter {
            states: self
                .states
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            outcomes: self
                .outcomes
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            course: known(ctx, self.course_id.as_ref())?,
            handler: known(ctx, self.handler_id.as_ref())?,
            received_from: self.received_from.map(|from| from.0),
            received_before: self.received_before.map(|before| before.0),
            is_overdue: self.is_overdue.unwrap_or_default(),
            reference: self.reference,
            is_open: self.is_open,
        })
    }
}

fn known<T: Opaque>(ctx: &Context<'_>, id: Option<&ID>) -> async_graphql::Result<Option<T>> {
    let Some(id) = id else { return Ok(None) };
    let refused = || {
        bad_request(
            ctx,
            "Dit id is niet van deze soort.",
            "This id is not of this kind.",
        )
    };
    typed(id).map(Some).ok_or_else(refused)
}

/// In which order complaints stand.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[graphql(remote = "ComplaintOrder")]
pub(crate) enum ComplaintSort {
    /// Newest first, by receipt.
    #[default]
    ReceivedDesc,
    /// Oldest first, by receipt.
    ReceivedAsc,
    /// What is due first comes first; what has nothing due comes last.
    NextDueAsc,
    /// What was closed last comes first; what is open comes last.
    ClosedDesc,
}
