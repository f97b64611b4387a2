//! What can be watched. A field here answers once, with what is so now: whoever runs the document runs it again when
//! something has changed, for a caller who is made out anew, and tells what differs from what was told last.

use std::future::ready;

use async_graphql::{
    Context, ID, Subscription,
    futures_util::stream::{Stream, once},
};

use crate::{
    connection::{LIST, rows},
    id::typed,
    named::named,
    object::{complaint::Complaint, work::WorkQueueConnection},
    query::complaints::work_queue,
    request::request,
    scalar::Instant,
};

/// What can be watched.
pub struct Changes;

/// What can be watched: at once what is so now, and again whenever what is asked here has changed for the viewer. The rights
/// are looked at each time; a stream ends with an error when its token has, or when a right was taken away.
#[Subscription(name = "Subscription")]
impl Changes {
    /// A complaint; `null` for what is hidden or absent, and then the stream ends.
    async fn complaint_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> async_graphql::Result<impl Stream<Item = Option<Complaint>> + use<>> {
        let complaint = match typed(&id) {
            Some(id) => {
                request(ctx)?.watches_only(id);
                named(ctx, id).await?
            }
            None => None,
        };
        Ok(once(ready(complaint)))
    }

    /// What is due in complaints that the viewer may see, the earliest first.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn work_queue_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what is due before this instant.")] due_before: Option<Instant>,
    ) -> async_graphql::Result<impl Stream<Item = WorkQueueConnection> + use<>> {
        let queue = work_queue(ctx, first, None, due_before).await?;
        Ok(once(ready(queue)))
    }
}
