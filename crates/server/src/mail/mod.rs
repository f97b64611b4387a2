//! Letters by SMTP. It sends what it is given, once; when to try again is for others to decide.

mod message;
mod outcome;

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor, message::Mailbox,
    transport::smtp::PoolConfig,
};
use secrecy::ExposeSecret;

pub use message::{OutgoingMail, SentAs, Unsendable};
pub use outcome::Delivery;

use crate::config::SmtpConfig;

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECTIONS: u32 = 4;

/// A connection to the configured mail server.
#[derive(Debug, Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// Prepares a mailer; nothing is connected before the first letter.
    pub fn new(config: &SmtpConfig) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(config.url.expose_secret())?
            .timeout(Some(TIMEOUT))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS))
            .build();
        Ok(Self {
            transport,
            from: config.from.clone(),
        })
    }

    /// Hands one letter to the mail server. A letter that may have been taken, though no answer came, is a temporary
    /// failure: sent again it has the same Message-ID, by which the receiver can tell.
    pub async fn send(&self, mail: &OutgoingMail<'_>) -> Delivery {
        match message::build(&self.from, mail) {
            Ok(message) => outcome::of(self.transport.send(message).await),
            Err(unsendable) => Delivery::PermanentFailure(unsendable.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
