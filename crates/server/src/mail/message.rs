use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use wederhoor_procedure::is_blank;
use wederhoor_service::in_ascii;

/// A letter, rendered.
#[derive(Debug, Clone, Copy)]
pub struct OutgoingMail<'a> {
    /// Who it is from.
    pub from: SentAs<'a>,
    /// The Message-ID without its angle brackets; the same at each attempt.
    pub message_id: &'a str,
    /// The Message-ID of an earlier letter that this one follows on, without its brackets.
    pub in_reply_to: Option<&'a str>,
    /// The address of the addressee.
    pub to: &'a str,
    /// The name of the addressee.
    pub to_name: Option<&'a str>,
    /// One line.
    pub subject: &'a str,
    /// The body for those who read plain text.
    pub text: &'a str,
    /// The body for those who read HTML.
    pub html: &'a str,
    /// What the letter is dated.
    pub at: DateTime<Utc>,
}

/// Who a letter is from. What of it cannot be written as mail gives way to the operator's own: a letter is never lost by it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SentAs<'a> {
    /// The name beside the address; `None`: the operator's.
    pub name: Option<&'a str>,
    /// The address, on the envelope too; `None`: the operator's.
    pub address: Option<&'a str>,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<&'a str>,
}

impl SentAs<'_> {
    fn or(self, own: &Mailbox) -> Mailbox {
        let is_fit = |name: &&str| !is_blank(name) && !name.chars().any(char::is_control);
        let name = self.name.filter(is_fit).map(str::to_owned);
        let address = self.address.and_then(address);
        Mailbox::new(
            name.or_else(|| own.name.clone()),
            address.unwrap_or_else(|| own.email.clone()),
        )
    }
}

/// Why a letter cannot be made; it never holds what was in it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unsendable {
    /// The address is no address.
    #[error("the address cannot be used")]
    Address,
    /// A header or a body holds a control character.
    #[error("{0} holds a control character")]
    ControlCharacter(&'static str),
    /// The mail library refused the letter.
    #[error("the letter cannot be written as mail")]
    Form,
}

/// The letter as mail, from the operator's `own` address where it says no other.
pub(super) fn build(own: &Mailbox, mail: &OutgoingMail<'_>) -> Result<Message, Unsendable> {
    require_no_control(mail)?;
    let from = mail.from.or(own);
    let answers = mail.from.reply_to.and_then(address);
    let address = address(mail.to).ok_or(Unsendable::Address)?;
    let envelope = Envelope::new(Some(from.email.clone()), vec![address.clone()])
        .map_err(|_| Unsendable::Address)?;
    let to = Mailbox::new(mail.to_name.map(str::to_owned), address);
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(mail.at.into())
        .from(from)
        .to(to)
        .subject(mail.subject)
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .envelope(envelope);
    if let Some(answers) = answers {
        builder = builder.reply_to(Mailbox::new(None, answers));
    }
    if let Some(earlier) = mail.in_reply_to {
        let earlier = format!("<{earlier}>");
        builder = builder.in_reply_to(earlier.clone()).references(earlier);
    }
    builder
        .multipart(MultiPart::alternative_plain_html(
            mail.text.to_owned(),
            mail.html.to_owned(),
        ))
        .map_err(|_| Unsendable::Form)
}

fn address(text: &str) -> Option<Address> {
    in_ascii(text)?.parse().ok()
}

/// What holds a control character could hold another header, or another letter.
fn require_no_control(mail: &OutgoingMail<'_>) -> Result<(), Unsendable> {
    for (name, value) in [
        ("the subject", mail.subject),
        ("the name", mail.to_name.unwrap_or_default()),
        ("the address", mail.to),
        ("the Message-ID", mail.message_id),
        (
            "the earlier Message-ID",
            mail.in_reply_to.unwrap_or_default(),
        ),
    ] {
        if value.chars().any(char::is_control) {
            return Err(Unsendable::ControlCharacter(name));
        }
    }
    for (name, value) in [("the text", mail.text), ("the HTML", mail.html)] {
        if value
            .chars()
            .any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
        {
            return Err(Unsendable::ControlCharacter(name));
        }
    }
    Ok(())
}
