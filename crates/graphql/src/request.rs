//! What resolvers ask of the request in their data. Rows of a list are read together by
//! [`Siblings`](crate::object::complaint::Siblings); people are known to the request once one of them is named.

use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use wederhoor_procedure::{ComplaintId, MemberId};
use wederhoor_service::{Dossier, Request};

use crate::error::top_level;

/// The use cases, for whoever asks.
///
/// # Errors
/// INTERNAL when the server put none in the request's data.
pub(crate) fn request<'a>(ctx: &Context<'a>) -> async_graphql::Result<&'a Request> {
    ctx.data::<Request>()
}

/// The dossiers of these complaints, as far as the viewer may see them; hidden and absent ones are left out.
pub(crate) async fn dossiers(
    ctx: &Context<'_>,
    ids: &[ComplaintId],
) -> async_graphql::Result<HashMap<ComplaintId, Arc<Dossier>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let loaded = Box::pin(request(ctx)?.dossiers(ids)).await;
    loaded.map_err(|error| top_level(ctx, &error))
}

/// The dossier of a complaint, as far as the viewer may see it; `None`: hidden or absent.
pub(crate) async fn dossier(
    ctx: &Context<'_>,
    id: ComplaintId,
) -> async_graphql::Result<Option<Arc<Dossier>>> {
    Ok(dossiers(ctx, &[id]).await?.remove(&id))
}

/// What people call a member; `None` when nobody has that id here.
pub(crate) async fn member_name(
    ctx: &Context<'_>,
    id: MemberId,
) -> async_graphql::Result<Option<String>> {
    let named = Box::pin(request(ctx)?.member_name(id)).await;
    named.map_err(|error| top_level(ctx, &error))
}
