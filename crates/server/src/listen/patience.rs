//! How long a client is waited for.

use std::time::Duration;

/// Bounds on connections. None of them is about what is asked; that is [`crate::http::Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Connections at the same time. When another comes, the one that has waited longest without a whole request goes.
    pub connections: u32,
    /// Time in which the head of a request must have arrived, from its first byte.
    pub head: Duration,
    /// Time in which a request must be answered, from its head: its body, and the work.
    pub request: Duration,
    /// Time in which the client must have taken what was written.
    pub answer: Duration,
    /// Time that a connection may stand open without a byte of a request.
    pub idle: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connections: 500,
            head: Duration::from_secs(10),
            request: Duration::from_secs(40),
            answer: Duration::from_secs(30),
            idle: Duration::from_mins(1),
        }
    }
}
