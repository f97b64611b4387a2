//! What anyone does who forgot their password.

use async_graphql::{Context, InputObject, Object};

use super::payload::{Answer, answer, payload};
use crate::{input::Check, request::request, scalar::EmailAddress};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RequestPasswordResetInput {
    /// The organisation's name in addresses, in whose name the letter goes out.
    organisation: String,
    /// The address of the account.
    email: EmailAddress,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ResetPasswordInput {
    /// The token of the link: what stands after `#`.
    token: String,
    /// The new password, of at least 15 characters; beside a second factor, of at least 8.
    password: String,
}

payload!(RequestPasswordResetPayload {
    /// Whether the request was taken; the answer is the same whatever is known.
    is_accepted: bool
});
payload!(ResetPasswordPayload {
    /// Whether the password was replaced; `null` when nothing was done.
    is_reset: bool
});

#[derive(Default)]
pub(crate) struct PasswordMutations;

#[Object]
impl PasswordMutations {
    /// Sends who forgot their password a link to choose another (*wachtwoord vergeten*), to the address of the account only,
    /// and one in five minutes at most.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and who asks.")] input: RequestPasswordResetInput,
    ) -> Answer<RequestPasswordResetPayload> {
        answer(async {
            let mut check = Check::default();
            let email = check.email("email", &input.email);
            let sent = match check.finish(()) {
                Ok(()) => {
                    let request = request(ctx)?;
                    Box::pin(request.request_password_reset(&input.organisation, &email)).await
                }
                Err(error) => Err(error),
            };
            RequestPasswordResetPayload::of(ctx, sent.map(|()| true))
        })
        .await
    }

    /// Puts a new password in the place of a forgotten one (*nieuw wachtwoord kiezen*), and ends every sign-in of the account.
    /// A link works once, for an hour; only a person's click may do this. Whoever did it signs in with the
    /// new password, and a code where they have a second factor.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the link, and a password.")] input: ResetPasswordInput,
    ) -> Answer<ResetPasswordPayload> {
        answer(async {
            let ResetPasswordInput { token, password } = input;
            let reset = Box::pin(request(ctx)?.reset_password(&token, &password)).await;
            ResetPasswordPayload::of(ctx, reset.map(|()| true))
        })
        .await
    }
}
