use anyhow::bail;
use wederhoor_service::Resealed;

use super::{out, serve::parts};
use crate::config::Config;

/// Seals anew what older keys sealed. It fails as long as an older key is still needed.
pub(super) async fn run() -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    let Resealed {
        anew,
        before,
        unopened,
        overtaken,
    } = service.reseal().await?;
    service.close().await?;
    out::line(format_args!(
        "{anew} second factors are sealed anew; {before} were sealed by the newest key."
    ))?;
    if overtaken > 0 {
        bail!("{overtaken} were changed meanwhile: run this once more");
    }
    if unopened > 0 {
        bail!(
            "{unopened} are sealed by a key that is not set, or were changed: name that key in WEDERHOOR_SEALING_KEYS_OLDER"
        );
    }
    out::line("Older sealing keys can go.")?;
    Ok(())
}
