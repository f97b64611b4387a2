//! Whether letters can go out, and which setting is wrong when they cannot: in words for who runs the server.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    Delivery, Mailer, OutgoingMail, SentAs, Trouble,
    conversation::{Conversation, Pace},
};
use crate::config::SmtpConfig;

const SUBJECT: &str = "Proefbrief van wederhoor / Test letter of wederhoor";
const TEXT: &str = "Deze proefbrief laat zien dat uw server brieven kan versturen. U hoeft niets te doen.\n\n\
    This test letter shows that your server can send letters. There is nothing for you to do.\n";
const HTML: &str = "<!doctype html><html lang=\"nl\"><body><p>Deze proefbrief laat zien dat uw server brieven kan versturen. \
    U hoeft niets te doen.</p><p lang=\"en\">This test letter shows that your server can send letters. There is nothing for you \
    to do.</p></body></html>";

/// Sends one letter to an address, under this id: what happened.
///
/// # Errors
/// What happened, and which setting to look at.
pub async fn check(
    config: &SmtpConfig,
    to: &str,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<String, String> {
    let message_id = format!("{id}@{}", config.from.email.domain());
    let letter = OutgoingMail {
        from: SentAs::default(),
        message_id: &message_id,
        in_reply_to: None,
        to,
        to_name: None,
        subject: SUBJECT,
        text: TEXT,
        html: HTML,
        at,
    };
    let delivery = Mailer::new(config).send(&letter).await;
    let (place, from) = (config.server.place(), &config.from.email);
    match delivery {
        Delivery::Accepted => Ok(format!(
            "{place} took a test letter from {from} to {to}. Look whether it arrives, and not among the spam."
        )),
        Delivery::Unsendable => Err(format!(
            "{to} is no address to which {place} takes letters: look at the address"
        )),
        Delivery::Barred(code) => Err(format!(
            "{place} takes no letters from {from}, and answered {code}: look at WEDERHOOR_MAIL_FROM, and at what this login may \
             send as"
        )),
        Delivery::Refused(code) => Err(format!(
            "{place} takes no letter from {from} to {to}, and answered {code}: look at the address, and at whether this login \
             may send to other domains"
        )),
        Delivery::Postponed(Some(code)) => Err(format!(
            "{place} does not take the letter now, and answered {code}: try again in a few minutes"
        )),
        Delivery::Postponed(None) => Err(format!(
            "{place} heard the letter and did not answer: look whether it arrives, and try again"
        )),
        Delivery::Unheard(trouble) => Err(format!(
            "{place} knew who the letter is from and to, and then: {trouble}; try again in a few minutes"
        )),
        Delivery::Unavailable(trouble) => Err(format!("{place}: {}", what_to_mend(&trouble))),
    }
}

/// Connects, encrypts and signs in, and says nothing more: that the mail server can be reached.
///
/// # Errors
/// What happened, and which setting to look at.
pub async fn reach(config: &SmtpConfig) -> Result<String, (String, &'static str)> {
    let place = config.server.place();
    match Conversation::begin(&config.server, Pace::of(config.patience)).await {
        Ok(_) => Ok(format!("{place} lets the program in")),
        Err(trouble) => Err((format!("{place}: {trouble}"), where_to_look(&trouble))),
    }
}

fn what_to_mend(trouble: &Trouble) -> String {
    format!("{trouble}: {}", where_to_look(trouble))
}

fn where_to_look(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Connection(_) => {
            "look at the host and the port in WEDERHOOR_SMTP_URL, and at what is between you and them"
        }
        Trouble::Tls(_) => {
            "look at the host in WEDERHOOR_SMTP_URL, which must be the name in the server's certificate; smtps:// is for a \
             port that is encrypted from the start (465), smtp://…?tls=required for one that is so later (587); and where you \
             run the mail server yourself, name the certificate that signed its own in WEDERHOOR_SMTP_CA_FILE"
        }
        Trouble::Login(_) => {
            "look at the user and the password in WEDERHOOR_SMTP_URL, in which special characters are written as in %40 for @"
        }
        Trouble::NoLogin => {
            "leave user and password out of WEDERHOOR_SMTP_URL, or add ?tls=required if it asks for encryption first"
        }
        Trouble::Silence => {
            "look at the port in WEDERHOOR_SMTP_URL: smtps:// is for one that is encrypted from the start (465), smtp:// for one \
             that is not (587)"
        }
        Trouble::BrokenOff => {
            "look whether a mail server listens at the port in WEDERHOOR_SMTP_URL"
        }
        Trouble::Refused(_) => "try again later, or ask who keeps the mail server",
    }
}
