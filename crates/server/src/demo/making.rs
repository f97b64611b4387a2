//! The first start: the demo's organisations are made where they are not there yet.

use std::{
    fs,
    io::{IsTerminal, Write, stderr},
    path::Path,
};

use anyhow::{Context, bail};
use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use wederhoor_service::ServiceError;
use wederhoor_store::{Store, StoreConfig};

use super::{Options, PRESENT, State, history};
use crate::{clock::real_now, config::DatabaseConfig, database};

/// How many connections the demo holds to its database.
const CONNECTIONS: u32 = 10;

/// Refuses a reset where it could not begin anew, while nothing has been thrown away yet.
pub(super) async fn refuse_reset(options: &Options) -> anyhow::Result<()> {
    let Some(url) = options.database_url.as_ref().filter(|_| options.reset) else {
        return Ok(());
    };
    database::migrate(&config(url.clone())).await?;
    if has_organisations(url).await? {
        bail!(
            "--reset empties the data directory, never another database: empty the one of --database-url, or name another"
        );
    }
    Ok(())
}

/// Brings the demo's database to the newest schema; where the organisations are not there yet, makes them and puts
/// the clock to the demo's present.
///
/// The embedded database is made beside its place and moved there when it is whole. In another database a start that
/// is broken off leaves as much of the history as was told.
pub(super) async fn prepare(
    options: &Options,
    state: &State,
    base_url: &str,
) -> anyhow::Result<Prepared> {
    let mut ahead = state.ahead();
    let file = state.database_file();
    let Some(url) = &options.database_url else {
        let config = embedded(&file);
        if !file.exists() {
            make_beside(options, &file, base_url).await?;
            ahead = put_clock(state)?;
            fs::rename(beside(&file), &file)
                .with_context(|| format!("{} cannot be moved into place", file.display()))?;
        }
        database::migrate(&config).await?;
        return Ok(Prepared {
            database: config,
            ahead,
        });
    };
    let database = config(url.clone());
    database::migrate(&database).await?;
    if !has_organisations(url).await? {
        tell(options, url, base_url).await?;
        ahead = put_clock(state)?;
    }
    Ok(Prepared { database, ahead })
}

/// A database with the demo's organisations, and how far the clock is ahead of the real one.
pub(super) struct Prepared {
    pub(super) database: DatabaseConfig,
    pub(super) ahead: TimeDelta,
}

/// From now on the clock runs on from the demo's present.
fn put_clock(state: &State) -> anyhow::Result<TimeDelta> {
    let ahead = PRESENT - real_now();
    state.keep_ahead(ahead)?;
    Ok(ahead)
}

async fn make_beside(options: &Options, file: &Path, base_url: &str) -> anyhow::Result<()> {
    let beside = beside(file);
    for leftover in ["", "-wal", "-shm"] {
        let leftover = format!("{}{leftover}", beside.display());
        if Path::new(&leftover).exists() {
            fs::remove_file(&leftover).with_context(|| format!("{leftover} cannot be removed"))?;
        }
    }
    let config = embedded(&beside);
    database::migrate(&config).await?;
    tell(options, config.url.expose_secret(), base_url).await?;
    let whole = fs::File::open(&beside).and_then(|whole| whole.sync_all());
    whole.with_context(|| format!("{} cannot be written", beside.display()))
}

/// Somebody who looks on is told why it takes a moment.
async fn tell(options: &Options, url: &str, base_url: &str) -> anyhow::Result<()> {
    if options.has_history && stderr().is_terminal() {
        // Nothing is lost when it cannot be said.
        let _ = writeln!(
            stderr(),
            "telling eight months of complaints; this happens once …"
        );
    }
    let told = history::tell(url, base_url, options.has_history).await;
    told.map_err(|error| {
        let is_away = matches!(error.downcast_ref(), Some(ServiceError::Unavailable));
        let hint = if is_away { " (is the disk full?)" } else { "" };
        let place = database::without_login(url);
        error.context(format!(
            "the demo's past cannot be written at {place}{hint}"
        ))
    })
}

fn beside(file: &Path) -> std::path::PathBuf {
    file.with_extension("db.new")
}

fn embedded(file: &Path) -> DatabaseConfig {
    config(format!("sqlite://{}?mode=rwc", file.display()))
}

fn config(url: String) -> DatabaseConfig {
    DatabaseConfig {
        url: SecretString::from(url),
        owner_url: None,
        max_connections: CONNECTIONS,
    }
}

async fn has_organisations(url: &str) -> anyhow::Result<bool> {
    let place = database::without_login(url);
    let store = Store::connect(StoreConfig::new(url)).await;
    let store = store.with_context(|| format!("the database at {place} cannot be used"))?;
    let known = store.platform().tenant_by_slug(history::FIRST).await?;
    store.close().await?;
    Ok(known.is_some())
}
