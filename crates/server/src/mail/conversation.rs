//! What is said to the mail server, and what its answers mean. Each answer is waited for by itself, so that it is known
//! what the server had heard when it fell silent.

use std::time::Duration;

use lettre::{
    Message,
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::DEFAULT_MECHANISMS,
        client::{AsyncSmtpConnection, Tls},
        commands::{Data, Mail, Noop, Rcpt, Rset},
        extension::{Extension, MailBodyParameter, MailParameter},
        response::{Response, Severity},
    },
};
use tokio::time::{Instant, timeout_at};

use super::{
    Delivery,
    trouble::{LOGIN_CODES, Trouble},
};
use crate::config::SmtpServer;

/// Service not available: the server closes the connection.
const CLOSING: u16 = 421;

/// How long is waited: for each answer, and for all of one letter.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    patience: Duration,
    until: Instant,
}

/// Why there is no answer that says yes.
enum No {
    /// It says no.
    Code(u16),
    /// It does not come, or is none.
    None(Trouble),
}

impl Pace {
    /// From now on for one letter.
    pub(super) fn of(patience: Duration) -> Self {
        Self {
            patience,
            until: Instant::now() + patience * 3 / 2,
        }
    }

    async fn hear<T>(
        &self,
        saying: impl Future<Output = Result<T, Error>>,
    ) -> Option<Result<T, Error>> {
        let until = self.until.min(Instant::now() + self.patience);
        timeout_at(until, saying).await.ok()
    }

    /// An answer of that kind, to what is said.
    async fn answer(
        &self,
        wanted: Severity,
        saying: impl Future<Output = Result<Response, Error>>,
    ) -> Result<(), No> {
        match self.hear(saying).await {
            None => Err(No::None(Trouble::Silence)),
            Some(Ok(answer)) if answer.code().severity == wanted => Ok(()),
            Some(Ok(_)) => Err(No::None(Trouble::BrokenOff)),
            Some(Err(error)) => Err(match error.status() {
                Some(code) => No::Code(code.into()),
                None => No::None(Trouble::BrokenOff),
            }),
        }
    }
}

/// A connection over which letters can be offered.
pub(super) struct Conversation(Box<AsyncSmtpConnection>);

impl Conversation {
    /// Connects, encrypts and signs in, as the configuration says.
    pub(super) async fn begin(server: &SmtpServer, pace: Pace) -> Result<Self, Trouble> {
        let wrapped = match &server.tls {
            Tls::Wrapper(trusted) => Some(trusted.clone()),
            _ => None,
        };
        let (address, is_wrapped) = ((server.host.as_str(), server.port), wrapped.is_some());
        let patience = Some(pace.patience);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(address, patience, &server.hello, wrapped, None);
        let mut connection = pace
            .hear(connecting)
            .await
            .ok_or(Trouble::Silence)?
            .map_err(|error| Trouble::of_connection(&error, is_wrapped))?;
        let encrypted = match &server.tls {
            Tls::Required(trusted) => Some(trusted),
            Tls::Opportunistic(trusted) if connection.can_starttls() => Some(trusted),
            _ => None,
        };
        if let Some(trusted) = encrypted {
            if !connection.can_starttls() {
                return Err(Trouble::Tls("it does not offer STARTTLS".to_owned()));
            }
            let encrypting = connection.starttls(trusted.clone(), &server.hello);
            let encrypted = pace.hear(encrypting).await.ok_or(Trouble::Silence)?;
            encrypted.map_err(|error| Trouble::of_tls(&error))?;
        }
        if let Some(login) = &server.login {
            let signing_in = connection.auth(DEFAULT_MECHANISMS, login);
            let signed_in = pace.hear(signing_in).await.ok_or(Trouble::Silence)?;
            signed_in.map_err(|error| Trouble::of_login(&error))?;
        }
        Ok(Self(Box::new(connection)))
    }

    /// Whether the server still listens.
    pub(super) async fn is_alive(&mut self, pace: Pace) -> bool {
        let soon = Pace {
            patience: pace.patience / 6,
            ..pace
        };
        let asked = soon.answer(Severity::PositiveCompletion, self.0.command(Noop));
        asked.await.is_ok()
    }

    /// Offers a letter; and gives the conversation back if another can be offered in it. One that was broken off in the
    /// middle is never gone on with: an answer that comes late would be taken for that to the next letter.
    pub(super) async fn offer(mut self, letter: &Message, pace: Pace) -> (Delivery, Option<Self>) {
        let delivery = self.say(letter, pace).await;
        let can_go_on = match &delivery {
            Delivery::Accepted => true,
            Delivery::Refused(code) | Delivery::Postponed(Some(code)) | Delivery::Barred(code) => {
                let anew = pace.answer(Severity::PositiveCompletion, self.0.command(Rset));
                *code != CLOSING && anew.await.is_ok()
            }
            _ => false,
        };
        (delivery, can_go_on.then_some(self))
    }

    async fn say(&mut self, letter: &Message, pace: Pace) -> Delivery {
        let (envelope, content) = (letter.envelope(), letter.formatted());
        let Some(parameters) = self.parameters(envelope, &content) else {
            return Delivery::Unsendable;
        };
        let (done, go_on) = (Severity::PositiveCompletion, Severity::PositiveIntermediate);
        // So far the server knows who it is from, and nothing of the letter.
        let from = Mail::new(envelope.from().cloned(), parameters);
        match pace.answer(done, self.0.command(from)).await {
            Ok(()) => {}
            Err(No::Code(code)) if LOGIN_CODES.contains(&code) => {
                return Delivery::Unavailable(Trouble::Login(code));
            }
            Err(No::Code(CLOSING)) => {
                return Delivery::Unavailable(Trouble::Refused(CLOSING));
            }
            Err(No::Code(code)) => return Delivery::Barred(code),
            Err(No::None(trouble)) => return Delivery::Unavailable(trouble),
        }
        for to in envelope.to() {
            let to = Rcpt::new(to.clone(), Vec::new());
            match pace.answer(done, self.0.command(to)).await {
                Ok(()) => {}
                Err(No::Code(code)) => return by_code(code),
                Err(No::None(trouble)) => return Delivery::Unheard(trouble),
            }
        }
        match pace.answer(go_on, self.0.command(Data)).await {
            Ok(()) => {}
            Err(No::Code(code)) => return by_code(code),
            Err(No::None(trouble)) => return Delivery::Unheard(trouble),
        }
        // From here on it may be taken, whatever is heard.
        match pace.answer(done, self.0.message(&content)).await {
            Ok(()) => Delivery::Accepted,
            Err(No::Code(code)) => by_code(code),
            Err(No::None(_)) => Delivery::Postponed(None),
        }
    }

    /// What the server must be told of a letter beforehand; `None` when it does not take such.
    fn parameters(&self, envelope: &Envelope, content: &[u8]) -> Option<Vec<MailParameter>> {
        let mut parameters = Vec::new();
        let addresses = envelope.to().iter().chain(envelope.from());
        if addresses
            .map(AsRef::<str>::as_ref)
            .any(|one| !one.is_ascii())
        {
            self.knows(Extension::SmtpUtfEight)?;
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !content.is_ascii() {
            self.knows(Extension::EightBitMime)?;
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Some(parameters)
    }

    fn knows(&self, extension: Extension) -> Option<()> {
        self.0
            .server_info()
            .supports_feature(extension)
            .then_some(())
    }
}

/// What an answer means for the letter of which the server has heard.
fn by_code(code: u16) -> Delivery {
    match code {
        code if LOGIN_CODES.contains(&code) => Delivery::Unavailable(Trouble::Login(code)),
        500.. => Delivery::Refused(code),
        _ => Delivery::Postponed(Some(code)),
    }
}
