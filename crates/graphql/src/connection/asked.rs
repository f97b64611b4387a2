//! What a client asks of a list: how many rows, and after which place.

use std::fmt::Debug;

use async_graphql::Context;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Page, page_size};
use crate::cursor::{Binding, Place, no_cursor};

/// A page of a list that is sorted by something with an id.
pub(crate) struct Asked {
    size: usize,
    binding: Binding,
    pub(crate) after: Option<Place>,
}

impl Asked {
    /// What was asked of the list of this name; `question` is all else that a cursor is bound to.
    ///
    /// # Errors
    /// `BAD_REQUEST` for a page size out of bounds, and for a cursor of something else.
    pub(crate) fn of(
        ctx: &Context<'_>,
        list: &str,
        question: &impl Debug,
        first: Option<i32>,
        after: Option<&str>,
    ) -> async_graphql::Result<Self> {
        let (size, binding) = (page_size(ctx, first)?, Binding::of(ctx, list, question)?);
        let after = binding.after(ctx, after)?;
        Ok(Self {
            size,
            binding,
            after,
        })
    }

    /// How many rows are shown at most.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// How many rows to read: one more than fits, by which it shows whether more follow.
    pub(crate) fn limit(&self) -> u64 {
        u64::try_from(self.size).unwrap_or(u64::MAX - 1) + 1
    }

    /// The id after which to go on.
    pub(crate) fn after_id(&self) -> Option<Uuid> {
        self.after.as_ref().map(|place| place.id)
    }

    /// The place after which to go on, in a list that is sorted by instants.
    ///
    /// # Errors
    /// `BAD_REQUEST` for a cursor without one.
    pub(crate) fn moment(
        &self,
        ctx: &Context<'_>,
    ) -> async_graphql::Result<Option<(DateTime<Utc>, Uuid)>> {
        let Some(after) = &self.after else {
            return Ok(None);
        };
        let at = after.value.ok_or_else(|| no_cursor(ctx))?;
        Ok(Some((at, after.id)))
    }

    /// The page, from rows that were read after the place.
    pub(crate) fn page<T>(&self, rows: impl IntoIterator<Item = (Place, T)>) -> Page<T> {
        let rows = rows.into_iter().take(self.size + 1);
        let rows = rows.map(|(place, row)| (self.binding.cursor(&place), row));
        Page::of(rows.collect(), self.size, self.after.is_some())
    }

    /// The page, from all rows there are.
    pub(crate) fn page_of_all<T>(&self, all: Vec<(Place, T)>) -> Page<T> {
        let begin = self.after.as_ref().map_or(0, |after| {
            let last = all.iter().position(|(place, _)| place.id == after.id);
            1 + last.unwrap_or(all.len())
        });
        self.page(all.into_iter().skip(begin))
    }
}
