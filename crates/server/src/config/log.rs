use std::str::FromStr;

use tracing::level_filters::LevelFilter;

use super::reader::Reader;

/// What is logged, to standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// Levels by module, for example `info,wederhoor_server=debug`.
    pub filter: String,
    /// How a line looks.
    pub format: LogFormat,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// A word by itself would be taken for a module of which everything is logged, and of all others nothing.
fn says_a_level(directive: &str) -> bool {
    let directive = directive.trim();
    directive.contains(['=', '[', ']', '}']) || LevelFilter::from_str(directive).is_ok()
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<LogConfig> {
    const FILTER: &str = "WEDERHOOR_LOG";
    let filter = reader.text(FILTER, "info,sqlx=warn");
    if tracing_subscriber::EnvFilter::try_new(&filter).is_err()
        || !filter.split(',').all(says_a_level)
    {
        reader.problem(
            FILTER,
            "expected levels by module, for example info,wederhoor_server=debug",
        );
    }
    let format = reader.parsed("WEDERHOOR_LOG_FORMAT", "text", "text or json")?;
    Some(LogConfig { filter, format })
}
