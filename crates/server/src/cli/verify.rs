use anyhow::bail;

use super::{out, serve::parts};
use crate::config::Config;

/// Checks every chain. It fails where one does not hold.
pub(super) async fn run(with_entrants: bool) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    let found = service.verify_chains().await?;
    let entrants = if with_entrants {
        service.entrants().await?
    } else {
        Vec::new()
    };
    service.close().await?;
    for one in &found.broken {
        out::line(format_args!(
            "{} {}: {}",
            one.slug, one.complaint, one.fault
        ))?;
    }
    for one in &entrants {
        out::line(format_args!(
            "{}: {} members and {} API keys come in; see that each still may",
            one.slug, one.members, one.api_keys
        ))?;
    }
    let (broken, complaints) = (found.broken.len(), found.complaints);
    if broken > 0 {
        bail!("{broken} of {complaints} chains do not hold: restore a backup in which they do");
    }
    out::line(format_args!(
        "{complaints} chains of {} organisations hold, with {} entries.",
        found.organisations, found.entries
    ))?;
    Ok(())
}
