//! How an organisation comes to the service.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use anyhow::bail;
use chrono_tz::{Europe::Amsterdam, Tz};
use secrecy::ExposeSecret;
use wederhoor_procedure::{Locale, actor::Role, calendar::Hour};
use wederhoor_service::{
    ContactDetails, InputCode, InputFault, MailSettings, MemberInput, NewTenant, Service,
    ServiceError, TenantSettings,
};

use crate::regulation;

/// What must be told of an organisation.
#[derive(Debug, clap::Args)]
pub struct Founding {
    /// Its name in addresses: 2 to 40 lower-case letters, digits and hyphens
    pub slug: String,
    /// Its name
    #[arg(long)]
    pub name: String,
    /// Its regulation, TOML or JSON by its ending
    #[arg(long)]
    pub policy: PathBuf,
    /// What references begin with, e.g. LIVP: 2 to 12 capital letters and digits, a letter first
    #[arg(long)]
    pub prefix: String,
    /// The name of its first administrator
    #[arg(long)]
    pub administrator: String,
    /// The e-mail address of its first administrator
    #[arg(long)]
    pub email: String,
    /// Where its days begin
    #[arg(long, default_value_t = Amsterdam)]
    pub time_zone: Tz,
    /// Its colour in letters
    #[arg(long, default_value = COLOUR)]
    pub colour: String,
}

const COLOUR: &str = "#1f5a7a";

impl Founding {
    /// An organisation with an administrator, in Amsterdam.
    pub fn new(slug: &str, policy: &Path, prefix: &str, email: &str) -> Self {
        Self {
            slug: slug.to_owned(),
            name: slug.to_owned(),
            policy: policy.to_owned(),
            prefix: prefix.to_owned(),
            administrator: "Administratie".to_owned(),
            email: email.to_owned(),
            time_zone: Amsterdam,
            colour: COLOUR.to_owned(),
        }
    }
}

/// Makes an organisation, its regulation in force from now on: what follows `/invitation#` in the address at which its
/// administrator comes in, who gets that by letter too.
///
/// # Errors
/// Everything that is not fit, at once: the regulation, names and addresses, a name that is taken.
pub async fn found(service: &Service, founding: &Founding) -> anyhow::Result<String> {
    let tenant = NewTenant {
        slug: founding.slug.clone(),
        name: founding.name.clone(),
        settings: TenantSettings {
            time_zone: founding.time_zone,
            locale: Locale::Nl,
            reference_prefix: founding.prefix.clone(),
            colour: founding.colour.clone(),
            stand_in: None,
            requires_second_factor: false,
            allowed_origins: Vec::new(),
            contact: ContactDetails::default(),
            mail: MailSettings::default(),
            reminder_hour: Hour::default(),
            recurrence_months: wederhoor_service::RECURRENCE_MONTHS,
            smallest_told: wederhoor_service::SMALLEST_TOLD,
        },
    };
    let administrator = MemberInput {
        name: founding.administrator.clone(),
        email: Some(founding.email.clone()),
        roles: BTreeSet::from([Role::Administrator]),
        locale: Locale::Nl,
        active_from: None,
        active_until: None,
    };
    let regulation = regulation::read(&founding.policy).map_err(|error| {
        let words = format!("{error:#}");
        InputFault::at(InputCode::Malformed, FILE, &words, &words)
    });
    let regulation = regulation.as_ref().map_err(Clone::clone);
    match service
        .found(tenant, Some(regulation), &administrator, Vec::new())
        .await
    {
        Ok(invited) => Ok(format!(
            "{}.{}",
            founding.slug,
            invited.token.expose_secret()
        )),
        Err(ServiceError::Invalid(faults)) => {
            let lines = faults.iter().map(|fault| founding.told(fault));
            let lines: Vec<String> = lines.collect();
            bail!("{} is not made:\n  {}", founding.slug, lines.join("\n  "))
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a regulation that cannot even be read is at fault: what is said of it names its file.
const FILE: &str = "policy";

impl Founding {
    /// A fault, with what to mend as the command line has it.
    fn told(&self, fault: &InputFault) -> String {
        let said = &fault.message.en;
        let at = match fault.path.join(".").as_str() {
            FILE => return said.clone(),
            "slug" => "SLUG".to_owned(),
            "member.name" => "--administrator".to_owned(),
            "member.email" => "--email".to_owned(),
            "document.text" => self.policy.display().to_string(),
            other => format!("--{other}"),
        };
        format!("{at}: {said}")
    }
}
