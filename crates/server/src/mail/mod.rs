//! Letters by SMTP. It sends what it is given, once; when to try again is for others to decide.

mod check;
mod conversation;
mod message;
mod trouble;

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

pub use check::{check, reach};
use conversation::{Conversation, Pace};
pub use message::{OutgoingMail, SentAs, Unsendable};
pub use trouble::Trouble;

use crate::config::SmtpConfig;

/// How many conversations are kept for the next letters.
const KEPT: usize = 4;

/// The configured mail server, and the conversations with it that can be gone on with.
#[derive(Clone)]
pub struct Mailer {
    config: SmtpConfig,
    kept: Arc<Mutex<Vec<Conversation>>>,
}

/// What became of a letter that was offered to the mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The mail server took it.
    Accepted,
    /// Not this time, with this answer; or it heard the letter and gave none, and may have taken it.
    Postponed(Option<u16>),
    /// It will never be taken.
    Refused(u16),
    /// It cannot be written as mail, or not for this mail server.
    Unsendable,
    /// The mail server takes nothing from this sender: that is nothing of the letter.
    Barred(u16),
    /// The server fell silent before it said what it thinks of the letter, or of who it is for.
    Unheard(Trouble),
    /// The server heard nothing of the letter.
    Unavailable(Trouble),
}

impl Mailer {
    /// Prepares a mailer; nothing is connected before the first letter.
    pub fn new(config: &SmtpConfig) -> Self {
        Self {
            config: config.clone(),
            kept: Arc::default(),
        }
    }

    /// Hands one letter to the mail server. A letter that may have been taken, though no answer came, counts as postponed:
    /// sent again it has the same Message-ID, by which the receiver can tell.
    pub async fn send(&self, mail: &OutgoingMail<'_>) -> Delivery {
        let Ok(letter) = message::build(&self.config.from, mail) else {
            return Delivery::Unsendable;
        };
        let pace = Pace::of(self.config.patience);
        let conversation = match Box::pin(self.gone_on_with(pace)).await {
            Some(conversation) => conversation,
            None => match Box::pin(Conversation::begin(&self.config.server, pace)).await {
                Ok(begun) => begun,
                Err(trouble) => return Delivery::Unavailable(trouble),
            },
        };
        let (delivery, kept) = Box::pin(conversation.offer(&letter, pace)).await;
        if let Some(conversation) = kept {
            let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() < KEPT {
                all.push(conversation);
            }
        }
        delivery
    }

    /// A conversation that was kept, in which the server still listens.
    async fn gone_on_with(&self, pace: Pace) -> Option<Conversation> {
        loop {
            let kept = {
                let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
                all.pop()
            };
            let mut conversation = kept?;
            if conversation.is_alive(pace).await {
                return Some(conversation);
            }
        }
    }
}

impl fmt::Debug for Mailer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = &self.config.server;
        formatter.debug_tuple("Mailer").field(server).finish()
    }
}

#[cfg(test)]
mod tests;
