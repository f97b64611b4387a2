//! A complaint, as far as the viewer may see it.

mod action;
mod entry;
mod listed;
pub(crate) mod measure;
mod object;
mod parties;
mod round;
mod siblings;
mod solution;

use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use wederhoor_procedure::{ComplaintId, audience::Level};
use wederhoor_service::{ComplaintSummary, Dossier, ServiceError};

pub(crate) use listed::{OF_COMPLAINT, OF_DEADLINE, asks_for_dossiers, asks_for_dossiers_of_work};
pub(crate) use siblings::Siblings;

use crate::{connection::connection, error::top_level};

/// A complaint, either as a list knows it or with its dossier, which is loaded when a field needs it, together with
/// those of the others in the list.
#[derive(Clone)]
pub(crate) struct Complaint {
    inner: Arc<Inner>,
}

struct Inner {
    id: ComplaintId,
    listed: Option<ComplaintSummary>,
    siblings: Arc<Siblings>,
}

impl Complaint {
    fn of(id: ComplaintId, listed: Option<ComplaintSummary>, siblings: &Arc<Siblings>) -> Self {
        let siblings = siblings.clone();
        Self {
            inner: Arc::new(Inner {
                id,
                listed,
                siblings,
            }),
        }
    }

    /// Complaints of a list: what the list knows is answered without their dossiers.
    pub(crate) fn listed(summaries: Vec<ComplaintSummary>, siblings: &Arc<Siblings>) -> Vec<Self> {
        let one = |summary: ComplaintSummary| Self::of(summary.id, Some(summary), siblings);
        summaries.into_iter().map(one).collect()
    }

    /// One of some complaints that are known to be seen, by its id only.
    pub(crate) fn named(id: ComplaintId, siblings: &Arc<Siblings>) -> Self {
        Self::of(id, None, siblings)
    }

    /// Complaints with their dossiers.
    pub(crate) fn loaded(
        dossiers: HashMap<ComplaintId, Arc<Dossier>>,
    ) -> HashMap<ComplaintId, Self> {
        let siblings = Siblings::loaded(dossiers);
        let one = |id: &ComplaintId| (*id, Self::of(*id, None, &siblings));
        siblings.ids().iter().map(one).collect()
    }

    /// Which it is.
    pub(crate) fn key(&self) -> ComplaintId {
        self.inner.id
    }

    /// What a list knows of it.
    fn summary(&self) -> Option<&ComplaintSummary> {
        self.inner.listed.as_ref()
    }

    pub(in crate::object) async fn dossier(
        &self,
        ctx: &Context<'_>,
    ) -> async_graphql::Result<&Arc<Dossier>> {
        let all = self.inner.siblings.dossiers(ctx).await?;
        // Lists leave out what their rows let through and the dossier does not, where the document asks for dossiers.
        let overtaken = || top_level(ctx, &ServiceError::Conflict);
        all.get(&self.inner.id).ok_or_else(overtaken)
    }

    /// The dossier, if the viewer sees all of it.
    async fn official(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<&Arc<Dossier>>> {
        let dossier = self.dossier(ctx).await?;
        Ok(is_official(dossier).then_some(dossier))
    }
}

impl From<Arc<Dossier>> for Complaint {
    fn from(dossier: Arc<Dossier>) -> Self {
        let id = dossier.complaint.id;
        let siblings = Siblings::loaded(HashMap::from([(id, dossier)]));
        Self::of(id, None, &siblings)
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
    Complaint
);
