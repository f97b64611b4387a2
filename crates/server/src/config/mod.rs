//! What an installation can set, by environment variables or in a file `.env`. Everything that is wrong is said at once.

mod database;
mod edge;
mod limits;
mod log;
mod mail;
mod maintenance;
mod metrics;
mod password;
mod reader;
mod sealing;
mod shown;
mod sources;
mod streams;
mod token;
mod traces;
mod unknown;
mod web;

pub use database::DatabaseConfig;
pub use edge::EdgeConfig;
pub use log::{LogConfig, LogFormat};
pub use mail::{MailConfig, SmtpConfig, SmtpServer};
pub use maintenance::MaintenanceConfig;
pub use metrics::MetricsConfig;
pub use password::PasswordConfig;
pub use reader::{Problem, Problems};
pub use sealing::{SealingConfig, SealingKeys};
pub use shown::{Setting, settings_of_env};
pub use streams::StreamsConfig;
pub use token::{TokenConfig, TokenKey, TokenSeeds};
pub use traces::TracesConfig;
pub use web::WebConfig;
pub use wederhoor_service::{LimitsConfig, RatesConfig, TriesConfig};

use reader::Reader;
use sources::Sources;

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is.
    pub database: DatabaseConfig,
    /// Where the server listens, and under which address people reach it.
    pub web: WebConfig,
    /// What one client may ask for, and how long it is waited for.
    pub edge: EdgeConfig,
    /// What holds up who asks or tries too often.
    pub limits: LimitsConfig,
    /// What access tokens are signed with.
    pub token: TokenConfig,
    /// What seals what the database may hold but not show.
    pub sealing: SealingConfig,
    /// How hard passwords are hashed.
    pub password: PasswordConfig,
    /// How letters go out.
    pub mail: MailConfig,
    /// How what is to be destroyed is reached.
    pub maintenance: MaintenanceConfig,
    /// What is logged.
    pub log: LogConfig,
    /// Where numbers are read.
    pub metrics: MetricsConfig,
    /// Where spans are sent.
    pub traces: TracesConfig,
    /// What a file `.env` in the working directory set of it, by name.
    pub from_file: Vec<String>,
}

/// Reads only how letters go out from the process's settings.
///
/// # Errors
/// Everything that is wrong with it.
pub fn mail_from_env() -> Result<MailConfig, Problems> {
    only(mail::read)
}

/// Reads one concern from the process's settings, of which every one has a name that is known.
fn only<T>(concern: impl Fn(&mut Reader<'_>) -> Option<T>) -> Result<T, Problems> {
    of(&Sources::of_process(), concern)
}

fn of<T>(sources: &Sources, concern: impl Fn(&mut Reader<'_>) -> Option<T>) -> Result<T, Problems> {
    let lookup = |key: &str| sources.get(key);
    let mut reader = Reader::new(&lookup);
    let config = concern(&mut reader);
    let problems = sources.with_all(reader.finish());
    config.filter(|_| problems.is_empty()).ok_or(problems)
}

impl Config {
    /// Reads the configuration from the process's settings, of which every one has a name that is known.
    pub fn from_env() -> Result<Self, Problems> {
        let sources = Sources::of_process();
        let config = of(&sources, Self::read_by)?;
        Ok(Self {
            from_file: sources.given_by_file(),
            ..config
        })
    }

    /// Reads the configuration from `lookup`, which answers a key with its value. An empty value counts as none.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let mut reader = Reader::new(&lookup);
        let config = Self::read_by(&mut reader);
        let problems = reader.finish();
        config.filter(|_| problems.is_empty()).ok_or(problems)
    }

    fn read_by(reader: &mut Reader<'_>) -> Option<Self> {
        let database = database::read(reader);
        let web = web::read(reader);
        let edge = edge::read(reader);
        let limits = limits::read(reader);
        let token = token::read(reader);
        let sealing = sealing::read(reader);
        let password = password::read(reader);
        let mail = mail::read(reader);
        let maintenance = maintenance::read(reader);
        let log = log::read(reader);
        let metrics = metrics::read(reader);
        let traces = traces::read(reader);
        Some(Self {
            database: database?,
            web: web?,
            edge: edge?,
            limits: limits?,
            token: token?,
            sealing: sealing?,
            password: password?,
            mail: mail?,
            maintenance,
            log: log?,
            metrics: metrics?,
            traces: traces?,
            from_file: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests;
