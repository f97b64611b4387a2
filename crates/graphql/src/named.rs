//! Complaints that a document names by their ids, each in a field of its own: they are read together, as those of a list are.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Context;
use tokio::{sync::OnceCell, task::yield_now};
use wederhoor_procedure::ComplaintId;

use crate::object::complaint::{Complaint, Siblings};

/// Those that wait to be read; one for each request, in its data.
#[derive(Default)]
pub(crate) struct Named {
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    ids: Vec<ComplaintId>,
    /// Filled by the first of them that goes on, which takes the ids along.
    read: Arc<OnceCell<Arc<Siblings>>>,
}

impl Named {
    fn held<T>(&self, look: impl FnOnce(&mut Waiting) -> T) -> T {
        look(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until the other fields of the document have said whom they name.
    async fn with(&self, id: ComplaintId) -> Arc<Siblings> {
        let read = self.held(|waiting| {
            waiting.ids.push(id);
            waiting.read.clone()
        });
        yield_now().await;
        let all = async || Siblings::of(self.held(std::mem::take).ids);
        read.get_or_init(all).await.clone()
    }
}

/// A complaint by its id; `None`: hidden or absent.
pub(crate) async fn named(
    ctx: &Context<'_>,
    id: ComplaintId,
) -> async_graphql::Result<Option<Complaint>> {
    let siblings = ctx.data::<Named>()?.with(id).await;
    let is_seen = siblings.seen(ctx).await?.contains(&id);
    Ok(is_seen.then(|| Complaint::named(id, &siblings)))
}
