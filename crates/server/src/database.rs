//! The database before it is used: its place is made, its schema brought up to date, or waited for.

use std::{fmt, path::Path, time::Duration};

use anyhow::Context;
use secrecy::ExposeSecret;
use tokio::time::Instant;
use wederhoor_migration::Standing;
use wederhoor_store::{Store, StoreConfig, StoreError};

use crate::config::DatabaseConfig;

/// How long to rest before a database is asked again.
const REST: Duration = Duration::from_secs(1);
/// How often it is said that it is still waited for.
const REMINDER: Duration = Duration::from_mins(1);

/// Brings the database to the newest schema, and grants the application's login what it needs.
pub async fn migrate(config: &DatabaseConfig) -> anyhow::Result<()> {
    let url = config.migration_url().expose_secret();
    make_directory(url)?;
    require_writable(url)?;
    require_sound(url).await?;
    require_one_database(config).await?;
    wederhoor_migration::up(url, app_role(config.url.expose_secret()))
        .await
        .map_err(|error| {
            let hint = hint(&error.to_string());
            let place = without_login(url);
            anyhow::Error::new(error)
                .context(format!("the database at {place} cannot be migrated{hint}"))
        })
}

/// Refuses logins of two databases: one would be migrated, and the other used.
async fn require_one_database(config: &DatabaseConfig) -> anyhow::Result<()> {
    let (url, of_owner) = (config.url.expose_secret(), &config.owner_url);
    let Some(owner) = of_owner.as_ref().map(ExposeSecret::expose_secret) else {
        return Ok(());
    };
    // That the owner cannot log in is said when they do.
    if file_of(url).is_none()
        && let Ok(Some(false)) = wederhoor_migration::lead_to_one(owner, url).await
    {
        anyhow::bail!(
            "WEDERHOOR_DATABASE_OWNER_URL leads to another database ({}) than WEDERHOOR_DATABASE_URL ({}): nothing was changed",
            without_login(owner),
            without_login(url)
        );
    }
    Ok(())
}

/// Why a database cannot be worked with yet; waiting may mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hurdle {
    /// It cannot be asked.
    Away(String),
    /// It lacks a part of the schema, or is not made yet.
    Older(String),
}

impl fmt::Display for Hurdle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Away(why) | Self::Older(why)) = self;
        formatter.write_str(why)
    }
}

/// Refuses a database that lacks a part of the schema, before anything is asked of it.
///
/// # Errors
/// Then, and when it cannot be used or is of a newer version.
pub async fn require_schema(config: &DatabaseConfig) -> anyhow::Result<()> {
    match found(config).await? {
        Some(hurdle) => anyhow::bail!("{hurdle}"),
        None => Ok(()),
    }
}

/// Returns when the database is there and has every step of the schema that this program knows. `meet` hears of each hurdle
/// at every look, and whether it is time to tell people: of each as it comes, and of one that stays once a minute.
///
/// # Errors
/// At once, on what waiting cannot mend: a wrong password, no such database, damage, or a schema of a newer version.
pub async fn wait_for_schema(
    config: &DatabaseConfig,
    mut meet: impl FnMut(&Hurdle, bool),
) -> anyhow::Result<()> {
    let url = config.url.expose_secret();
    let mut told: Option<(Hurdle, Instant)> = None;
    loop {
        let found = hurdle(url).await;
        let Ok(Some(hurdle)) = found else {
            // Not earlier: a file that is being made looks damaged.
            require_sound(url).await?;
            return found.map(drop);
        };
        let is_known = told
            .as_ref()
            .is_some_and(|(known, at)| *known == hurdle && at.elapsed() < REMINDER);
        meet(&hurdle, !is_known);
        if !is_known {
            told = Some((hurdle, Instant::now()));
        }
        tokio::time::sleep(REST).await;
    }
}

/// What keeps a program from working with this database; nothing where it can begin.
///
/// # Errors
/// On what waiting cannot mend.
pub async fn found(config: &DatabaseConfig) -> anyhow::Result<Option<Hurdle>> {
    let url = config.url.expose_secret();
    require_sound(url).await?;
    hurdle(url).await
}

/// What still keeps a program from working with a database; nothing where it can begin.
async fn hurdle(url: &str) -> anyhow::Result<Option<Hurdle>> {
    let place = without_login(url);
    if file_of(url).is_some_and(|file| !file.exists()) {
        let why = format!("there is no database at {place} yet: run `wederhoor migrate` first");
        return Ok(Some(Hurdle::Older(why)));
    }
    require_writable(url)?;
    let standing = match wederhoor_migration::standing(url).await {
        Ok(standing) => standing,
        Err(error) => {
            let passing = wederhoor_migration::why_it_may_pass(&error);
            let cannot = || format!("the database at {place} cannot be used");
            let why = passing.ok_or(error).with_context(cannot)?;
            let why = format!("the database at {place} cannot be reached: {why}");
            return Ok(Some(Hurdle::Away(why)));
        }
    };
    match standing {
        Standing::Complete { .. } => Ok(None),
        Standing::Older(step) => Ok(Some(Hurdle::Older(format!(
            "the database at {place} has not the newest schema (it lacks {step}): run `wederhoor migrate` first"
        )))),
        Standing::Newer(step) => anyhow::bail!(
            "the database at {place} is of a newer version, with the step {step}, beside which this one cannot work: \
             run the newer version"
        ),
    }
}

/// Refuses an address for being told of changes at which nobody can ever listen; where somebody may later, or nobody is told
/// there, it is said, as subscriptions are late then.
///
/// # Errors
/// On what waiting cannot mend.
pub async fn require_listening(config: &DatabaseConfig) -> anyhow::Result<()> {
    let Some(url) = config.listen_url.as_ref().map(ExposeSecret::expose_secret) else {
        return Ok(());
    };
    let mut one = StoreConfig::new(config.url.expose_secret());
    one.max_connections = 1;
    let store = Store::connect(one).await?;
    let told = store.tells(url).await;
    store.close().await?;
    let place = without_login(url);
    match told {
        Ok(None | Some(true)) => {}
        Ok(Some(false)) => tracing::warn!(
            place,
            "at WEDERHOOR_LISTEN_DATABASE_URL nobody is told what changes at WEDERHOOR_DATABASE_URL: subscriptions are late"
        ),
        Err(StoreError::Config(why)) => anyhow::bail!(
            "WEDERHOOR_LISTEN_DATABASE_URL: the database at {place} cannot be listened to: {why}"
        ),
        Err(error) => tracing::warn!(
            place,
            %error,
            "the database at WEDERHOOR_LISTEN_DATABASE_URL cannot be listened to now: subscriptions are late"
        ),
    }
    Ok(())
}

/// Refuses an SQLite file that is there and takes no writing: it would open, and fail at every command.
fn require_writable(url: &str) -> anyhow::Result<()> {
    let Some(file) = file_of(url).filter(|file| file.exists()) else {
        return Ok(());
    };
    let opened = std::fs::OpenOptions::new().append(true).open(file);
    opened.with_context(|| format!("the database at {} cannot be written", without_login(url)))?;
    Ok(())
}

/// Refuses an SQLite file of which a part is damaged: it would open, and fail in the middle of what it is used for.
pub(crate) async fn require_sound(url: &str) -> anyhow::Result<()> {
    let Some(file) = file_of(url).filter(|file| file.exists()) else {
        return Ok(());
    };
    let damage = wederhoor_migration::damage(&file.to_string_lossy()).await;
    let damage = damage.map(|damage| damage.map(|said| said.replace('\n', " ")));
    let cause = match damage {
        Ok(None) => return Ok(()),
        Ok(Some(said)) => anyhow::anyhow!(said),
        Err(error) => error.into(),
    };
    let place = without_login(url);
    Err(cause.context(format!(
        "the database at {place} is damaged, and was left as it is: put a copy in its place"
    )))
}

/// SQLite has several words for a disk that takes no more.
fn hint(error: &str) -> &'static str {
    let words = ["disk I/O error", "disk is full"];
    if words.iter().any(|one| error.contains(one)) {
        " (is the disk full?)"
    } else {
        ""
    }
}

/// The file of an SQLite database.
fn file_of(url: &str) -> Option<&Path> {
    let file = url.strip_prefix("sqlite://")?;
    Some(Path::new(file.split('?').next().unwrap_or(file)))
}

/// Makes the directory of an SQLite file, where it is missing.
fn make_directory(url: &str) -> anyhow::Result<()> {
    let Some(path) = file_of(url) else {
        return Ok(());
    };
    let Some(directory) = path
        .parent()
        .filter(|directory| !directory.as_os_str().is_empty())
    else {
        return Ok(());
    };
    std::fs::create_dir_all(directory)
        .with_context(|| format!("the directory {} cannot be made", directory.display()))
}

/// The user of a database URL; the usual role where the URL names none.
fn app_role(url: &str) -> &str {
    let authority = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let login = authority.split_once('@').map(|(login, _)| login);
    login
        .and_then(|login| login.split(':').next())
        .filter(|user| !user.is_empty())
        .unwrap_or(wederhoor_migration::DEFAULT_APP_ROLE)
}

/// A database URL as it may be shown: without user, password and parameters, among which both may stand too.
pub fn without_login(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return "an address that cannot be read".to_owned();
    };
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    if parameters.contains('@') {
        // Whether a parameter or a password has it, nobody can tell.
        return format!("{scheme}://…");
    }
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    format!("{scheme}://{place}")
}

#[cfg(test)]
mod tests;
