//! Whose pages may read what concerns an organisation.

use async_graphql::{Context, InputObject, Object};

use super::payload::{Answer, answer_acting, keyed, payload};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct AllowOriginsInput {
    /// The origins, in place of those before, at most 20: as browsers write them, such as `https://www.organisatie.example`.
    origins: Vec<String>,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(AllowOriginsPayload {
    /// The origins as they are listed now; `null` when nothing was done.
    origins: Vec<String>
});

#[derive(Default)]
pub(crate) struct OriginMutations;

#[Object]
impl OriginMutations {
    /// Lets pages of these origins, and no others, read what concerns the organisation (*websites toelaten*, CORS); for
    /// administrators. Every process knows it within a minute.
    async fn allow_origins(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The origins.")] input: AllowOriginsInput,
    ) -> Answer<AllowOriginsPayload> {
        answer_acting(ctx, async {
            let (key, origins) = (input.idempotency_key, input.origins);
            let request = keyed(ctx, key)?;
            let allowed = Box::pin(request.allow_origins(&origins)).await;
            AllowOriginsPayload::of(ctx, allowed.map(|()| origins))
        })
        .await
    }
}
