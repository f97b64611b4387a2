use super::{out, serve::parts};
use crate::{
    config::Config,
    founding::{Founding, found},
};

/// Makes the organisation, and prints the way in of its administrator, which is also sent by letter.
pub(super) async fn create(founding: &Founding) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let base_url = config.web.base_url.clone();
    let service = parts(config).await?.service;
    let invitation = found(&service, founding).await?;
    out::line(format_args!(
        "{} exists; {} is invited:",
        founding.slug, founding.administrator
    ))?;
    out::line(format_args!("{base_url}/invitation#{invitation}"))?;
    service.close().await?;
    Ok(())
}
