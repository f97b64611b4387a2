use secrecy::ExposeSecret;

use super::out;
use crate::{config::DatabaseConfig, database};

/// Migrates the configured database. Of the configuration only the database needs to be right.
pub(super) async fn run() -> anyhow::Result<()> {
    let config = DatabaseConfig::from_env()?;
    database::migrate(&config).await?;
    let kind = config
        .url
        .expose_secret()
        .split_once("://")
        .map_or("database", |(scheme, _)| scheme);
    out::line(format_args!("the {kind} database has the newest schema"))?;
    Ok(())
}
