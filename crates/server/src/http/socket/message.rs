//! What is said over the connection, as the subprotocol writes it.

use axum::extract::ws::{CloseFrame, Message};
use serde_json::{Map, Value};

use crate::http::json;

/// Longer ids no client makes.
const ID_LENGTH: usize = 100;

/// What a client says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    Init(Map<String, Value>),
    Ping,
    Pong,
    Subscribe { id: String, payload: Value },
    Complete { id: String },
}

/// Why a conversation is ended: the code, and a word for who reads logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End(pub(super) u16, pub(super) &'static str);

impl End {
    /// The server goes away.
    pub(super) const LEAVING: Self = Self(1001, "Going away");
    /// Nothing is watched.
    pub(super) const IDLE: Self = Self(1000, "Nothing is watched");
    /// What was said is not of the subprotocol.
    pub(super) const INVALID: Self = Self(4400, "Invalid message");
    /// Something was asked before who asks was taken note of.
    pub(super) const UNAUTHORIZED: Self = Self(4401, "Unauthorized");
    /// The token is not taken, or not any more; or the page may not ask.
    pub(super) const FORBIDDEN: Self = Self(4403, "Forbidden");
    /// Nobody said who they are.
    pub(super) const INIT_TIMEOUT: Self = Self(4408, "Connection initialisation timeout");
    /// An id is in use.
    pub(super) const TAKEN: Self = Self(4409, "Subscriber already exists");
    /// Somebody said twice who they are.
    pub(super) const TWICE: Self = Self(4429, "Too many initialisation requests");

    pub(super) fn message(self) -> Message {
        Message::Close(Some(CloseFrame {
            code: self.0,
            reason: self.1.into(),
        }))
    }
}

/// Reads what a client says; a payload may be nested so deep.
pub(super) fn read(text: &str, nesting: usize) -> Result<Said, End> {
    let Ok(Value::Object(mut said)) = json::read(text.as_bytes(), nesting + 1) else {
        return Err(End::INVALID);
    };
    let kind = said.remove("type");
    let payload = said.remove("payload");
    let id = match said.remove("id") {
        Some(Value::String(id)) if (1..=ID_LENGTH).contains(&id.len()) => Some(id),
        _ => None,
    };
    match (kind.as_ref().and_then(Value::as_str), id, payload) {
        (Some("connection_init"), _, Some(Value::Object(payload))) => Ok(Said::Init(payload)),
        (Some("connection_init"), _, None | Some(Value::Null)) => Ok(Said::Init(Map::new())),
        (Some("ping"), ..) => Ok(Said::Ping),
        (Some("pong"), ..) => Ok(Said::Pong),
        (Some("subscribe"), Some(id), Some(payload)) => Ok(Said::Subscribe { id, payload }),
        (Some("complete"), Some(id), _) => Ok(Said::Complete { id }),
        _ => Err(End::INVALID),
    }
}

pub(super) fn ack() -> Message {
    Message::text(r#"{"type":"connection_ack"}"#)
}

pub(super) fn pong() -> Message {
    Message::text(r#"{"type":"pong"}"#)
}

pub(super) fn complete(id: &str) -> Message {
    let id = Value::from(id);
    Message::text(format!(r#"{{"id":{id},"type":"complete"}}"#))
}

/// A message with a payload that is JSON already.
pub(super) fn with_payload(id: &str, kind: &str, payload: &[u8]) -> Message {
    let (id, payload) = (Value::from(id), String::from_utf8_lossy(payload));
    Message::text(format!(
        r#"{{"id":{id},"type":"{kind}","payload":{payload}}}"#
    ))
}

#[cfg(test)]
mod tests;
