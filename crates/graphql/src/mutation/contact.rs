//! How an organisation is reached.

use async_graphql::{Context, InputObject, Object};
use wederhoor_service::{ContactDetails as Known, InputCode};

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{
    error::text,
    input::Check,
    object::organisation::OrganisationContact,
    scalar::{EmailAddress, PhoneNumber},
};

/// The longest postal address.
const LONGEST: usize = 500;

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SetContactDetailsInput {
    /// The postal address, several lines, at most 500 characters.
    postal_address: Option<String>,
    /// The telephone number.
    telephone: Option<PhoneNumber>,
    /// The mailbox.
    email: Option<EmailAddress>,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

impl SetContactDetailsInput {
    fn checked(self, check: &mut Check) -> Known {
        let postal_address = check.optional_long_text("postalAddress", self.postal_address);
        if postal_address
            .as_ref()
            .is_some_and(|one| one.chars().count() > LONGEST)
        {
            let words = text(
                "Gebruik hoogstens 500 tekens.",
                "Use at most 500 characters.",
            );
            check.fault(InputCode::TooLong, "postalAddress", words);
        }
        Known {
            postal_address,
            telephone: check.optional_phone("telephone", self.telephone.as_ref()),
            email: check.optional_email("email", self.email.as_ref()),
        }
    }
}

payload!(SetContactDetailsPayload {
    /// How the organisation is reached now; `null` when nothing was done.
    contact: OrganisationContact
});

#[derive(Default)]
pub(crate) struct ContactMutations;

#[Object]
impl ContactMutations {
    /// Says how the organisation is reached by who has a complaint (*contactgegevens*), in place of what was said before; for
    /// administrators. Its letters say so from then on.
    async fn set_contact_details(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How the organisation is reached.")] input: SetContactDetailsInput,
    ) -> Answer<SetContactDetailsPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let mut check = Check::default();
            let details = input.checked(&mut check);
            let (details, faults) = check.with_faults(details);
            let request = keyed(ctx, key)?;
            let set = Box::pin(request.set_contact_details(&details, &faults)).await;
            SetContactDetailsPayload::of(ctx, set.map(|()| OrganisationContact::from(details)))
        })
        .await
    }
}
