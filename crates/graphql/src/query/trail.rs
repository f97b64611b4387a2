//! Who saw a complaint and who did something in it.

use async_graphql::{Context, ID, Object};
use wederhoor_service::Access;

use crate::{
    connection::{Asked, LIST, Total, rows},
    cursor::Place,
    error::shown,
    id::typed,
    object::trail::AccessLogConnection,
    request::request,
};

#[derive(Default)]
pub(crate) struct TrailQueries;

#[Object]
impl TrailQueries {
    /// Who saw a complaint and who did something in it (*logboek*), newest first; for its administration. `null` for anyone
    /// else, and for a complaint that is hidden or absent. What was seen is noted once an hour for each session, and is here
    /// within a minute; a line of a list is not noted. It is kept as long as the organisation is, and tells no content.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn access_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The complaint.")] complaint_id: ID,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<Option<AccessLogConnection>> {
        let asked = Asked::of(ctx, "accessLog", &complaint_id, first, after.as_deref())?;
        let request = request(ctx)?;
        let Some(complaint) = typed(&complaint_id) else {
            return Ok(None);
        };
        let audited = shown(ctx, Box::pin(request.audited(complaint)).await)?;
        let Some(audited) = audited else {
            return Ok(None);
        };
        let found = Box::pin(request.access_log(audited, asked.moment(ctx)?, asked.limit())).await;
        let found = shown(ctx, found)?.into_iter();
        let found = found.map(|one: Access| (Place::of(one.at, one.id), one.into()));
        Ok(Some(AccessLogConnection {
            page: asked.page(found),
            total: Total::AccessLog(audited),
        }))
    }
}
