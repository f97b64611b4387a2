//! The database before it is used: its place is made, its schema brought up to date.

use std::path::Path;

use anyhow::Context;
use secrecy::ExposeSecret;

use crate::config::DatabaseConfig;

/// Brings the database to the newest schema, and grants the application's login what it needs.
pub async fn migrate(config: &DatabaseConfig) -> anyhow::Result<()> {
    let url = config.migration_url().expose_secret();
    make_directory(url)?;
    require_writable(url)?;
    require_sound(url).await?;
    wederhoor_migration::up(url, app_role(config.url.expose_secret()))
        .await
        .map_err(|error| {
            let hint = hint(&error.to_string());
            let place = without_login(url);
            anyhow::Error::new(error)
                .context(format!("the database at {place} cannot be migrated{hint}"))
        })
}

/// Refuses a database that lacks a part of the schema, before anything is asked of it.
pub async fn require_schema(config: &DatabaseConfig) -> anyhow::Result<()> {
    let url = config.url.expose_secret();
    let place = without_login(url);
    if file_of(url).is_some_and(|file| !file.exists()) {
        anyhow::bail!("there is no database at {place} yet: run `wederhoor migrate` first");
    }
    require_writable(url)?;
    require_sound(url).await?;
    let missing = wederhoor_migration::first_missing(url).await;
    let missing = missing.with_context(|| format!("the database at {place} cannot be used"))?;
    if let Some(step) = missing {
        anyhow::bail!(
            "the database at {place} has not the newest schema (it lacks {step}): run `wederhoor migrate` first"
        );
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
async fn require_sound(url: &str) -> anyhow::Result<()> {
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
