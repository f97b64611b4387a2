use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

/// A letter, rendered.
#[derive(Debug, Clone, Copy)]
pub struct OutgoingMail<'a> {
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

pub(super) fn build(from: &Mailbox, mail: &OutgoingMail<'_>) -> Result<Message, Unsendable> {
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
    let address: Address = mail.to.parse().map_err(|_| Unsendable::Address)?;
    let envelope = Envelope::new(Some(from.email.clone()), vec![address.clone()])
        .map_err(|_| Unsendable::Address)?;
    let to = Mailbox::new(mail.to_name.map(str::to_owned), address);
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(mail.at.into())
        .from(from.clone())
        .to(to)
        .subject(mail.subject)
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .envelope(envelope);
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
