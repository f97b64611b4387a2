//! How an organisation leaves the service: with every row of it, and a certificate in its place.

use std::time::Duration;

use anyhow::{Context, bail};
use wederhoor_store::{Deletion, DeletionCertificate, Store, StoreConfig};

use crate::{clock::real_now, database::without_login};

/// How long one statement may take: many rows go at a time.
const PATIENCE: Duration = Duration::from_mins(1);

/// What became of the organisations whose deletion is due.
#[derive(Debug, Default)]
pub struct Ended {
    /// Those of which nothing is left.
    pub gone: Vec<DeletionCertificate>,
    /// Those that could not go, each with what is in the way.
    pub kept: Vec<(String, String)>,
}

/// Deletes every organisation whose deletion is due, as this login of the database, and goes on with those of which it was
/// interrupted.
///
/// # Errors
/// When the database cannot be reached, or its login may do too much.
pub async fn delete_due(url: &str) -> anyhow::Result<Ended> {
    let place = without_login(url);
    let mut config = StoreConfig::new(url);
    config.statement_timeout = PATIENCE;
    config.max_connections = 2;
    let store = Store::connect(config).await;
    let store = store.with_context(|| format!("the database at {place} cannot be used"))?;
    let faults = store.check_role().await?;
    if let Some(fault) = faults.first() {
        bail!("the login that deletes organisations may do too much: {fault}");
    }
    let (platform, mut ended) = (store.platform(), Ended::default());
    for (id, slug) in platform.due_deletions(real_now()).await? {
        match platform.delete_tenant(id, real_now()).await {
            Ok(Deletion::Done(certificate)) => ended.gone.push(certificate),
            Ok(Deletion::Held(complaints)) => ended.kept.push((slug, on_hold(complaints))),
            Ok(Deletion::NotDue) => {}
            Err(error) => ended.kept.push((slug, error.to_string())),
        }
    }
    store.close().await?;
    Ok(ended)
}

fn on_hold(complaints: u64) -> String {
    let (are, them) = if complaints == 1 {
        ("complaint is", "it")
    } else {
        ("complaints are", "them")
    };
    format!(
        "{complaints} {are} on legal hold. Resume the organisation, so that its administrators can lift {them}; or leave it on hold"
    )
}
