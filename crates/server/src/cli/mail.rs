use anyhow::{anyhow, bail};

use super::out;
use crate::{clock::real_now, config, entropy::new_id, mail};

/// Sends a test letter, and says what came of it. Of the configuration only that of mail needs to be right.
pub(super) async fn check(address: &str) -> anyhow::Result<()> {
    let Some(smtp) = config::mail_from_env()?.smtp else {
        bail!("no mail server is set: letters wait until WEDERHOOR_SMTP_URL names one");
    };
    let now = real_now();
    let checked = mail::check(&smtp, address, new_id(now), now).await;
    out::line(checked.map_err(|what| anyhow!(what))?)?;
    Ok(())
}
