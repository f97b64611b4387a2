use anyhow::bail;
use wederhoor_service::ServiceError;

use super::{out, serve::parts};
use crate::config::Config;

/// Invites somebody, and prints their way in: it is sent to nobody, for who runs the server to hand over.
pub(super) async fn invite(email: &str, name: &str) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    match service.invite_operator(email, name).await {
        Ok(url) => {
            out::line(format_args!(
                "{email} is invited as an operator, for 7 days:"
            ))?;
            out::line(url)?;
        }
        Err(ServiceError::Invalid(faults)) => {
            let line = |fault: &wederhoor_service::InputFault| match fault.path.join(".").as_str() {
                "email" => format!("EMAIL: {}", fault.message.en),
                other => format!("--{other}: {}", fault.message.en),
            };
            let lines: Vec<String> = faults.iter().map(line).collect();
            bail!("nobody is invited:\n  {}", lines.join("\n  "))
        }
        Err(error) => return Err(error.into()),
    }
    service.close().await?;
    Ok(())
}

/// Prints a way to another password: it is sent to nobody, for who runs the server to hand over.
pub(super) async fn reset(email: &str) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    let url = match service.reset_operator(email).await {
        Err(ServiceError::NotFound) => bail!("{email} is no operator"),
        other => other?,
    };
    out::line(format_args!(
        "{email} can choose another password, once, within an hour:"
    ))?;
    out::line(url)?;
    service.close().await?;
    Ok(())
}

/// Makes an operator nobody in particular again.
pub(super) async fn remove(email: &str) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    match service.remove_operator(email).await {
        Err(ServiceError::NotFound) => bail!("{email} is no operator"),
        other => other?,
    }
    out::line(format_args!(
        "{email} is no operator any more, and signed out."
    ))?;
    service.close().await?;
    Ok(())
}
