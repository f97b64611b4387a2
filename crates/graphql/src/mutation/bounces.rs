//! The key by which a mail system says which letters came back.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::{ExposeSecret, SecretString};

use super::payload::{Answer, answer_acting, answer_taking_away, keyed, payload};
use crate::request::request;

/// A bounce key (*sleutel voor onbestelbare e-mail*) that somebody has just made: shown once, and kept nowhere where it can be
/// read.
#[derive(SimpleObject, Clone)]
pub(crate) struct BounceKey {
    /// The key, for `Authorization: Bearer …` at `POST /bounces`. Whoever has it can say of letters of the organisation that they
    /// came back, and read nothing.
    key: String,
}

impl From<SecretString> for BounceKey {
    fn from(key: SecretString) -> Self {
        Self {
            key: key.expose_secret().to_owned(),
        }
    }
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct MakeBounceKeyInput {
    /// Whether one that the organisation has is replaced, so that it does not work any more; else having one is refused.
    #[graphql(default = true)]
    is_replacing: bool,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RevokeBounceKeyInput {
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(MakeBounceKeyPayload {
    /// The key, shown this once; `null` when nothing was done.
    bounce_key: BounceKey
});
payload!(RevokeBounceKeyPayload {
    /// Whether it was taken back; `null` when nothing was done.
    is_revoked: bool
});

#[derive(Default)]
pub(crate) struct BounceMutations;

#[Object]
impl BounceMutations {
    /// Makes the bounce key of the organisation (*sleutel maken*): by it the mail system says at `POST /bounces` which letters came
    /// back; for administrators who showed a moment ago who they are. Sent again, it makes another.
    async fn make_bounce_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether it takes the place of another.")] input: MakeBounceKeyInput,
    ) -> Answer<MakeBounceKeyPayload> {
        answer_acting(ctx, async {
            let request = request(ctx)?;
            let made = Box::pin(request.make_bounce_key(input.is_replacing)).await;
            MakeBounceKeyPayload::of(ctx, made)
        })
        .await
    }

    /// Takes the bounce key of the organisation back (*sleutel intrekken*): from then on nobody says anything by it; for
    /// administrators who showed a moment ago who they are. Also while the organisation is on hold.
    async fn revoke_bounce_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Nothing that must be said.")] input: RevokeBounceKeyInput,
    ) -> Answer<RevokeBounceKeyPayload> {
        answer_taking_away(ctx, async {
            let request = keyed(ctx, input.idempotency_key)?;
            let revoked = Box::pin(request.revoke_bounce_key()).await;
            RevokeBounceKeyPayload::of(ctx, revoked.map(|()| true))
        })
        .await
    }
}
