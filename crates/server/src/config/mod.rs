//! What an installation can set, from environment variables. Everything that is wrong is said at once.

mod database;
mod log;
mod mail;
mod password;
mod reader;
mod token;
mod web;

pub use database::DatabaseConfig;
pub use log::{LogConfig, LogFormat};
pub use mail::{MailConfig, SmtpConfig};
pub use password::PasswordConfig;
pub use reader::{Problem, Problems};
pub use token::{TokenConfig, TokenKey};
pub use web::WebConfig;

use reader::Reader;

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is.
    pub database: DatabaseConfig,
    /// Where the server listens, and under which address people reach it.
    pub web: WebConfig,
    /// What access tokens are signed with.
    pub token: TokenConfig,
    /// How hard passwords are hashed.
    pub password: PasswordConfig,
    /// How letters go out.
    pub mail: MailConfig,
    /// What is logged.
    pub log: LogConfig,
}

/// Reads only how letters go out from the process's environment.
///
/// # Errors
/// Everything that is wrong with it.
pub fn mail_from_env() -> Result<MailConfig, Problems> {
    let lookup = |key: &str| std::env::var(key).ok();
    let mut reader = Reader::new(&lookup);
    let config = mail::read(&mut reader);
    let problems = reader.finish();
    config.filter(|_| problems.is_empty()).ok_or(problems)
}

impl Config {
    /// Reads the configuration from the process's environment.
    pub fn from_env() -> Result<Self, Problems> {
        Self::read(|key| std::env::var(key).ok())
    }

    /// Reads the configuration from `lookup`, which answers a key with its value. An empty value counts as none.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let mut reader = Reader::new(&lookup);
        let (database, web, token) = (
            database::read(&mut reader),
            web::read(&mut reader),
            token::read(&mut reader),
        );
        let (password, mail, log) = (
            password::read(&mut reader),
            mail::read(&mut reader),
            log::read(&mut reader),
        );
        let problems = reader.finish();
        match (database, web, token, password, mail, log) {
            (Some(database), Some(web), Some(token), Some(password), Some(mail), Some(log))
                if problems.is_empty() =>
            {
                Ok(Self {
                    database,
                    web,
                    token,
                    password,
                    mail,
                    log,
                })
            }
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests;
