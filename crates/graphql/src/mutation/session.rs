//! What someone does who is signed in: go on elsewhere, and leave.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use wederhoor_service::{ServiceError, SignOut};

use super::{
    anyone::Session,
    payload::{Answer, answer_known, payload},
};
use crate::{
    id::{Kind, uuid_of},
    request::request,
};

/// The mutations that end sign-ins, and do nothing else.
pub const SIGN_OUT: [&str; 2] = ["signOut", "signOutEverywhere"];

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SwitchTenantInput {
    /// The organisation's name in addresses, one of `viewer.memberships`.
    organisation: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SignOutInput {
    /// One of `viewer.signIns`; the one that asks when left out.
    sign_in_id: Option<ID>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SignOutEverywhereInput {
    /// Whether the sign-in that asks stays as it is.
    #[graphql(default)]
    is_kept_here: bool,
}

/// What was ended (*uitgelogd*).
#[derive(SimpleObject, Clone, Copy, Debug)]
pub(crate) struct SignedOut {
    /// How many sign-ins were ended.
    ended_count: u64,
}

impl From<u64> for SignedOut {
    fn from(ended_count: u64) -> Self {
        Self { ended_count }
    }
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ConfirmIdentityInput {
    /// The password of the viewer, once more.
    password: String,
    /// As for `signIn`, where they have a second factor.
    code: Option<String>,
}

payload!(ConfirmIdentityPayload {
    /// Whether it was confirmed; `null` when it was not.
    is_confirmed: bool
});
payload!(SwitchTenantPayload {
    /// What lets them in there; `null` when nothing does.
    session: Session
});
payload!(SignOutPayload {
    /// What was ended; `null` when nothing was.
    signed_out: SignedOut
});
payload!(SignOutEverywherePayload {
    /// What was ended; `null` when nothing was.
    signed_out: SignedOut
});

#[derive(Default)]
pub(crate) struct SessionMutations;

#[Object]
impl SessionMutations {
    /// Shows once more who the viewer is (*identiteit bevestigen*): for 15 minutes they may do what asks for it, such as
    /// publishing a regulation or changing a member. Fetching tokens anew does not count.
    async fn confirm_identity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the viewer signs in with.")] input: ConfirmIdentityInput,
    ) -> Answer<ConfirmIdentityPayload> {
        answer_known(ctx, async {
            let ConfirmIdentityInput { password, code } = input;
            let request = request(ctx)?;
            let confirmed = Box::pin(request.confirm_identity(&password, code.as_deref())).await;
            ConfirmIdentityPayload::of(ctx, confirmed.map(|()| true))
        })
        .await
    }

    /// Goes on in another organisation of which the viewer is a member (*van organisatie wisselen*): the tokens of this one
    /// let nobody in any more.
    async fn switch_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to go on.")] input: SwitchTenantInput,
    ) -> Answer<SwitchTenantPayload> {
        answer_known(ctx, async {
            let switched = Box::pin(request(ctx)?.switch_tenant(&input.organisation)).await;
            SwitchTenantPayload::of(ctx, switched)
        })
        .await
    }

    /// Ends one sign-in of the viewer, at once (*uitloggen*).
    async fn sign_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: SignOutInput,
    ) -> Answer<SignOutPayload> {
        answer_known(ctx, async {
            let what = match &input.sign_in_id {
                None => Ok(SignOut::Here),
                Some(id) => uuid_of(Kind::SignIn, id)
                    .map(SignOut::There)
                    .ok_or(ServiceError::NotFound),
            };
            let ended = match what {
                Ok(what) => Box::pin(request(ctx)?.sign_out(what)).await,
                Err(error) => Err(error),
            };
            SignOutPayload::of(ctx, ended)
        })
        .await
    }

    /// Ends every sign-in of the viewer, in every organisation, at once (*overal uitloggen*).
    async fn sign_out_everywhere(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether this one too.")] input: SignOutEverywhereInput,
    ) -> Answer<SignOutEverywherePayload> {
        answer_known(ctx, async {
            let what = if input.is_kept_here {
                SignOut::Elsewhere
            } else {
                SignOut::Everywhere
            };
            let ended = Box::pin(request(ctx)?.sign_out(what)).await;
            SignOutEverywherePayload::of(ctx, ended)
        })
        .await
    }
}
