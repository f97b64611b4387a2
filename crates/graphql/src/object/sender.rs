//! Who the letters of an organisation are from.

use async_graphql::SimpleObject;
use wederhoor_service::SeenSender;

use crate::scalar::EmailAddress;

/// Who the letters of an organisation are from (*afzender*), as its administrators see it.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct MailSender {
    /// The name beside the address: that of the organisation where none was chosen.
    name: String,
    /// The address that was chosen; `null`: letters are from the operator's own.
    address: Option<EmailAddress>,
    /// Whether the operator still allows that address; letters are else from the operator's own until it does, or another is
    /// chosen.
    is_address_allowed: bool,
    /// Where answers go; `null`: to the address that letters are from.
    reply_to: Option<EmailAddress>,
    /// Whether the operator still allows that; letters else say nothing of where answers go.
    is_reply_to_allowed: bool,
    /// What the operator allows: addresses, and domains of which every address may be chosen.
    allowed_senders: Vec<String>,
}

impl From<SeenSender> for MailSender {
    fn from(seen: SeenSender) -> Self {
        Self {
            name: seen.name,
            address: seen.chosen.address.map(EmailAddress),
            is_address_allowed: seen.is_address_allowed,
            reply_to: seen.chosen.reply_to.map(EmailAddress),
            is_reply_to_allowed: seen.is_reply_to_allowed,
            allowed_senders: seen.allowed,
        }
    }
}
