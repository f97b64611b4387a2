//! What anyone may ask.

use async_graphql::{Context, ID, Object};

use crate::{
    connection::LARGEST_PAGE,
    error::{bad_request, shown},
    object::{
        node::{self, Node},
        organisation::Organisation,
        proof::ProofChallenge,
        viewer::Viewer,
    },
    request::request,
};

#[derive(Default)]
pub(crate) struct PublicQueries;

#[Object]
impl PublicQueries {
    /// Who asks; `null` for someone unknown.
    #[expect(clippy::unused_async, reason = "the library's macro asks for it")]
    async fn viewer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Viewer>> {
        Ok(Viewer::of(request(ctx)?.caller()))
    }

    /// An organisation by its name in addresses, as anyone may see it; `null` when there is none.
    #[graphql(complexity = "2_000 + child_complexity")]
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its name in addresses, such as `abc`.")] slug: String,
    ) -> async_graphql::Result<Option<Organisation>> {
        if slug.len() > 40 {
            return Ok(None);
        }
        let found = shown(ctx, Box::pin(request(ctx)?.organisation(&slug)).await)?;
        Ok(found.map(Organisation))
    }

    /// What a computer works out before a sign-in that is refused with `PROOF_REQUIRED`, for `proof` in its input; another one
    /// each time. `null` where it is never asked.
    #[expect(clippy::unused_async, reason = "the library's macro asks for it")]
    async fn sign_in_challenge(
        &self,
        ctx: &Context<'_>,
    ) -> async_graphql::Result<Option<ProofChallenge>> {
        let challenge = request(ctx)?.sign_in_challenge();
        Ok(challenge.map(ProofChallenge::from))
    }

    /// Whatever has this id; `null` for what is hidden or absent.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id of any object.")] id: ID,
    ) -> async_graphql::Result<Option<Node>> {
        node::find_one(ctx, id).await
    }

    /// Whatever has these ids, in their order; `null` for each that is hidden or absent.
    #[graphql(complexity = "ids.len() * child_complexity")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids of any objects, at most 100.")] ids: Vec<ID>,
    ) -> async_graphql::Result<Vec<Option<Node>>> {
        if ids.len() > usize::try_from(LARGEST_PAGE)? {
            return Err(bad_request(
                ctx,
                "Vraag om hoogstens 100 objecten.",
                "Ask for at most 100 objects.",
            ));
        }
        node::find(ctx, &ids).await
    }
}
