use anyhow::bail;
use wederhoor_service::Rebuilt;

use super::{out, serve::parts};
use crate::config::Config;

/// Compares the figures of every organisation with its events, and mends them unless they are only checked. It fails where
/// something is wrong and is left so.
pub(super) async fn rebuild(only_checks: bool) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    let mut wrong = 0;
    for (tenant, slug) in service.counted_tenants().await? {
        let Rebuilt {
            complaints,
            differing,
            sums,
        } = service.rebuild_figures(tenant, !only_checks).await?;
        wrong += differing + sums;
        out::line(format_args!(
            "{slug}: of {complaints} complaints {differing} had other figures than their events tell, and {sums} sums were wrong."
        ))?;
    }
    service.close().await?;
    if wrong > 0 && only_checks {
        bail!("the figures are wrong: figures rebuild mends them");
    }
    Ok(())
}
