//! The first start: the demo's organisations are made where they are not there yet.

use std::{
    fs,
    io::{IsTerminal, Write, stderr},
    path::Path,
};

use anyhow::{Context, bail};
use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
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
    let found = contents(url).await;
    if matches!(found, Ok(Contents::Demo { .. } | Contents::Others)) {
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
    match &options.database_url {
        None => in_directory(options, state, base_url).await,
        Some(url) => in_given(options, state, url, base_url).await,
    }
}

async fn in_directory(
    options: &Options,
    state: &State,
    base_url: &str,
) -> anyhow::Result<Prepared> {
    let file = state.database_file();
    let database = embedded(&file);
    if fs::metadata(&file).is_ok_and(|file| file.len() == 0) {
        bail!(
            "{} is empty: begin anew with --reset, or use another --data-dir",
            file.display()
        );
    }
    let ahead = if file.exists() {
        state.ahead()
    } else {
        make_beside(options, &file, base_url).await?;
        let ahead = put_clock(state)?;
        fs::rename(beside(&file), &file)
            .with_context(|| format!("{} cannot be moved into place", file.display()))?;
        ahead
    };
    database::migrate(&database).await?;
    Ok(Prepared {
        database,
        ahead,
        shared: None,
    })
}

async fn in_given(
    options: &Options,
    state: &State,
    url: &str,
    base_url: &str,
) -> anyhow::Result<Prepared> {
    let database = config(url.to_owned());
    // What cannot be asked has no schema yet.
    if let Ok(Contents::Others) = contents(url).await {
        bail!(not_ours(url));
    }
    database::migrate(&database).await?;
    let found = contents(url).await?;
    let shared = store(url).await?;
    let ahead = match found {
        Contents::Others => bail!(not_ours(url)),
        Contents::Demo { ahead } => {
            state.keep_ahead(ahead)?;
            ahead
        }
        Contents::Nothing => {
            let ahead = put_clock(state)?;
            keep_shared(&shared, ahead).await?;
            tell(options, url, base_url).await?;
            ahead
        }
    };
    Ok(Prepared {
        database,
        ahead,
        shared: Some(shared),
    })
}

/// A database with the demo's organisations, and how far the clock is ahead of the real one.
pub(super) struct Prepared {
    pub(super) database: DatabaseConfig,
    pub(super) ahead: TimeDelta,
    /// Another database than the embedded one, which then keeps the clock too.
    pub(super) shared: Option<Store>,
}

/// What stands in a database.
enum Contents {
    Nothing,
    /// The demo's organisations, with a clock so far ahead of the real one.
    Demo {
        ahead: TimeDelta,
    },
    /// Organisations of somebody else.
    Others,
}

/// Under which the demo says in a database that it is one.
const MARK: &str = "demo";

/// Keeps in a database that it is a demo's, and how far its clock is ahead.
pub(super) async fn keep_shared(store: &Store, ahead: TimeDelta) -> anyhow::Result<()> {
    let mark = json!({ "aheadSeconds": ahead.num_seconds() });
    Ok(store.platform().keep_setting(MARK, mark).await?)
}

fn not_ours(url: &str) -> String {
    format!(
        "the database at {} has organisations that are not the demo's, whose people have a password that everybody knows \
         and whose clock moves: name an empty one",
        database::without_login(url)
    )
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
        let is_away = matches!(error.downcast_ref(), Some(ServiceError::Unavailable(_)));
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
        listen_url: None,
        max_connections: CONNECTIONS,
    }
}

async fn store(url: &str) -> anyhow::Result<Store> {
    let place = database::without_login(url);
    let store = Store::connect(StoreConfig::new(url)).await;
    store.with_context(|| format!("the database at {place} cannot be used"))
}

async fn contents(url: &str) -> anyhow::Result<Contents> {
    let store = store(url).await?;
    let (mark, known) = (
        store.platform().setting(MARK).await?,
        store.platform().tenants().await?,
    );
    store.close().await?;
    let ahead = mark.and_then(|mark| mark["aheadSeconds"].as_i64());
    Ok(match ahead.and_then(TimeDelta::try_seconds) {
        Some(ahead) => Contents::Demo { ahead },
        None if known.is_empty() => Contents::Nothing,
        None => Contents::Others,
    })
}
