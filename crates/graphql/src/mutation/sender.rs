//! Who the letters of an organisation are from.

use async_graphql::{Context, InputObject, Object};
use wederhoor_service::ChosenSender;

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{input::Check, object::sender::MailSender, scalar::EmailAddress};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SetMailSenderInput {
    /// The name beside the address, at most 200 characters; left out: that of the organisation.
    name: Option<String>,
    /// The address; left out: the operator's own.
    address: Option<EmailAddress>,
    /// Where answers go; left out: to the address that letters are from.
    reply_to: Option<EmailAddress>,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(SetMailSenderPayload {
    /// Who letters are from now; `null` when nothing was done.
    mail_sender: MailSender
});

#[derive(Default)]
pub(crate) struct SenderMutations;

#[Object]
impl SenderMutations {
    /// Says who the letters of the organisation are from (*afzender kiezen*), in place of what was said before, within what
    /// `mailSender.allowedSenders` lists; for administrators.
    async fn set_mail_sender(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who letters are from.")] input: SetMailSenderInput,
    ) -> Answer<SetMailSenderPayload> {
        answer_acting(ctx, async {
            let mut check = Check::default();
            let name = input.name.map(|name| name.trim().to_owned());
            let chosen = ChosenSender {
                name: name.filter(|name| !name.is_empty()),
                address: check.optional_email("address", input.address.as_ref()),
                reply_to: check.optional_email("replyTo", input.reply_to.as_ref()),
            };
            let (chosen, faults) = check.with_faults(chosen);
            let request = keyed(ctx, input.idempotency_key)?;
            let set = Box::pin(request.set_mail_sender(&chosen, &faults)).await;
            SetMailSenderPayload::of(ctx, set.map(MailSender::from))
        })
        .await
    }
}
