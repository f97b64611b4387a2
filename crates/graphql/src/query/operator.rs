//! What operators of the platform ask.

use async_graphql::{Context, Object};
use wederhoor_service::KeptTenant;

use crate::{
    connection::{Asked, LIST, Total, rows},
    cursor::Place,
    error::shown,
    object::{
        equated_day::EquatedDay,
        stuck::StuckWork,
        tenant::{Tenant, TenantConnection},
    },
    request::request,
};

#[derive(Default)]
pub(crate) struct OperatorQueries;

#[Object]
impl OperatorQueries {
    /// Days of a year that decrees equate with a holiday (*gelijkgestelde dagen*), in order; for operators.
    async fn equated_days(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year.")] year: i32,
    ) -> async_graphql::Result<Vec<EquatedDay>> {
        let days = shown(ctx, Box::pin(request(ctx)?.decreed_days(year)).await)?;
        Ok(days.into_iter().map(EquatedDay::from).collect())
    }

    /// Organisations on the platform (*organisaties*), by their names in addresses; for operators.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn tenants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<TenantConnection> {
        let asked = Asked::of(ctx, "tenants", &(), first, after.as_deref())?;
        let all = shown(ctx, Box::pin(request(ctx)?.kept_tenants()).await)?;
        let total = Total::Known(all.len());
        let row = |one: KeptTenant| (Place::at(one.record.id.0), Tenant::from(one));
        Ok(TenantConnection {
            page: asked.page_of_all(all.into_iter().map(row).collect()),
            total,
        })
    }

    /// Work that fell due and failed again and again (*vastgelopen werk*), what is due longest first, at most 100; for operators.
    /// `retryStuckWork` lets a piece of it be tried at once.
    async fn stuck_work(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<StuckWork>> {
        let stuck = shown(ctx, Box::pin(request(ctx)?.stuck_work()).await)?;
        Ok(stuck.into_iter().map(StuckWork::from).collect())
    }
}
