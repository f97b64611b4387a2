//! API keys: those of an organisation, what they were used for, and the one by which is asked.

use async_graphql::{Context, ID, Object};
use wederhoor_service::{ApiKey as Known, ApiKeyUse as Used};

use crate::{
    connection::{Asked, LIST, Total, rows},
    cursor::Place,
    error::shown,
    id::{Kind, uuid_of},
    object::api_key::{ApiKey, ApiKeyConnection, ApiKeyUse, ApiKeyUseConnection},
    request::request,
};

#[derive(Default)]
pub(crate) struct ApiKeyQueries;

#[Object]
impl ApiKeyQueries {
    /// The API key by which is asked (*API-sleutel*); `null` where none is.
    async fn api_key(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<ApiKey>> {
        let own = shown(ctx, Box::pin(request(ctx)?.own_api_key()).await)?;
        Ok(own.map(ApiKey::own))
    }

    /// API keys of the organisation (*API-sleutels*), newest first, those of no use any more among them; for administrators.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn api_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<ApiKeyConnection> {
        let asked = Asked::of(ctx, "apiKeys", &(), first, after.as_deref())?;
        let found = Box::pin(request(ctx)?.api_keys(asked.after_id(), asked.limit())).await;
        let found = shown(ctx, found)?.into_iter();
        let found = found.map(|one: Known| (Place::at(one.record.id), one.into()));
        Ok(ApiKeyConnection {
            page: asked.page(found),
            total: Total::ApiKeys,
        })
    }

    /// What an API key of the organisation was used for (*gebruik*): each request by it, newest first, within a minute; for
    /// administrators. `null` for anyone else, and where there is no such key. It is kept as long as the organisation is.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn api_key_uses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] key_id: ID,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<Option<ApiKeyUseConnection>> {
        let asked = Asked::of(ctx, "apiKeyUses", &key_id, first, after.as_deref())?;
        let Some(key) = uuid_of(Kind::ApiKey, &key_id) else {
            return Ok(None);
        };
        let found = request(ctx)?.api_key_uses(key, asked.after_id(), asked.limit());
        let found = shown(ctx, Box::pin(found).await.map(Some))?;
        let row = |one: Used| (Place::at(one.id), ApiKeyUse::from(one));
        Ok(found.map(|found| ApiKeyUseConnection {
            page: asked.page(found.into_iter().map(row)),
            total: Total::ApiKeyUses(key),
        }))
    }
}
