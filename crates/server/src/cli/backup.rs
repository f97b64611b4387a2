use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use secrecy::ExposeSecret;
use wederhoor_store::{Store, StoreConfig};

use super::out;
use crate::{
    config::DatabaseConfig,
    database::{found, require_sound},
};

/// Writes a copy of an SQLite database to a file that is not there yet, under its name only when it is whole.
pub(super) async fn run(file: &Path) -> anyhow::Result<()> {
    let config = DatabaseConfig::from_env()?;
    let url = config.url.expose_secret();
    if !url.starts_with("sqlite:") {
        bail!(
            "PostgreSQL is copied by pg_dump, as a role that row-level security does not narrow: see docs/operating.md"
        );
    }
    if file.exists() {
        bail!(
            "{} is there already: a copy never takes the place of another",
            file.display()
        );
    }
    if let Some(hurdle) = found(&config).await? {
        bail!("{hurdle}");
    }
    let partial = partial(file);
    let store = Store::connect(StoreConfig::new(url)).await?;
    let copied = store.copy_to(&partial).await;
    store.close().await?;
    let whole = match copied {
        Ok(()) => require_sound(&format!("sqlite://{}", partial.display())).await,
        Err(error) => Err(error.into()),
    };
    if let Err(error) = whole {
        // What is half is worth nothing.
        let _ = std::fs::remove_file(&partial);
        return Err(error)
            .with_context(|| format!("{} cannot be written (is the disk full?)", file.display()));
    }
    std::fs::File::open(&partial)?.sync_all()?;
    std::fs::rename(&partial, file)?;
    out::line(format_args!(
        "{} has all that was there when this began.",
        file.display()
    ))?;
    Ok(())
}

fn partial(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}
