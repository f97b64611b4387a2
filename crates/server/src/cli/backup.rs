use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use wederhoor_store::{Store, StoreConfig};

use super::{out, private::Partial};
use crate::{
    clock::real_now,
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
    let file = &named(file, real_now());
    if file.exists() {
        bail!(
            "{} is there already: a copy never takes the place of another",
            file.display()
        );
    }
    if let Some(hurdle) = found(&config).await? {
        bail!("{hurdle}");
    }
    let cannot = || format!("{} cannot be written", file.display());
    let store = Store::connect(StoreConfig::new(url)).await?;
    let partial = Partial::beside(file).with_context(cannot)?;
    let copied = store.copy_to(partial.place()).await;
    let whole = match copied.and(store.close().await) {
        Ok(()) => require_sound(&format!("sqlite://{}", partial.place().display())).await,
        Err(error) => Err(error.into()),
    };
    if let Err(error) = whole {
        partial.discard();
        return Err(error)
            .with_context(|| format!("{} cannot be written (is the disk full?)", file.display()));
    }
    partial.put_at(file).with_context(cannot)?;
    out::line(format_args!(
        "{} has all that was there when this began.",
        file.display()
    ))?;
    Ok(())
}

/// Where a copy goes that is made now: in a directory under the name of the moment.
fn named(place: &Path, now: DateTime<Utc>) -> PathBuf {
    if place.is_dir() {
        place.join(now.format("wederhoor-%Y%m%dT%H%M%SZ.db").to_string())
    } else {
        place.to_owned()
    }
}
