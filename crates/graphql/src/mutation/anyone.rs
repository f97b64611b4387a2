//! What anyone does: come in.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::ExposeSecret;
use wederhoor_service::{Proof, ServiceError, Tokens};

use super::payload::{Answer, answer, payload};
use crate::{
    input::Check,
    object::proof::ProofInput,
    request::request,
    scalar::{EmailAddress, Instant},
};

/// What lets someone in.
#[derive(SimpleObject, Clone)]
pub(crate) struct Session {
    /// A short-lived token, for the header `Authorization: Bearer …`.
    access_token: String,
    /// When the access token ends.
    expires_at: Instant,
    /// What fetches the next tokens by `refreshSession`, once; `null` for an access link, which is renewed by letter, and for
    /// an operator, who signs in again after an hour.
    refresh_token: Option<String>,
}

impl From<Tokens> for Session {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access.expose_secret().to_owned(),
            expires_at: Instant(tokens.expires_at),
            refresh_token: tokens.refresh.map(|token| token.expose_secret().to_owned()),
        }
    }
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SignInInput {
    /// The address of the account.
    email: EmailAddress,
    /// The password.
    password: String,
    /// For who has a second factor: the six digits of now, or a recovery code. Left out where there is one, nothing but the
    /// code `SECOND_FACTOR_REQUIRED` asks for it.
    code: Option<String>,
    /// The organisation's name in addresses; may be left out by who is a member of one only, and is by an operator of the
    /// platform, who is a member of none.
    organisation: Option<String>,
    /// The answer to `signInChallenge`, asked for by the code `PROOF_REQUIRED`: while somebody tries the password of the
    /// account, whoever knows it is let in all the same.
    proof: Option<ProofInput>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RefreshSessionInput {
    /// The refresh token, which is used up by it.
    refresh_token: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RequestAccessLinkInput {
    /// The organisation's name in addresses.
    organisation: String,
    /// What people quote of the complaint (*kenmerk*).
    reference: String,
    /// The address that the organisation knows of the party.
    email: EmailAddress,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RedeemAccessLinkInput {
    /// The token of the link: what stands after `#`.
    token: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct AcceptInvitationInput {
    /// The organisation's name in addresses: what stands after `#`, before the point.
    organisation: String,
    /// The token of the invitation: what stands after the point.
    token: String,
    /// The password: a new one of at least 15 characters, or that of the account which the invited address has.
    password: String,
    /// As for `signIn`, where that account has a second factor.
    code: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct AcceptOperatorInvitationInput {
    /// The token of the invitation: what stands after `#`.
    token: String,
    /// The password: a new one of at least 15 characters, or that of the account which the invited address has.
    password: String,
    /// As for `signIn`, where that account has a second factor.
    code: Option<String>,
}

payload!(SignInPayload {
    /// What lets them in; `null` when nothing does.
    session: Session
});
payload!(RefreshSessionPayload {
    /// The next tokens; `null` when there are none.
    session: Session
});
payload!(RequestAccessLinkPayload {
    /// Whether the request was taken; the answer is the same whatever is known.
    is_accepted: bool
});
payload!(RedeemAccessLinkPayload {
    /// What lets them in; `null` when nothing does.
    session: Session
});
payload!(AcceptInvitationPayload {
    /// What lets them in; `null` when nothing does.
    session: Session
});
payload!(AcceptOperatorInvitationPayload {
    /// What lets them in; `null` when nothing does.
    session: Session
});

#[derive(Default)]
pub(crate) struct AnyoneMutations;

#[Object]
impl AnyoneMutations {
    /// Signs in to one organisation, or as an operator of the platform (*inloggen*).
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and to which organisation.")] input: SignInInput,
    ) -> Answer<SignInPayload> {
        answer(async {
            let (email, slug, code) = (input.email.0, input.organisation, input.code);
            if input.password.len() > 4_000 || email.len() > 254 {
                return SignInPayload::of(ctx, Err::<Tokens, _>(ServiceError::SignInFailed));
            }
            let (slug, code) = (slug.as_deref(), code.as_deref());
            let proof = input.proof.map(Proof::from);
            let signed_in =
                request(ctx)?.sign_in(&email, &input.password, slug, code, proof.as_ref());
            SignInPayload::of(ctx, Box::pin(signed_in).await)
        })
        .await
    }

    /// Fetches the next tokens (*sessie verlengen*). A refresh token that is used twice ends the session.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token.")] input: RefreshSessionInput,
    ) -> Answer<RefreshSessionPayload> {
        answer(async {
            let refreshed = Box::pin(request(ctx)?.refresh_session(&input.refresh_token)).await;
            RefreshSessionPayload::of(ctx, refreshed.map_err(let_in))
        })
        .await
    }

    /// Sends a party without a login a new way in (*toegangslink aanvragen*), to the address on file only.
    async fn request_access_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which complaint, and who asks.")] input: RequestAccessLinkInput,
    ) -> Answer<RequestAccessLinkPayload> {
        answer(async {
            let mut check = Check::default();
            let reference = check.line("reference", &input.reference);
            let email = check.email("email", &input.email);
            let sent = match check.finish(()) {
                Ok(()) => {
                    Box::pin(request(ctx)?.request_access_link(
                        &input.organisation,
                        &reference,
                        &email,
                    ))
                    .await
                }
                Err(error) => Err(error),
            };
            RequestAccessLinkPayload::of(ctx, sent.map(|()| true))
        })
        .await
    }

    /// Lets a party without a login in to one complaint (*toegangslink gebruiken*). A link works once; only a person's
    /// click may do this.
    async fn redeem_access_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the link.")] input: RedeemAccessLinkInput,
    ) -> Answer<RedeemAccessLinkPayload> {
        answer(async {
            let redeemed = Box::pin(request(ctx)?.redeem_access_link(&input.token)).await;
            RedeemAccessLinkPayload::of(ctx, redeemed.map_err(let_in))
        })
        .await
    }

    /// Takes up an invitation to become a member (*uitnodiging aannemen*), and signs in.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation, and a password.")] input: AcceptInvitationInput,
    ) -> Answer<AcceptInvitationPayload> {
        answer(async {
            let AcceptInvitationInput {
                organisation,
                token,
                password,
                code,
            } = input;
            let code = code.as_deref();
            let accepted = request(ctx)?.accept_invitation(&organisation, &token, &password, code);
            AcceptInvitationPayload::of(ctx, Box::pin(accepted).await.map_err(let_in))
        })
        .await
    }

    /// Takes up an invitation to be an operator of the platform (*platformbeheerder worden*), and signs in. They do nothing
    /// before they have set up a second factor.
    async fn accept_operator_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation, and a password.")] input: AcceptOperatorInvitationInput,
    ) -> Answer<AcceptOperatorInvitationPayload> {
        answer(async {
            let AcceptOperatorInvitationInput {
                token,
                password,
                code,
            } = input;
            let request = request(ctx)?;
            let accepted = request.accept_operator_invitation(&token, &password, code.as_deref());
            AcceptOperatorInvitationPayload::of(ctx, Box::pin(accepted).await.map_err(let_in))
        })
        .await
    }
}

/// Whatever is wrong with a token that lets someone in, the answer is the same.
fn let_in(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Unauthenticated | ServiceError::NotFound => ServiceError::SignInFailed,
        other => other,
    }
}
