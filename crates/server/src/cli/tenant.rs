use anyhow::bail;
use wederhoor_service::ServiceError;

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

/// Puts an organisation on hold.
pub(super) async fn suspend(slug: &str) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    known(slug, service.suspend_tenant(slug).await)?;
    out::line(format_args!(
        "{slug} is on hold: its administrators read, and nothing else is done there."
    ))?;
    service.close().await?;
    Ok(())
}

/// Takes an organisation into use again.
pub(super) async fn resume(slug: &str) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    known(slug, service.resume_tenant(slug).await)?;
    out::line(format_args!("{slug} is in use again."))?;
    service.close().await?;
    Ok(())
}

/// Says whose pages may read what concerns an organisation.
pub(super) async fn allow_origins(slug: &str, origins: &[String]) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    known(slug, service.allow_origins(slug, origins).await)?;
    let listed = if origins.is_empty() {
        "no other origin".to_owned()
    } else {
        origins.join(", ")
    };
    out::line(format_args!(
        "Within a minute, pages of {listed} may read what concerns {slug}, and of no others."
    ))?;
    service.close().await?;
    Ok(())
}

fn known(slug: &str, done: Result<(), ServiceError>) -> anyhow::Result<()> {
    match done {
        Err(ServiceError::NotFound) => bail!("there is no organisation of the name {slug}"),
        other => Ok(other?),
    }
}
