//! Regulations as data.

pub(crate) mod trial;

use async_graphql::{Context, ID, Object};
use wederhoor_procedure::{PolicyId, actor::Role};
use wederhoor_service::{PolicyVersion, ServiceError};

use self::trial::{DiagramFormat, PolicyDocumentInput, PreviewPolicyInput, Untried};

use crate::{
    connection::{Asked, LIST, Total, rows},
    cursor::Place,
    error::{shown, top_level},
    id::typed,
    object::{
        finding::PolicyCheck,
        policy::{Policy, PolicyConnection},
        preview::PolicyPreview,
    },
    request::request,
};

/// What a search through a regulation costs: more than half of what one document may, so that it asks for one.
const SEARCH: usize = 3_500;

#[derive(Default)]
pub(crate) struct PolicyQueries;

#[Object]
impl PolicyQueries {
    /// Published versions of the organisation's regulation, newest first; for members with a role in it.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<PolicyConnection> {
        let asked = Asked::of(ctx, "policies", &(), first, after.as_deref())?;
        let all = shown(ctx, Box::pin(request(ctx)?.policies()).await)?;
        let total = Total::Known(all.len());
        let row = |version: PolicyVersion| (Place::at(version.id.0), Policy(version));
        Ok(PolicyConnection {
            page: asked.page_of_all(all.into_iter().map(row).collect()),
            total,
        })
    }

    /// A published version by its id; the one in force when it is left out. For members with a role.
    async fn policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id; the version in force when left out.")] id: Option<ID>,
    ) -> async_graphql::Result<Option<Policy>> {
        let all = shown(ctx, Box::pin(request(ctx)?.policies()).await)?;
        let Some(id) = id else {
            return Ok(all.into_iter().next().map(Policy));
        };
        let wanted = typed::<PolicyId>(&id);
        Ok(all
            .into_iter()
            .find(|version| Some(version.id) == wanted)
            .map(Policy))
    }

    /// What is wrong with a regulation, without publishing it: every path that people, silence and time can take
    /// through it is searched. `null` for anyone but administrators.
    #[graphql(complexity = "SEARCH")]
    async fn check_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The regulation.")] document: PolicyDocumentInput,
    ) -> async_graphql::Result<Option<PolicyCheck>> {
        if !may_try(ctx)? {
            return Ok(None);
        }
        match trial::check(ctx, document).await {
            Ok(check) => Ok(Some(check)),
            Err(Untried::Unread(words)) => Ok(Some(PolicyCheck::unread(words))),
            Err(Untried::Failed(error)) => Err(error),
        }
    }

    /// A timeline of a complaint under a regulation, for a date of filing and what happens then; nothing is stored.
    /// `null` for anyone but members with a role.
    #[graphql(complexity = 500)]
    async fn preview_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to try it out on.")] input: PreviewPolicyInput,
    ) -> async_graphql::Result<Option<PolicyPreview>> {
        trial::try_out(ctx, input).await
    }

    /// A regulation as a picture: a state diagram with terms and articles on its arrows; `null` for anyone but members
    /// with a role.
    #[graphql(complexity = 1_000)]
    async fn policy_diagram(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The published version; the one in force when left out.")] id: Option<ID>,
        #[graphql(default, desc = "How it is drawn.")] format: DiagramFormat,
    ) -> async_graphql::Result<Option<String>> {
        trial::diagram(ctx, id.as_ref(), format).await
    }
}

/// Whether the viewer may have a regulation checked, which takes work.
fn may_try(ctx: &Context<'_>) -> async_graphql::Result<bool> {
    let caller = request(ctx)?.caller();
    if caller.is_known() {
        Ok(caller.has(Role::Administrator))
    } else {
        Err(top_level(ctx, &ServiceError::Unauthenticated))
    }
}
