use secrecy::{ExposeSecret, SecretString};

use super::reader::{Problems, Reader};

const URL: &str = "WEDERHOOR_DATABASE_URL";
const OWNER_URL: &str = "WEDERHOOR_DATABASE_OWNER_URL";
const LISTEN_URL: &str = "WEDERHOOR_LISTEN_DATABASE_URL";
const MAX_CONNECTIONS: &str = "WEDERHOOR_DATABASE_MAX_CONNECTIONS";

/// Where the data is.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// `sqlite://…` or `postgres://…`; on PostgreSQL the login of the application, which owns nothing.
    pub url: SecretString,
    /// The login that owns the tables, for migrations only; `None` means `url`.
    pub owner_url: Option<SecretString>,
    /// Where PostgreSQL tells what has changed; `None` means `url`.
    pub listen_url: Option<SecretString>,
    /// Connections to the database at the same time.
    pub max_connections: u32,
}

impl DatabaseConfig {
    /// Reads only this concern from the process's settings.
    pub fn from_env() -> Result<Self, Problems> {
        super::only(read)
    }

    /// The login that migrations run with.
    pub fn migration_url(&self) -> &SecretString {
        self.owner_url.as_ref().unwrap_or(&self.url)
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<DatabaseConfig> {
    let url = SecretString::from(reader.address_or(URL, "sqlite://data/wederhoor.db?mode=rwc"));
    let owner_url = reader.address(OWNER_URL).map(SecretString::from);
    let listen_url = reader.address(LISTEN_URL).map(SecretString::from);
    let max_connections = reader.number(MAX_CONNECTIONS, "10", 1..=1000);
    check_address(reader, URL, &url);
    for (key, other) in [(OWNER_URL, &owner_url), (LISTEN_URL, &listen_url)] {
        let Some(other) = other else { continue };
        check_address(reader, key, other);
        if is_file(other) != is_file(&url) {
            reader.problem(
                key,
                "must name the same database as WEDERHOOR_DATABASE_URL, by another login or way",
            );
        }
    }
    Some(DatabaseConfig {
        url,
        owner_url,
        listen_url,
        max_connections: max_connections?,
    })
}

fn is_file(url: &SecretString) -> bool {
    url.expose_secret().starts_with("sqlite:")
}

/// What the driver knows of an address. It goes on without what it does not know, and logs that with its value, which may be a
/// mistyped password.
const PARAMETERS: [&str; 17] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
];

fn is_known(parameter: &str) -> bool {
    PARAMETERS.contains(&parameter) || parameter == "options" || parameter.starts_with("options[")
}

/// Whether a password that is not written as it must be ends the place early: what is left of it would be taken for a port, or
/// for the name of the database, and the host for another that nobody answers at.
fn is_cut_short(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, _) = rest.split_once('?').unwrap_or((rest, ""));
    let (login, behind) = place.split_once('/').unwrap_or((place, ""));
    url.contains('#') || behind.contains('@') || login.matches('@').count() > 1
}

pub(super) fn check_address(reader: &mut Reader<'_>, key: &'static str, url: &SecretString) {
    let url = url.expose_secret();
    if !["sqlite://", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        reader.problem(key, "must begin with sqlite:// or postgres://");
    } else if !url.starts_with("sqlite:") && is_cut_short(url) {
        reader.problem(
            key,
            "has a character in its password or name that ends them: write @ as %40, # as %23, / as %2F, ? as %3F and % as %25",
        );
    } else if !url.starts_with("sqlite:")
        && let Some((_, parameters)) = url.split_once('?')
        && !form_urlencoded::parse(parameters.as_bytes()).all(|(name, _)| is_known(&name))
    {
        reader.problem(
            key,
            format!(
                "has something behind the ? that is none of {}, options",
                PARAMETERS.join(", ")
            ),
        );
    } else if url.starts_with("sqlite:") && url.contains(":memory:") {
        reader.problem(
            key,
            "must name a file; a database in memory would be another one for each connection",
        );
    }
}
