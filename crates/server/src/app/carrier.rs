//! What carries letters: a mail server, nothing at all in the demo, or nobody yet.

use uuid::Uuid;
use wederhoor_service::{Carried, Carrier, OutgoingLetter};

use crate::{
    clock::real_now,
    mail::{Delivery, Mailer, OutgoingMail, SentAs},
};

/// What carries letters.
#[derive(Debug)]
pub enum Post {
    /// A mail server, and the domain that `Message-ID`s end in.
    Smtp(Box<Mailer>, String),
    /// The demo: every letter counts as taken, and none leaves the machine.
    Nowhere,
    /// No mail server is configured: letters wait.
    Waiting,
}

impl Carrier for Post {
    fn is_open(&self) -> bool {
        !matches!(self, Self::Waiting)
    }

    async fn carry(&self, letter: OutgoingLetter) -> Carried {
        match self {
            Self::Nowhere => Carried::Accepted,
            Self::Waiting => Carried::Down("no mail server is configured".to_owned()),
            Self::Smtp(mailer, domain) => send(mailer, domain, &letter).await,
        }
    }
}

async fn send(mailer: &Mailer, domain: &str, letter: &OutgoingLetter) -> Carried {
    let message_id = id_at(letter.id, domain);
    let thread = letter.thread.map(|thread| id_at(thread, domain));
    let mail = OutgoingMail {
        from: SentAs {
            name: Some(&letter.sender.name),
            address: letter.sender.address.as_deref(),
            reply_to: letter.sender.reply_to.as_deref(),
        },
        message_id: &message_id,
        in_reply_to: thread.as_deref(),
        to: &letter.to,
        to_name: None,
        subject: &letter.subject,
        text: &letter.text,
        html: &letter.html,
        at: real_now(),
    };
    match mailer.send(&mail).await {
        Delivery::Accepted => Carried::Accepted,
        Delivery::Postponed(Some(code)) => Carried::Later(answered(code)),
        Delivery::Postponed(None) => {
            Carried::Later("the mail server heard it and did not answer".to_owned())
        }
        Delivery::Refused(code) => Carried::Never(answered(code)),
        Delivery::Unsendable => Carried::Never("it cannot be written as mail".to_owned()),
        Delivery::Barred(code) => Carried::Barred {
            why: answered(code),
            is_final: code >= 500,
        },
        Delivery::Unheard(trouble) => Carried::Unheard(trouble.to_string()),
        Delivery::Unavailable(trouble) => Carried::Down(trouble.to_string()),
    }
}

fn answered(code: u16) -> String {
    format!("the mail server answered {code}")
}

fn id_at(id: Uuid, domain: &str) -> String {
    format!("{id}@{domain}")
}
