use anyhow::bail;
use secrecy::ExposeSecret;
use wederhoor_service::ServiceError;

use super::{out, serve::parts};
use crate::{
    config::{Config, DatabaseConfig, MaintenanceConfig},
    ending,
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
pub(super) async fn suspend(slug: &str, reason: Option<&str>) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    known(slug, service.suspend_tenant(slug, reason).await)?;
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

/// Says who the letters of an organisation may be from.
pub(super) async fn allow_senders(slug: &str, senders: &[String]) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    known(slug, service.allow_senders(slug, senders).await)?;
    let allowed = if senders.is_empty() {
        "WEDERHOOR_MAIL_FROM only".to_owned()
    } else {
        format!("WEDERHOOR_MAIL_FROM, or {}", senders.join(", "))
    };
    out::line(format_args!(
        "From now on letters of {slug} are from {allowed}: its administrators choose by setMailSender."
    ))?;
    service.close().await?;
    Ok(())
}

/// Lists due work that fails again and again, a line for each, and lets it be tried at once.
pub(super) async fn stuck(retry: bool) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    for one in service.stuck_work().await? {
        let retried = if retry {
            let freed = service.retry_work(&one.slug, one.kind, one.subject_id);
            match freed.await {
                // It has succeeded meanwhile.
                Err(ServiceError::NotFound) => continue,
                other => other?,
            }
            ", and is tried at once"
        } else {
            ""
        };
        out::line(format_args!(
            "{} {:?} {} due since {}: failed {} times{retried}",
            one.slug,
            one.kind,
            one.subject_id,
            one.due_at.to_rfc3339(),
            one.failures
        ))?;
    }
    service.close().await?;
    Ok(())
}

fn known(slug: &str, done: Result<(), ServiceError>) -> anyhow::Result<()> {
    match done {
        Err(ServiceError::NotFound) => bail!("there is no organisation of the name {slug}"),
        other => Ok(other?),
    }
}

/// Deletes the organisations whose deletion is due, and prints a certificate of each, one line of JSON.
pub(super) async fn delete_due(url: Option<&str>) -> anyhow::Result<()> {
    let (usual, own) = (DatabaseConfig::from_env()?, MaintenanceConfig::from_env()?);
    let url = url.unwrap_or_else(|| own.url.as_ref().unwrap_or(&usual.url).expose_secret());
    let ended = ending::delete_due(url).await?;
    for certificate in &ended.gone {
        out::line(certificate.json())?;
    }
    if !ended.kept.is_empty() {
        let line = |(slug, why): &(String, String)| format!("{slug}: {why}");
        let lines: Vec<String> = ended.kept.iter().map(line).collect();
        bail!("not deleted:\n  {}", lines.join("\n  "));
    }
    Ok(())
}
