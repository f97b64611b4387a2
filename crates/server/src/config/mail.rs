use axum::http::Uri;
use lettre::message::Mailbox;
use secrecy::SecretString;

use super::reader::Reader;

const SMTP_URL: &str = "WEDERHOOR_SMTP_URL";
const FROM: &str = "WEDERHOOR_MAIL_FROM";

/// How letters go out.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// `None`: letters stay in the outbox.
    pub smtp: Option<SmtpConfig>,
}

/// The mail server, and who letters are from.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// `smtps://user:password@host:port`, or `smtp://…?tls=required`.
    pub url: SecretString,
    /// The sender of letters whose organisation chose none; the envelope has it too. Message-IDs end in its domain.
    pub from: Mailbox,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<MailConfig> {
    let url = reader.optional(SMTP_URL);
    let from = reader.optional(FROM);
    let from = match from.as_deref().map(str::parse::<Mailbox>) {
        Some(Ok(mailbox)) => Some(mailbox),
        Some(Err(_)) => {
            reader.problem(
                FROM,
                "expected an address such as Klachten <klachten@organisatie.example>",
            );
            None
        }
        None => {
            if url.is_some() {
                reader.problem(FROM, format!("is required with {SMTP_URL}"));
            }
            None
        }
    };
    let Some(url) = url else {
        return Some(MailConfig { smtp: None });
    };
    if let Err(what) = check(&url) {
        reader.problem(SMTP_URL, what);
    }
    Some(MailConfig {
        smtp: Some(SmtpConfig {
            url: SecretString::from(url),
            from: from?,
        }),
    })
}

/// A password never goes over the network in clear text.
fn check(url: &str) -> Result<(), &'static str> {
    let uri: Uri = url
        .parse()
        .map_err(|_| "expected smtps://user:password@host:port")?;
    let host = uri
        .host()
        .filter(|host| !host.is_empty())
        .ok_or("names no host")?;
    let is_local = host == "localhost" || host.starts_with("127.") || host == "[::1]";
    let has_password = uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'));
    let is_encrypted = uri
        .query()
        .is_some_and(|query| query.split('&').any(|pair| pair == "tls=required"));
    match uri.scheme_str() {
        Some("smtps") => Ok(()),
        Some("smtp") if is_encrypted || is_local || !has_password => Ok(()),
        Some("smtp") => Err("sends a password in clear text; use smtps:// or add ?tls=required"),
        _ => Err("must begin with smtps:// or smtp://"),
    }
}
