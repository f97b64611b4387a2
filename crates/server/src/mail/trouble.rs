use std::{error::Error as _, io};

use lettre::transport::smtp::Error;

/// What keeps the mail server from hearing of any letter. The texts name codes and causes, never an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nobody answers there.
    #[error("no connection to the mail server: {0}")]
    Connection(String),
    /// The connection cannot be encrypted, or not to whom it should be.
    #[error("no encrypted connection to the mail server: {0}")]
    Tls(String),
    /// It does not let us in.
    #[error("the mail server refused our login, and answered {0}")]
    Login(u16),
    /// It offers no way of signing in that we know, or none on such a connection.
    #[error("the mail server offers no login by user and password")]
    NoLogin,
    /// It does not answer.
    #[error("the mail server did not answer in time")]
    Silence,
    /// It hung up, or said what no mail server says.
    #[error("the mail server broke off the conversation")]
    BrokenOff,
    /// It is not to be had now.
    #[error("the mail server takes no letters, and answered {0}")]
    Refused(u16),
}

/// By these a mail server asks for a login, or refuses ours.
pub(super) const LOGIN_CODES: [u16; 4] = [530, 534, 535, 538];

impl Trouble {
    /// Of what is answered, or not, before anything else is said.
    pub(super) fn of_connection(error: &Error, is_wrapped: bool) -> Self {
        if let Some(code) = error.status() {
            return Self::Refused(code.into());
        }
        match io_error(error).map(io::Error::kind) {
            Some(io::ErrorKind::TimedOut) => Self::Silence,
            Some(io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) if is_wrapped => {
                Self::Tls(cause(error))
            }
            Some(_) if !error.is_response() => Self::Connection(cause(error)),
            _ => Self::BrokenOff,
        }
    }

    /// Of an attempt to go on encrypted.
    pub(super) fn of_tls(error: &Error) -> Self {
        match error.status() {
            Some(code) => Self::Tls(format!("it answered {} to STARTTLS", u16::from(code))),
            None => Self::Tls(cause(error)),
        }
    }

    /// Of an attempt to sign in.
    pub(super) fn of_login(error: &Error) -> Self {
        match error.status().map(u16::from) {
            Some(code @ 500..) => Self::Login(code),
            Some(code) => Self::Refused(code),
            None if error.is_client() => Self::NoLogin,
            None => Self::BrokenOff,
        }
    }
}

fn io_error(error: &Error) -> Option<&io::Error> {
    let mut source = error.source();
    while let Some(one) = source {
        if let Some(found) = one.downcast_ref() {
            return Some(found);
        }
        source = one.source();
    }
    None
}

/// What lies at the bottom of it: of the network or of certificates, and of no letter.
fn cause(error: &Error) -> String {
    let mut last = None;
    let mut source = error.source();
    while let Some(one) = source {
        last = Some(one.to_string());
        source = one.source();
    }
    last.unwrap_or_else(|| error.to_string())
}
