//! What is counted and measured, for Prometheus: of the platform as a whole, by names that stand in the program. No label is
//! a person, an organisation, or anything that a client made up.

mod sampled;

use std::{collections::HashSet, time::Duration};

use async_graphql::Response;
use prometheus_client::{
    encoding::text,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use wederhoor_graphql::ErrorCode;

use crate::http::{Answered, Root};

pub(crate) use sampled::Sample;
use sampled::Sampled;

/// Labels, each with its value.
type Labels<const N: usize> = [(&'static str, String); N];
type Counters<const N: usize> = Family<Labels<N>, Counter>;
type Histograms = Family<Labels<1>, Histogram, fn() -> Histogram>;

/// What clients ask for that the schema does not have, or not alone.
const OTHER: &str = "other";
const SEVERAL: &str = "several";
/// What an operation without an error came to.
pub(crate) const OK: &str = "OK";
/// Whose fields stand at the root.
const ROOTS: [&str; 3] = ["Query", "Mutation", "Subscription"];

/// What is counted and measured.
pub(crate) struct Metrics {
    registry: Registry,
    /// Fields at the root of the schema: by no other names are operations told apart.
    root_fields: HashSet<String>,
    requests: Counters<2>,
    request_seconds: Histograms,
    refused: Counters<1>,
    operations: Counters<2>,
    operation_seconds: Histograms,
    operation_statements: Histograms,
    streams: Gauge,
    sampled: Sampled,
}

impl Metrics {
    pub(crate) fn new(root_fields: HashSet<String>) -> Self {
        let mut registry = Registry::with_prefix("wederhoor");
        let requests = Counters::default();
        registry.register(
            "http_requests",
            "HTTP requests that were answered, by route",
            requests.clone(),
        );
        let request_seconds = Histograms::new_with_constructor(seconds);
        registry.register(
            "http_request_duration_seconds",
            "How long it took until the head of an answer was there",
            request_seconds.clone(),
        );
        let refused = Counters::default();
        registry.register(
            "refused_requests",
            "Requests that were refused before anything was done, by the code of the error",
            refused.clone(),
        );
        let operations = Counters::default();
        registry.register(
            "operations",
            "GraphQL operations, by their field at the root and the code of the first error",
            operations.clone(),
        );
        let operation_seconds = Histograms::new_with_constructor(seconds);
        registry.register(
            "operation_duration_seconds",
            "How long an operation took",
            operation_seconds.clone(),
        );
        let operation_statements = Histograms::new_with_constructor(statements);
        registry.register(
            "operation_statements",
            "SQL statements that an operation ran",
            operation_statements.clone(),
        );
        let streams = Gauge::default();
        registry.register("streams", "Subscriptions that are open", streams.clone());
        let sampled = Sampled::in_registry(&mut registry);
        Self {
            registry,
            root_fields,
            requests,
            request_seconds,
            refused,
            operations,
            operation_seconds,
            operation_statements,
            streams,
            sampled,
        }
    }

    /// Notes an answer over HTTP.
    pub(crate) fn answered(&self, answered: &Answered<'_>) {
        let route = ("route", answered.route.to_owned());
        let status = ("status", answered.status.to_string());
        self.requests.get_or_create(&[route.clone(), status]).inc();
        let took = answered.took.as_secs_f64();
        self.request_seconds.get_or_create(&[route]).observe(took);
        if let Some(code) = answered.refused {
            let code = ("code", code.as_str().to_owned());
            self.refused.get_or_create(&[code]).inc();
        }
    }

    /// Notes what an operation came to, after how long and how many statements.
    pub(crate) fn executed(&self, root: &Root, response: &Response, took: Duration, ran: u32) {
        let operation = ("operation", self.name(root).to_owned());
        let code = ("code", outcome(response).to_owned());
        self.operations
            .get_or_create(&[operation.clone(), code])
            .inc();
        let of_operation = [operation];
        self.operation_seconds
            .get_or_create(&of_operation)
            .observe(took.as_secs_f64());
        self.operation_statements
            .get_or_create(&of_operation)
            .observe(ran.into());
    }

    /// A subscription that is open until this is dropped.
    pub(crate) fn stream(&self) -> OpenStream {
        self.streams.inc();
        OpenStream(self.streams.clone())
    }

    /// All there is to read, with what was looked up for it.
    pub(crate) fn text(&self, sample: &Sample) -> String {
        self.sampled.keep(sample);
        let mut written = String::new();
        if let Err(error) = text::encode(&mut written, &self.registry) {
            tracing::error!(%error, "the metrics cannot be written");
        }
        written
    }

    /// By which name an operation is known: none that a client made up.
    pub(crate) fn name<'a>(&self, root: &'a Root) -> &'a str {
        match root {
            Root::Field(name) if self.root_fields.contains(name) => name,
            Root::Field(_) => OTHER,
            Root::Several => SEVERAL,
        }
    }
}

/// A subscription that is open.
pub(crate) struct OpenStream(Gauge);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The code of the first error; errors without one are faults of ours or, without a path, of the document.
pub(crate) fn outcome(response: &Response) -> &'static str {
    match response.errors.first() {
        None => OK,
        Some(error) => match ErrorCode::of(error) {
            Some(code) => code.as_str(),
            None if error.path.is_empty() => ErrorCode::BadRequest.as_str(),
            None => ErrorCode::Internal.as_str(),
        },
    }
}

fn seconds() -> Histogram {
    Histogram::new([
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
    ])
}

fn statements() -> Histogram {
    Histogram::new([1.0, 2.0, 4.0, 8.0, 12.0, 16.0, 20.0, 40.0, 80.0, 160.0])
}

/// The fields at the root of a schema, given in the schema definition language.
pub(crate) fn root_fields(schema: &str) -> HashSet<String> {
    let (mut found, mut is_root, mut is_described) = (HashSet::new(), false, false);
    for line in schema.lines() {
        if line.matches("\"\"\"").count() % 2 == 1 {
            is_described = !is_described;
        }
        // A line of a description may look like anything.
        if is_described {
            continue;
        }
        if let Some(rest) = line.strip_prefix("type ") {
            let name = rest.split_whitespace().next();
            is_root = name.is_some_and(|name| ROOTS.contains(&name));
        } else if line == "}" {
            is_root = false;
        } else if let Some(field) = line.strip_prefix('\t').filter(|_| is_root)
            && field.starts_with(|first: char| first.is_ascii_lowercase())
            && let Some((name, _)) = field.split_once(['(', ':'])
        {
            found.insert(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests;
