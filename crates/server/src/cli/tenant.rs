use std::{collections::BTreeSet, path::PathBuf};

use anyhow::Context;
use chrono_tz::Tz;
use secrecy::ExposeSecret;
use wederhoor_procedure::{Locale, actor::Role};
use wederhoor_service::{MemberInput, NewTenant, PolicySource, TenantSettings};

use super::serve::parts;
use crate::config::Config;

/// What `wederhoor tenant create` must be told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Its name in addresses: 2 to 40 lower-case letters, digits and hyphens
    slug: String,
    /// Its name
    #[arg(long)]
    name: String,
    /// Its regulation, TOML or JSON by its ending
    #[arg(long)]
    policy: PathBuf,
    /// What references begin with, e.g. LIVP
    #[arg(long)]
    prefix: String,
    /// The name of its first administrator
    #[arg(long)]
    administrator: String,
    /// The e-mail address of its first administrator
    #[arg(long)]
    email: String,
    /// Where its days begin
    #[arg(long, default_value = "Europe/Amsterdam")]
    time_zone: Tz,
    /// Its colour in letters
    #[arg(long, default_value = "#1f5a7a")]
    colour: String,
}

/// Makes the organisation, and prints the way in of its administrator, which is also sent by letter.
pub(super) async fn create(arguments: &Arguments) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let base_url = config.web.base_url.clone();
    let file = &arguments.policy;
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let is_json = file.extension().is_some_and(|ending| ending == "json");
    let regulation = if is_json {
        PolicySource::Json(text)
    } else {
        PolicySource::Toml(text)
    };
    let tenant = NewTenant {
        slug: arguments.slug.clone(),
        name: arguments.name.clone(),
        settings: TenantSettings {
            time_zone: arguments.time_zone,
            locale: Locale::Nl,
            reference_prefix: arguments.prefix.clone(),
            colour: arguments.colour.clone(),
            stand_in: None,
        },
    };
    let administrator = MemberInput {
        name: arguments.administrator.clone(),
        email: Some(arguments.email.clone()),
        roles: BTreeSet::from([Role::Administrator]),
        locale: Locale::Nl,
        active_from: None,
        active_until: None,
    };
    let service = parts(config).await?.service;
    let invited = service.found(tenant, &regulation, &administrator).await?;
    println!(
        "{} exists; {} is invited:",
        arguments.slug, arguments.administrator
    );
    println!(
        "{base_url}/invitation#{}.{}",
        arguments.slug,
        invited.token.expose_secret()
    );
    service.close().await?;
    Ok(())
}
