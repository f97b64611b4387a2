//! Publishing a regulation.

use async_graphql::{Context, InputObject, Object};
use wederhoor_service::{PolicySource, Published};

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{object::policy::Policy, query::policies::trial::PolicyDocumentInput};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct PublishPolicyInput {
    /// The regulation.
    document: PolicyDocumentInput,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(PublishPolicyPayload {
    /// The new version; `null` when nothing was published.
    policy: Policy
});

impl From<Published> for Policy {
    fn from(published: Published) -> Self {
        Self(published.version)
    }
}

#[derive(Default)]
pub(crate) struct PolicyMutations;

#[Object]
impl PolicyMutations {
    /// Publishes a version of the organisation's regulation (*regeling publiceren*); for administrators. It governs what
    /// is received from now on; a regulation that can strand a complaint is refused.
    async fn publish_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The regulation.")] input: PublishPolicyInput,
    ) -> Answer<PublishPolicyPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let source: PolicySource = input.document.into();
            PublishPolicyPayload::of(
                ctx,
                Box::pin(keyed(ctx, key)?.publish_policy(&source)).await,
            )
        })
        .await
    }
}
