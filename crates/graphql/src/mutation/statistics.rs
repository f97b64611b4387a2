//! How small a number figures tell.

use async_graphql::{Context, InputObject, Object};

use super::payload::{Answer, answer_acting, keyed, payload};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SetSuppressionThresholdInput {
    /// The smallest number, from 5 to 100.
    smallest_count: i32,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(SetSuppressionThresholdPayload {
    /// The smallest number as it is now; `null` when nothing was done.
    smallest_count: u64
});

#[derive(Default)]
pub(crate) struct StatisticsMutations;

#[Object]
impl StatisticsMutations {
    /// Chooses of how many complaints figures tell at least (*kleinste getal*): of fewer nothing is told, by any way of reading
    /// them; for administrators. What was read before stays with who read it.
    async fn set_suppression_threshold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The smallest number.")] input: SetSuppressionThresholdInput,
    ) -> Answer<SetSuppressionThresholdPayload> {
        answer_acting(ctx, async {
            let (key, smallest) = (input.idempotency_key, input.smallest_count);
            let request = keyed(ctx, key)?;
            let set = Box::pin(request.set_suppression_threshold(smallest)).await;
            SetSuppressionThresholdPayload::of(ctx, set)
        })
        .await
    }
}
