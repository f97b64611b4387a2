use std::time::Duration;

use super::{
    reader::Reader,
    streams::{self, StreamsConfig},
};
use crate::{http::Limits, listen::Patience};

/// What one client may ask for, and how long it is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EdgeConfig {
    /// What one request may be.
    pub limits: Limits,
    /// The most that one document may cost: its fields, each page counted as often as it may have rows.
    pub cost: usize,
    /// The most statements that one query may make of the database.
    pub statements: usize,
    /// The most mutations in one document.
    pub mutations: usize,
    /// How long a connection is waited for.
    pub patience: Patience,
    /// How subscriptions are kept going.
    pub streams: StreamsConfig,
}

impl Default for EdgeConfig {
    fn default() -> Self {
        let within = wederhoor_graphql::Limits::default();
        Self {
            limits: Limits::default(),
            cost: within.complexity,
            statements: within.statements,
            mutations: within.mutations,
            patience: Patience::default(),
            streams: StreamsConfig::default(),
        }
    }
}

/// The upper bounds are what the stack and the memory of a small machine stand.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<EdgeConfig> {
    let mut number = |key, default, bounds| {
        let value = reader.number(key, default, bounds)?;
        usize::try_from(value).ok()
    };
    let body_bytes = number("WEDERHOOR_LIMIT_BODY_BYTES", "262144", 1_024..=16_777_216);
    let body_nesting = number("WEDERHOOR_LIMIT_BODY_NESTING", "20", 4..=64);
    let document_bytes = number("WEDERHOOR_LIMIT_DOCUMENT_BYTES", "16384", 1_024..=1_048_576);
    let tokens = number("WEDERHOOR_LIMIT_TOKENS", "2000", 100..=100_000);
    let name_bytes = number("WEDERHOOR_LIMIT_NAME_BYTES", "100", 64..=10_000);
    let nesting = number("WEDERHOOR_LIMIT_NESTING", "40", 16..=64);
    let operations = number("WEDERHOOR_LIMIT_OPERATIONS", "10", 1..=1_000);
    let fragments = number("WEDERHOOR_LIMIT_FRAGMENTS", "30", 0..=1_000);
    let aliases = number("WEDERHOOR_LIMIT_ALIASES", "30", 0..=1_000);
    let directives = number("WEDERHOOR_LIMIT_DIRECTIVES", "30", 0..=1_000);
    let root_fields = number("WEDERHOOR_LIMIT_ROOT_FIELDS", "20", 1..=1_000);
    let fields = number("WEDERHOOR_LIMIT_FIELDS", "500", 1..=100_000);
    let depth = number("WEDERHOOR_LIMIT_DEPTH", "16", 1..=64);
    let height = number("WEDERHOOR_LIMIT_HEIGHT", "64", 1..=128);
    let cost = number("WEDERHOOR_LIMIT_COST", "6000", 1..=10_000_000);
    let statements = number("WEDERHOOR_LIMIT_STATEMENTS", "19", 1..=1_000);
    let mutations = number("WEDERHOOR_LIMIT_MUTATIONS", "5", 1..=1_000);
    let body_time = seconds(reader, "WEDERHOOR_BODY_SECONDS", "10");
    let answer_time = seconds(reader, "WEDERHOOR_ANSWER_SECONDS", "30");
    let streams = streams::read(reader);
    let patience = patience(reader, body_time, answer_time);
    let limits = Limits {
        body_bytes: body_bytes?,
        body_time: body_time?,
        body_nesting: body_nesting?,
        answer_time: answer_time?,
        document_bytes: document_bytes?,
        tokens: tokens?,
        name_bytes: name_bytes?,
        nesting: nesting?,
        operations: operations?,
        fragments: fragments?,
        aliases: aliases?,
        directives: directives?,
        root_fields: root_fields?,
        fields: fields?,
        depth: depth?,
        height: height?,
    };
    Some(EdgeConfig {
        limits,
        cost: cost?,
        statements: statements?,
        mutations: mutations?,
        patience: patience?,
        streams: streams?,
    })
}

/// A request as a whole may take as long as its parts: that bound is for routes that do not hold the others themselves.
fn patience(
    reader: &mut Reader<'_>,
    body_time: Option<Duration>,
    answer_time: Option<Duration>,
) -> Option<Patience> {
    let connections = reader.number("WEDERHOOR_CONNECTIONS", "500", 1..=1_000_000);
    let head = seconds(reader, "WEDERHOOR_HEAD_SECONDS", "10");
    let take = seconds(reader, "WEDERHOOR_TAKE_SECONDS", "30");
    let idle = seconds(reader, "WEDERHOOR_IDLE_SECONDS", "60");
    Some(Patience {
        connections: connections?,
        head: head?,
        request: body_time? + answer_time?,
        answer: take?,
        idle: idle?,
    })
}

fn seconds(reader: &mut Reader<'_>, key: &'static str, default: &'static str) -> Option<Duration> {
    reader
        .number(key, default, 1..=3_600)
        .map(|seconds| Duration::from_secs(seconds.into()))
}
