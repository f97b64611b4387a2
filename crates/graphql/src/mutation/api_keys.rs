//! The keys by which programs of an organisation read its statistics.

use async_graphql::{Context, ID, InputObject, Object};
use wederhoor_service::NewApiKey;

use super::payload::{Answer, answer_acting, answer_taking_away, keyed, payload};
use crate::{
    enums::ApiKeyScope,
    id::{Kind, uuid_of},
    object::api_key::{ApiKey, ApiKeySecret},
    request::request,
};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct MakeApiKeyInput {
    /// What the organisation calls it, such as the program that will have it: one line of at most 200 characters.
    name: String,
    /// What it may read; at least one.
    scopes: Vec<ApiKeyScope>,
    /// That you know what `ROWS` grants: whoever has the key reads of each complaint a row of its own, without names and text, with
    /// dates to the day, in which who knows the organisation may sometimes recognise somebody. Asked for with that scope only.
    #[graphql(default)]
    is_rows_acknowledged: bool,
    /// For how many days it is valid, from 1 to 366.
    #[graphql(default = 365)]
    valid_days: i32,
    /// How many requests it may make in a minute; at most as many as the platform allows a person, and 60, or as many, where this
    /// is left out.
    requests_per_minute: Option<i32>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RotateApiKeyInput {
    /// Which key.
    key_id: ID,
    /// For how many days it is valid from now on, from 1 to 366.
    #[graphql(default = 365)]
    valid_days: i32,
    /// For how many hours the secret that it has works beside the new one, from 0 to 168, and never longer than it would have;
    /// 0: it works no more.
    #[graphql(default = 24)]
    overlap_hours: i32,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RevokeApiKeyInput {
    /// Which key.
    key_id: ID,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(MakeApiKeyPayload {
    /// The secret, shown this once, with its key; `null` when nothing was done.
    api_key_secret: ApiKeySecret
});
payload!(RotateApiKeyPayload {
    /// The new secret, shown this once, with its key; `null` when nothing was done.
    api_key_secret: ApiKeySecret
});
payload!(RevokeApiKeyPayload {
    /// The key; `null` when nothing was done.
    api_key: ApiKey
});

#[derive(Default)]
pub(crate) struct ApiKeyMutations;

#[Object]
impl ApiKeyMutations {
    /// Makes an API key of the organisation (*API-sleutel maken*), by which a program reads what its scopes say; for administrators
    /// who showed a moment ago who they are. `meaning` of the key says what that is. Sent again, it makes another.
    async fn make_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: MakeApiKeyInput,
    ) -> Answer<MakeApiKeyPayload> {
        answer_acting(ctx, async {
            let new = NewApiKey {
                name: input.name,
                scopes: input.scopes.into_iter().map(Into::into).collect(),
                is_rows_acknowledged: input.is_rows_acknowledged,
                valid_days: input.valid_days,
                per_minute: input.requests_per_minute,
            };
            let made = Box::pin(request(ctx)?.make_api_key(&new)).await;
            MakeApiKeyPayload::of(ctx, made)
        })
        .await
    }

    /// Gives an API key another secret (*geheim vervangen*), at once, while the one that it had still works for some hours; for
    /// administrators who showed a moment ago who they are. Sent again, it gives another, and the first one still works as long.
    async fn rotate_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key, and for how long.")] input: RotateApiKeyInput,
    ) -> Answer<RotateApiKeyPayload> {
        answer_acting(ctx, async {
            let id = uuid_of(Kind::ApiKey, &input.key_id);
            let (days, hours) = (input.valid_days, input.overlap_hours);
            let rotated = Box::pin(request(ctx)?.rotate_api_key(id, days, hours)).await;
            RotateApiKeyPayload::of(ctx, rotated)
        })
        .await
    }

    /// Takes an API key back, with all its secrets (*API-sleutel intrekken*): from then on nothing is read by it; for
    /// administrators who showed a moment ago who they are. Also while the organisation is on hold.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] input: RevokeApiKeyInput,
    ) -> Answer<RevokeApiKeyPayload> {
        answer_taking_away(ctx, async {
            let request = keyed(ctx, input.idempotency_key)?;
            let id = uuid_of(Kind::ApiKey, &input.key_id);
            let revoked = Box::pin(request.revoke_api_key(id)).await;
            RevokeApiKeyPayload::of(ctx, revoked)
        })
        .await
    }
}
