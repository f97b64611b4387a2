//! A complaint, as far as the viewer may see it.

mod action;
mod entry;
pub(crate) mod measure;
mod object;
mod parties;
mod round;
mod solution;

use std::sync::Arc;

use async_graphql::Context;
use tokio::sync::OnceCell;
use wederhoor_procedure::{ComplaintId, audience::Level};
use wederhoor_service::{ComplaintListFilter, ComplaintSummary, Dossier, ServiceError};

use crate::{connection::connection, error::top_level, loaders};

/// A complaint, either as a list knows it or with its dossier, which is loaded when a field needs it.
#[derive(Clone)]
pub(crate) struct Complaint {
    inner: Arc<Inner>,
}

struct Inner {
    id: ComplaintId,
    listed: Option<ComplaintSummary>,
    dossier: OnceCell<Arc<Dossier>>,
}

impl Complaint {
    /// A complaint of a list: what the list knows is answered without its dossier.
    pub(crate) fn listed(summary: ComplaintSummary) -> Self {
        let (id, dossier) = (summary.id, OnceCell::new());
        Self {
            inner: Arc::new(Inner {
                id,
                listed: Some(summary),
                dossier,
            }),
        }
    }

    /// A complaint that is known to be seen, by its id only.
    pub(crate) fn named(id: ComplaintId) -> Self {
        Self {
            inner: Arc::new(Inner {
                id,
                listed: None,
                dossier: OnceCell::new(),
            }),
        }
    }

    /// Which it is.
    pub(crate) fn key(&self) -> ComplaintId {
        self.inner.id
    }

    /// What a list knows of it.
    fn summary(&self) -> Option<&ComplaintSummary> {
        self.inner.listed.as_ref()
    }

    async fn dossier(&self, ctx: &Context<'_>) -> async_graphql::Result<&Arc<Dossier>> {
        // Seen in the list, hidden since: rare, and worth another try.
        let load = || async {
            let found = loaders::dossier(ctx, self.inner.id).await?;
            found.ok_or_else(|| top_level(ctx, &ServiceError::Unavailable))
        };
        Box::pin(self.inner.dossier.get_or_try_init(load)).await
    }

    /// The dossier, if the viewer sees all of it.
    async fn official(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<&Arc<Dossier>>> {
        let dossier = self.dossier(ctx).await?;
        Ok(is_official(dossier).then_some(dossier))
    }
}

impl From<Arc<Dossier>> for Complaint {
    fn from(dossier: Arc<Dossier>) -> Self {
        let (id, listed) = (dossier.complaint.id, None);
        Self {
            inner: Arc::new(Inner {
                id,
                listed,
                dossier: OnceCell::new_with(Some(dossier)),
            }),
        }
    }
}

/// Whether the viewer of a dossier sees internal notes and contact data.
fn is_official(dossier: &Dossier) -> bool {
    dossier.level == Level::Official
}

connection!(
    /// Complaints that the viewer may see.
    ComplaintConnection,
    /// A complaint in a list.
    ComplaintEdge,
    Complaint,
    total: Counted
);

/// Counts complaints by the filter of their list.
pub(crate) struct Counted(pub(crate) ComplaintListFilter);

impl Counted {
    async fn count(&self, ctx: &Context<'_>) -> async_graphql::Result<u64> {
        let counted = Box::pin(loaders::request(ctx)?.count_complaints(&self.0)).await;
        counted.map_err(|error| top_level(ctx, &error))
    }
}
