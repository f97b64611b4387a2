//! The second factor: what someone sets up for themselves, and what an organisation asks of all who work for it.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::{ExposeSecret, SecretString};
use wederhoor_service::Enrolment;

use super::payload::{Answer, answer_acting, answer_known, keyed, payload};
use crate::request::request;

/// A second factor (*tweede factor*) that somebody begins with: shown once, and kept nowhere where it can be read.
#[derive(SimpleObject, Clone)]
pub(crate) struct SecondFactor {
    /// What an app that makes codes reads, as a picture or a link: `otpauth://totp/…`.
    uri: String,
    /// The secret in it, for who types: base 32.
    secret: String,
}

impl From<Enrolment> for SecondFactor {
    fn from(begun: Enrolment) -> Self {
        Self {
            uri: begun.uri.expose_secret().to_owned(),
            secret: begun.secret.expose_secret().to_owned(),
        }
    }
}

/// The codes by which somebody signs in who lost their second factor (*herstelcodes*), each once. They are shown once.
#[derive(SimpleObject, Clone)]
pub(crate) struct RecoveryCodes {
    /// Ten codes, in four groups of four.
    codes: Vec<String>,
}

impl From<Vec<SecretString>> for RecoveryCodes {
    fn from(codes: Vec<SecretString>) -> Self {
        let shown = codes.iter().map(|code| code.expose_secret().to_owned());
        Self {
            codes: shown.collect(),
        }
    }
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct StartSecondFactorInput {
    /// The password of the viewer, once more.
    password: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ConfirmSecondFactorInput {
    /// The six digits that the app shows.
    code: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RemoveSecondFactorInput {
    /// The password of the viewer, once more; it stands alone afterwards, so it has at least 15 characters.
    password: String,
    /// The six digits that the app shows, or a recovery code.
    code: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SetSecondFactorRequiredInput {
    /// Whether everybody with a role in the organisation needs one.
    is_required: bool,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(StartSecondFactorPayload {
    /// What the app takes; `null` when nothing was done.
    second_factor: SecondFactor
});
payload!(ConfirmSecondFactorPayload {
    /// The codes for who loses the factor; `null` when nothing was done.
    recovery_codes: RecoveryCodes
});
payload!(RemoveSecondFactorPayload {
    /// Whether it is gone; `null` when nothing was done.
    is_removed: bool
});
payload!(SetSecondFactorRequiredPayload {
    /// Whether it is required now; `null` when nothing was done.
    is_required: bool
});

#[derive(Default)]
pub(crate) struct SecondFactorMutations;

#[Object]
impl SecondFactorMutations {
    /// Begins with a second factor (*tweestapsverificatie instellen*): an app makes codes from what is shown here. It counts
    /// once `confirmSecondFactor` was given a code, within an hour.
    async fn start_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.")] input: StartSecondFactorInput,
    ) -> Answer<StartSecondFactorPayload> {
        answer_known(ctx, async {
            let started = Box::pin(request(ctx)?.start_second_factor(&input.password)).await;
            StartSecondFactorPayload::of(ctx, started)
        })
        .await
    }

    /// Makes the second factor count (*tweestapsverificatie bevestigen*): from now on `signIn` asks for a code. Every other
    /// sign-in of the viewer ends.
    async fn confirm_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first code.")] input: ConfirmSecondFactorInput,
    ) -> Answer<ConfirmSecondFactorPayload> {
        answer_known(ctx, async {
            let confirmed = Box::pin(request(ctx)?.confirm_second_factor(&input.code)).await;
            ConfirmSecondFactorPayload::of(ctx, confirmed)
        })
        .await
    }

    /// Takes the second factor of the viewer away (*tweestapsverificatie uitzetten*).
    async fn remove_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password and a code.")] input: RemoveSecondFactorInput,
    ) -> Answer<RemoveSecondFactorPayload> {
        answer_known(ctx, async {
            let RemoveSecondFactorInput { password, code } = input;
            let removed = Box::pin(request(ctx)?.remove_second_factor(&password, &code)).await;
            RemoveSecondFactorPayload::of(ctx, removed.map(|()| true))
        })
        .await
    }

    /// Says whether everybody with a role in the organisation needs a second factor (*tweestapsverificatie verplichten*); for
    /// administrators. Who has none may do nothing there then but set one up; parties without a role are not asked.
    async fn set_second_factor_required(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether it is required.")] input: SetSecondFactorRequiredInput,
    ) -> Answer<SetSecondFactorRequiredPayload> {
        answer_acting(ctx, async {
            let (key, is_required) = (input.idempotency_key, input.is_required);
            let request = keyed(ctx, key)?;
            let set = Box::pin(request.set_second_factor_required(is_required)).await;
            SetSecondFactorRequiredPayload::of(ctx, set.map(|()| is_required))
        })
        .await
    }
}
