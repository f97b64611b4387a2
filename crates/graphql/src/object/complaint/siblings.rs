//! Complaints that stand in one list: what a field of one of them needs is read for all of them, in one go.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use async_graphql::Context;
use tokio::sync::OnceCell;
use wederhoor_procedure::{ComplaintId, facts::Repeats};
use wederhoor_service::{Dossier, LetterRecord};

use super::is_official;
use crate::{
    error::top_level,
    request::{dossiers, request},
};

type Of<T> = OnceCell<HashMap<ComplaintId, T>>;
type Result<T> = async_graphql::Result<T>;

/// Complaints of one list. They are seen as they were when the first of them was loaded.
pub(crate) struct Siblings {
    ids: Vec<ComplaintId>,
    dossiers: Of<Arc<Dossier>>,
    letters: Of<Vec<LetterRecord>>,
    chains: Of<bool>,
    repeats: OnceCell<Repeats>,
}

impl Siblings {
    /// Complaints of which nothing is loaded yet.
    pub(crate) fn of(ids: impl IntoIterator<Item = ComplaintId>) -> Arc<Self> {
        Self::with(ids, OnceCell::new())
    }

    /// Complaints whose dossiers are loaded.
    pub(crate) fn loaded(dossiers: HashMap<ComplaintId, Arc<Dossier>>) -> Arc<Self> {
        let ids: Vec<ComplaintId> = dossiers.keys().copied().collect();
        Self::with(ids, OnceCell::new_with(Some(dossiers)))
    }

    fn with(ids: impl IntoIterator<Item = ComplaintId>, dossiers: Of<Arc<Dossier>>) -> Arc<Self> {
        let mut ids: Vec<ComplaintId> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        Arc::new(Self {
            ids,
            dossiers,
            letters: OnceCell::new(),
            chains: OnceCell::new(),
            repeats: OnceCell::new(),
        })
    }

    pub(super) fn ids(&self) -> &[ComplaintId] {
        &self.ids
    }

    /// Their dossiers, as far as the viewer may see them.
    pub(super) async fn dossiers(
        &self,
        ctx: &Context<'_>,
    ) -> Result<&HashMap<ComplaintId, Arc<Dossier>>> {
        let load = || dossiers(ctx, &self.ids);
        Box::pin(self.dossiers.get_or_try_init(load)).await
    }

    /// Those of which the viewer sees the dossier: time may have hidden one that the audience's rows still let through.
    pub(crate) async fn seen(&self, ctx: &Context<'_>) -> Result<BTreeSet<ComplaintId>> {
        Ok(self.dossiers(ctx).await?.keys().copied().collect())
    }

    /// What is known of the complaints that came after the measures of those that the viewer sees as an official.
    pub(super) async fn repeats(&self, ctx: &Context<'_>) -> Result<&Repeats> {
        let load = || async {
            let official = self.official(ctx).await?;
            let read = Box::pin(request(ctx)?.repeats_of(&official)).await;
            read.map_err(|error| top_level(ctx, &error))
        };
        Box::pin(self.repeats.get_or_try_init(load)).await
    }

    /// The letters about those that the viewer sees as an official.
    pub(super) async fn letters(
        &self,
        ctx: &Context<'_>,
    ) -> Result<&HashMap<ComplaintId, Vec<LetterRecord>>> {
        let load = || async {
            let mut letters: HashMap<ComplaintId, Vec<LetterRecord>> = HashMap::new();
            let (official, repeats) = (self.official(ctx).await?, self.repeats(ctx).await?);
            let read = Box::pin(request(ctx)?.letters_of(&official, repeats)).await;
            for letter in read.map_err(|error| top_level(ctx, &error))? {
                if let Some(id) = letter.draft.complaint_id {
                    letters.entry(id).or_default().push(letter);
                }
            }
            Ok(letters)
        };
        Box::pin(self.letters.get_or_try_init(load)).await
    }

    /// Whether the chains of those that the viewer sees as an official are whole.
    pub(super) async fn chains(&self, ctx: &Context<'_>) -> Result<&HashMap<ComplaintId, bool>> {
        let load = || async {
            let read = Box::pin(request(ctx)?.verify_chains(&self.official(ctx).await?)).await;
            let verified = read.map_err(|error| top_level(ctx, &error))?.into_iter();
            Ok(verified.map(|(id, whole)| (id, whole.is_ok())).collect())
        };
        Box::pin(self.chains.get_or_try_init(load)).await
    }

    async fn official(&self, ctx: &Context<'_>) -> Result<Vec<Arc<Dossier>>> {
        let all = self.dossiers(ctx).await?.values();
        Ok(all
            .filter(|dossier| is_official(dossier))
            .cloned()
            .collect())
    }
}
