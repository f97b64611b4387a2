//! The log: lines on standard error, with named fields and never a person's data.

use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::config::{LogConfig, LogFormat};

/// Starts logging for the whole process, to standard error. A second call changes nothing.
pub fn start(config: &LogConfig) {
    start_into(config, std::io::stderr);
}

/// As [`start`], to what `writer` makes: each line is one write.
pub fn start_into<W>(config: &LogConfig, writer: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(&config.filter);
    // Who cannot write a line cannot write of that either, and would panic in the middle of a request.
    let lines = tracing_subscriber::fmt()
        .log_internal_errors(false)
        .with_env_filter(filter)
        .with_writer(writer);
    let started = match config.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if let Err(error) = started {
        tracing::debug!(%error, "logging was started before");
    }
}
