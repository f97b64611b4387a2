//! Requests that are meant to do harm, and what each must meet.

mod documents;
mod transport;

/// One request that is meant to do harm.
#[derive(Debug, Clone)]
pub struct Abuse {
    /// What is wrong with it.
    pub what: String,
    /// The bytes on the wire.
    pub bytes: Vec<u8>,
    /// What it must meet, as [`crate::Told::line`] tells it.
    pub meets: String,
}

fn abuse(what: impl Into<String>, bytes: Vec<u8>, meets: impl Into<String>) -> Abuse {
    let (what, meets) = (what.into(), meets.into());
    Abuse { what, bytes, meets }
}

/// All of them; nobody has signed in for any.
pub fn abuses() -> Vec<Abuse> {
    let mut all = documents::abuses();
    all.extend(transport::abuses());
    all
}
