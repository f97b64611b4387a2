//! What is told of the process while it runs: the log, lines on standard error with named fields; and spans, to who collects
//! them. Neither has a person's data.

mod sending;

use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{FilterExt, filter_fn},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    registry::LookupSpan,
    util::SubscriberInitExt,
};
use wederhoor_store::TRACED;

use crate::config::{LogConfig, LogFormat, TracesConfig};

/// How long the last spans are waited for.
const LAST: Duration = Duration::from_secs(3);

/// Starts logging for the whole process, to standard error. A second call changes nothing.
pub fn start(config: &LogConfig) {
    start_into(config, std::io::stderr);
}

/// As [`start`], to what `writer` makes: each line is one write.
pub fn start_into<W>(config: &LogConfig, writer: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    begin(config, writer, None);
}

/// As [`start`], and sends spans to who collects them, if anybody does: as long as the runtime runs in which this is called.
///
/// # Errors
/// When no spans can be made.
pub fn start_with(log: &LogConfig, traces: &TracesConfig) -> anyhow::Result<Traces> {
    let provider = traces.endpoint.as_deref().map(provider).transpose()?;
    begin(log, std::io::stderr, provider.as_ref());
    Ok(Traces(provider))
}

/// Spans that are on their way.
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// Sends the last of them, and no more.
    pub async fn end(self) {
        let Some(provider) = self.0 else { return };
        // A thread of its own waits for the runtime, which must go on meanwhile.
        let ending = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(LAST));
        if !matches!(ending.await, Ok(Ok(()))) {
            tracing::debug!("the last spans were not sent");
        }
    }
}

/// Collects spans and sends them every few seconds; when nobody takes them only so many wait, and the others are lost.
fn provider(endpoint: &str) -> anyhow::Result<SdkTracerProvider> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(sending::Sender::here())
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
        .build()?;
    let resource = Resource::builder_empty()
        .with_service_name("wederhoor")
        .with_attribute(opentelemetry::KeyValue::new(
            "service.version",
            env!("CARGO_PKG_VERSION"),
        ));
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(resource.build());
    Ok(provider.build())
}

fn begin<W>(config: &LogConfig, writer: W, provider: Option<&SdkTracerProvider>)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let subscriber = tracing_subscriber::registry().with(lines(config, writer));
    let started = subscriber.with(provider.map(spans)).try_init();
    if let Err(error) = started {
        tracing::debug!(%error, "logging was started before");
    }
}

fn lines<W>(config: &LogConfig, writer: W) -> impl Layer<Registry>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(&config.filter).and(filter_fn(|one| !is_traced(one)));
    // Who cannot write a line cannot write of that either, and would panic in the middle of a request.
    let lines = fmt::layer().log_internal_errors(false).with_writer(writer);
    let lines = match config.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    lines.with_filter(filter)
}

/// What is traced, and nothing of what is logged meanwhile.
fn spans<S>(provider: &SdkTracerProvider) -> impl Layer<S> + use<S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("wederhoor"))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_level(false)
        .with_tracked_inactivity(false)
        .with_filter(filter_fn(is_traced))
}

fn is_traced(one: &Metadata<'_>) -> bool {
    one.target() == TRACED
}
