//! Opaque cursors: a place in one list, bound to its filter, its order and its tenant.

use std::fmt::Debug;

use async_graphql::Context;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{error::bad_request, loaders::request};

/// What a cursor belongs to: a digest of the list, its filter, its order and the tenant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Binding([u8; 8]);

/// A place in a list: what it is sorted by, and the id that settles what is equal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) value: Option<DateTime<Utc>>,
    pub(crate) id: Uuid,
}

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
    pub(crate) fn cursor(self, place: Place) -> String {
        let mut bytes = self.0.to_vec();
        bytes.extend(place.id.as_bytes());
        if let Some(value) = place.value {
            bytes.extend(value.timestamp().to_be_bytes());
            bytes.extend(value.timestamp_subsec_nanos().to_be_bytes());
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place of a cursor of this list; `None` for any other text.
    pub(crate) fn place(self, cursor: &str) -> Option<Place> {
        if cursor.len() > 48 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (binding, rest) = bytes.split_at_checked(8)?;
        let (id, value) = rest.split_at_checked(16)?;
        let value = match value.split_at_checked(8) {
            None if value.is_empty() => None,
            None => return None,
            Some((seconds, nanos)) => {
                let seconds = i64::from_be_bytes(seconds.try_into().ok()?);
                let nanos = u32::from_be_bytes(nanos.try_into().ok()?);
                Some(DateTime::from_timestamp(seconds, nanos)?)
            }
        };
        let id = Uuid::from_slice(id).ok()?;
        (binding == self.0).then_some(Place { value, id })
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
        let refused = || {
            bad_request(
                ctx,
                "Deze cursor hoort niet bij deze lijst; begin zonder `after`.",
                "This cursor does not belong to this list; start without `after`.",
            )
        };
        self.place(cursor).map(Some).ok_or_else(refused)
    }
}

#[cfg(test)]
mod tests;
