use std::time::Duration;

use super::reader::Reader;

/// How subscriptions are kept going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamsConfig {
    /// So many one caller has open at a time, in one process.
    pub per_caller: usize,
    /// So many are open at a time, in one process.
    pub per_process: usize,
    /// So many go over one WebSocket.
    pub per_connection: usize,
    /// After how long a stream looks again though nobody said that something has changed.
    pub look_after: Duration,
    /// How long it rests at least between two looks.
    pub pause: Duration,
    /// How long a stream is silent at most.
    pub heartbeat: Duration,
    /// In which time whoever opens a WebSocket must say who they are.
    pub patience: Duration,
}

impl Default for StreamsConfig {
    fn default() -> Self {
        Self {
            per_caller: 10,
            per_process: 200,
            per_connection: 10,
            look_after: Duration::from_secs(30),
            pause: Duration::from_millis(250),
            heartbeat: Duration::from_secs(15),
            patience: Duration::from_secs(10),
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<StreamsConfig> {
    let mut number = |key, default, bounds| {
        let value = reader.number(key, default, bounds)?;
        usize::try_from(value).ok()
    };
    let per_process = number("WEDERHOOR_STREAMS", "200", 1..=100_000);
    let per_caller = number("WEDERHOOR_STREAMS_PER_CALLER", "10", 1..=1_000);
    let look_after = reader.number("WEDERHOOR_STREAM_LOOK_SECONDS", "30", 1..=3_600);
    Some(StreamsConfig {
        per_process: per_process?,
        per_caller: per_caller?,
        look_after: Duration::from_secs(look_after?.into()),
        ..StreamsConfig::default()
    })
}
