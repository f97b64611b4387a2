//! The database: whether it answers, what its login may do, and whether what is in between lets through what is needed.

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use wederhoor_store::{RoleFault, Store, StoreConfig, StoreError};

use super::Finding;
use crate::{
    clock::real_now,
    config::DatabaseConfig,
    database::{self, Hurdle, without_login},
};

/// The oldest version of PostgreSQL that the program is tried with.
const OLDEST: u32 = 15;
/// How far two clocks may be apart.
const APART: TimeDelta = TimeDelta::seconds(5);

const LOGIN: &str =
    "use the login wederhoor_app in WEDERHOOR_DATABASE_URL, as scripts/roles.sql makes it";

/// Whether the rest can be looked at.
pub(super) async fn examine(config: &DatabaseConfig, findings: &mut Vec<Finding>) -> bool {
    let place = without_login(config.url.expose_secret());
    match database::found(config).await {
        Ok(None) => {}
        Ok(Some(Hurdle::Away(why))) => {
            let mend = "look at WEDERHOOR_DATABASE_URL, and whether the database runs";
            findings.push(Finding::failed("database", why, mend));
            return false;
        }
        Ok(Some(Hurdle::Older(why))) => {
            let mend = "run `wederhoor migrate` as the login that owns the tables";
            findings.push(Finding::failed("schema", why, mend));
            return false;
        }
        Err(error) => {
            let mend = "look at WEDERHOOR_DATABASE_URL; what is damaged or of a newer version stays as it is";
            findings.push(Finding::failed("database", format!("{error:#}"), mend));
            return false;
        }
    }
    findings.push(Finding::ok("database", format!("{place} answers")));
    findings.push(Finding::ok("schema", "is the one that this version needs"));
    match of_server(config).await {
        Ok(found) => {
            findings.extend(found);
            true
        }
        Err(error) => {
            let mend = "try again; the log of PostgreSQL says more";
            findings.push(Finding::failed("database", error.to_string(), mend));
            false
        }
    }
}

async fn connected(url: &str) -> Result<Store, StoreError> {
    let mut config = StoreConfig::new(url);
    config.max_connections = 2;
    Store::connect(config).await
}

/// What PostgreSQL says of itself; nothing of SQLite, which is a file.
async fn of_server(config: &DatabaseConfig) -> Result<Vec<Finding>, StoreError> {
    let url = config.url.expose_secret();
    let store = connected(url).await?;
    let Some(server) = store.server().await? else {
        store.close().await?;
        return Ok(Vec::new());
    };
    let mut findings = vec![
        of_version(server.version),
        of_clock(server.clock - real_now()),
    ];
    findings.push(of_rights(
        &store.check_role().await?,
        &store.excess_rights().await?,
    ));
    findings.push(of_walls(&store.open_tables().await?));
    findings.push(of_pooler(store.keeps_statements().await?));
    let listened = config.listen_url.as_ref().unwrap_or(&config.url);
    let tells = store.tells(listened.expose_secret()).await;
    findings.extend(tells.unwrap_or(Some(false)).map(of_hints));
    store.close().await?;
    Ok(findings)
}

fn of_version(version: u32) -> Finding {
    let found = format!("PostgreSQL {version}");
    if version >= OLDEST {
        return Finding::ok("version", found);
    }
    let mend = format!("upgrade it to {OLDEST} or newer");
    Finding::failed("version", found, mend)
}

pub(super) fn of_clock(ahead: TimeDelta) -> Finding {
    if ahead.abs() <= APART {
        return Finding::ok("clock", "agrees with the database's");
    }
    let seconds = ahead.num_seconds();
    let found = format!("the database's clock differs by {seconds} s from that of this machine");
    let mend = "let both machines ask the same time server (NTP): terms, leases and tokens go by their clocks";
    Finding::failed("clock", found, mend)
}

pub(super) fn of_rights(faults: &[RoleFault], excess: &[String]) -> Finding {
    if let Some(fault) = faults.first() {
        return Finding::failed("rights", fault.to_string(), LOGIN);
    }
    if excess.is_empty() {
        return Finding::ok(
            "rights",
            "the login may do what the program needs, and no more",
        );
    }
    let found = format!("the login may do what it needs not: {}", excess.join(", "));
    Finding::failed(
        "rights",
        found,
        "REVOKE each of these from the login, as the owner of the tables",
    )
}

pub(super) fn of_walls(open: &[String]) -> Finding {
    if open.is_empty() {
        return Finding::ok(
            "walls",
            "row-level security holds in every table of organisations",
        );
    }
    let found = format!(
        "row-level security does not keep organisations apart in: {}",
        open.join(", ")
    );
    let mend = "stop the program; as the owner of the tables: ALTER TABLE … ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; where \
                the policy `tenant` is gone, restore the schema from a backup";
    Finding::failed("walls", found, mend)
}

pub(super) fn of_pooler(keeps: bool) -> Finding {
    if keeps {
        return Finding::ok("pooler", "prepared statements are kept");
    }
    let mend = "upgrade PgBouncer to 1.21 or newer and set max_prepared_statements above 0, or use pool_mode = session";
    let found = "what is between the program and PostgreSQL forgets prepared statements";
    Finding::failed("pooler", found, mend)
}

pub(super) fn of_hints(are_told: bool) -> Finding {
    if are_told {
        return Finding::ok("changes", "are told to every process");
    }
    let mend = "name PostgreSQL itself in WEDERHOOR_LISTEN_DATABASE_URL, past a pooler that gives connections for one transaction";
    let found = "are not told to other processes: subscriptions are late";
    Finding::warning("changes", found, mend)
}

/// The login that owns the tables.
pub(super) async fn owner(url: &SecretString) -> Finding {
    let mend = "use the login wederhoor_owner in WEDERHOOR_DATABASE_OWNER_URL, as scripts/roles.sql makes it";
    match role_of(url).await {
        Ok(faults) if faults.iter().all(|fault| *fault == RoleFault::OwnsTables) => {
            Finding::ok("owner", "can log in")
        }
        Ok(faults) => {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Finding::failed("owner", all.join("; "), mend)
        }
        Err(error) => Finding::failed("owner", error.to_string(), mend),
    }
}

async fn role_of(url: &SecretString) -> Result<Vec<RoleFault>, StoreError> {
    let store = connected(url.expose_secret()).await?;
    let faults = store.check_role().await?;
    store.close().await?;
    Ok(faults)
}

/// The login that deletes organisations.
pub(super) async fn maintenance(url: &SecretString) -> Finding {
    const ROLE: &str = wederhoor_migration::MAINTENANCE_ROLE;
    let mend =
        format!("use the login {ROLE} in WEDERHOOR_MAINTENANCE_DATABASE_URL, or a member of it");
    let looked = async {
        let store = connected(url.expose_secret()).await?;
        let found = (store.check_role().await?, store.acts_as(ROLE).await?);
        store.close().await?;
        Ok::<_, StoreError>(found)
    };
    match looked.await {
        Ok((faults, _)) if !faults.is_empty() => {
            Finding::failed("maintenance", faults[0].to_string(), mend)
        }
        Ok((_, true)) => Finding::ok("maintenance", "can log in"),
        Ok((_, false)) => Finding::failed(
            "maintenance",
            format!("the login is no member of {ROLE}"),
            mend,
        ),
        Err(error) => Finding::failed("maintenance", error.to_string(), mend),
    }
}
