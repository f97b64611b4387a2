use lettre::transport::smtp::{Error, response::Response};

/// What became of a letter that was offered to the mail server. The texts name codes and causes, never an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The mail server took the letter.
    Accepted,
    /// It may be taken another time: no connection, no answer, or an answer that says so.
    TemporaryFailure(String),
    /// It will not be taken.
    PermanentFailure(String),
}

pub(super) fn of(result: Result<Response, Error>) -> Delivery {
    match result {
        Ok(response) if response.is_positive() => Delivery::Accepted,
        Ok(response) => by_code(u16::from(response.code())),
        Err(error) => match error.status() {
            Some(code) => by_code(u16::from(code)),
            None if error.is_timeout() => temporary("no answer in time"),
            None if error.is_tls() => temporary("no encrypted connection"),
            None if error.is_client() => {
                Delivery::PermanentFailure("the letter cannot be offered".to_owned())
            }
            None => temporary("no connection"),
        },
    }
}

/// A refusal of our login is for the operator to mend, not a fault of the letter.
fn by_code(code: u16) -> Delivery {
    match code {
        530 | 534 | 535 | 538 => temporary("the mail server refused our login"),
        500..=599 => Delivery::PermanentFailure(format!("the mail server answered {code}")),
        _ => Delivery::TemporaryFailure(format!("the mail server answered {code}")),
    }
}

fn temporary(cause: &str) -> Delivery {
    Delivery::TemporaryFailure(cause.to_owned())
}
