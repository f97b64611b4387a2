//! The database before it is used: its place is made, its schema brought up to date.

use std::path::Path;

use anyhow::Context;
use secrecy::ExposeSecret;

use crate::config::DatabaseConfig;

/// Brings the database to the newest schema, and grants the application's login what it needs.
pub async fn migrate(config: &DatabaseConfig) -> anyhow::Result<()> {
    let url = config.migration_url().expose_secret();
    make_directory(url)?;
    wederhoor_migration::up(url, app_role(config.url.expose_secret()))
        .await
        .map_err(|error| {
            let hint = hint(&error.to_string());
            let place = without_login(url);
            anyhow::Error::new(error)
                .context(format!("the database at {place} cannot be migrated{hint}"))
        })
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

/// Makes the directory of an SQLite file, where it is missing.
fn make_directory(url: &str) -> anyhow::Result<()> {
    let Some(file) = url.strip_prefix("sqlite://") else {
        return Ok(());
    };
    let path = Path::new(file.split('?').next().unwrap_or(file));
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
    let login = url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('@'))
        .map(|(login, _)| login);
    login
        .and_then(|login| login.split(':').next())
        .filter(|user| !user.is_empty())
        .unwrap_or(wederhoor_migration::DEFAULT_APP_ROLE)
}

/// A database URL as it may be shown: without user and password.
pub fn without_login(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{place}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests;
