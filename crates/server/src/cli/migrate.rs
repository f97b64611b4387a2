use std::io::{self, Write};

use anyhow::bail;
use secrecy::ExposeSecret;

use super::out;
use crate::{config::DatabaseConfig, database, listen::End};

/// Migrates the configured database, or only waits until somebody has. Of the configuration only the database needs to be
/// right.
pub(super) async fn run(only_waits: bool) -> anyhow::Result<()> {
    let config = DatabaseConfig::from_env()?;
    let kind = config
        .url
        .expose_secret()
        .split_once("://")
        .map_or("database", |(scheme, _)| scheme);
    if only_waits {
        wait(&config).await?;
        out::line(format_args!("the {kind} database has the schema"))?;
    } else {
        database::migrate(&config).await?;
        out::line(format_args!("the {kind} database has the newest schema"))?;
    }
    Ok(())
}

/// Says on standard error what is waited for.
async fn wait(config: &DatabaseConfig) -> anyhow::Result<()> {
    // The first process of a container is ended by nobody unless it listens.
    let mut end = End::awaited()?;
    let meet = |hurdle: &database::Hurdle, is_news: bool| {
        if is_news {
            // Who reads no errors waits without.
            let _ = writeln!(io::stderr(), "waiting: {hurdle}");
        }
    };
    tokio::select! {
        waited = database::wait_for_schema(config, meet) => waited,
        asked = end.asked() => {
            asked?;
            bail!("asked to end before the database had the schema")
        }
    }
}
