//! Opaque cursors: a place in one list, bound to its filter, its order and its tenant.

use std::fmt::Debug;

use async_graphql::Context;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wederhoor_procedure::calendar::YEARS;

use crate::{error::bad_request, request::request};

/// What a cursor belongs to: a digest of the list, its filter, its order and the tenant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Binding([u8; 8]);

/// A place in a list: what it is sorted by, and the id that settles what is equal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) value: Option<DateTime<Utc>>,
    pub(crate) id: Uuid,
    /// What settles the rest, where one thing can be in the list more than once; only beside a value.
    pub(crate) mark: Option<String>,
}

impl Place {
    /// The place of something in a list that is sorted by its id.
    pub(crate) fn at(id: Uuid) -> Self {
        let (value, mark) = (None, None);
        Self { value, id, mark }
    }

    /// The place of something in a list that is sorted by instants.
    pub(crate) fn of(at: DateTime<Utc>, id: Uuid) -> Self {
        Self {
            value: Some(at),
            ..Self::at(id)
        }
    }
}

/// The longest cursor that is read, in characters.
const LONGEST: usize = 160;

impl Binding {
    /// The binding of a list that is asked for in this way.
    pub(crate) fn of(
        ctx: &Context<'_>,
        list: &str,
        question: &impl Debug,
    ) -> async_graphql::Result<Self> {
        let tenant = request(ctx)?.caller().tenant();
        Ok(Self::digest(&format!("{list} {tenant:?} {question:?}")))
    }

    fn digest(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let mut start = [0; 8];
        start.copy_from_slice(&digest[..8]);
        Self(start)
    }

    /// The binding of some list.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn any() -> Self {
        Self::digest("any list")
    }

    /// A cursor of this list with anything in it.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn holding(self, bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode([self.0.as_slice(), bytes].concat())
    }

    /// The cursor of a place.
    pub(crate) fn cursor(self, place: &Place) -> String {
        let mut bytes = self.0.to_vec();
        bytes.extend(place.id.as_bytes());
        if let Some(value) = place.value {
            bytes.extend(value.timestamp().to_be_bytes());
            bytes.extend(value.timestamp_subsec_nanos().to_be_bytes());
            bytes.extend(place.mark.iter().flat_map(|mark| mark.bytes()));
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place of a cursor of this list; `None` for any other text.
    pub(crate) fn place(self, cursor: &str) -> Option<Place> {
        if cursor.len() > LONGEST {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (binding, rest) = bytes.split_at_checked(8)?;
        let (id, value) = rest.split_at_checked(16)?;
        let id = Uuid::from_slice(id).ok()?;
        if binding != self.0 {
            return None;
        }
        if value.is_empty() {
            return Some(Place::at(id));
        }
        let (value, mark) = value.split_at_checked(12)?;
        let (seconds, nanos) = value.split_at_checked(8)?;
        let seconds = i64::from_be_bytes(seconds.try_into().ok()?);
        let nanos = u32::from_be_bytes(nanos.try_into().ok()?);
        let value = DateTime::from_timestamp(seconds, nanos)?;
        let mark = String::from_utf8(mark.to_vec()).ok()?;
        // PostgreSQL keeps no NUL, and fewer years than chrono.
        if mark.contains('\0') || !YEARS.contains(&value.year()) {
            return None;
        }
        let mark = Some(mark).filter(|mark| !mark.is_empty());
        let value = Some(value);
        Some(Place { value, id, mark })
    }

    /// The place of the cursor that a client sent.
    ///
    /// # Errors
    /// `BAD_REQUEST` for a cursor of another list, order, filter or tenant, and for what is none.
    pub(crate) fn after(
        self,
        ctx: &Context<'_>,
        cursor: Option<&str>,
    ) -> async_graphql::Result<Option<Place>> {
        let Some(cursor) = cursor else {
            return Ok(None);
        };
        let place = self.place(cursor).map(Some);
        place.ok_or_else(|| no_cursor(ctx))
    }
}

/// What was sent as a cursor is none of this list.
pub(crate) fn no_cursor(ctx: &Context<'_>) -> async_graphql::Error {
    bad_request(
        ctx,
        "Deze cursor hoort niet bij deze lijst; begin zonder `after`.",
        "This cursor does not belong to this list; start without `after`.",
    )
}

#[cfg(test)]
mod tests;
