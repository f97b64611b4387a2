//! Pages of others that may read answers (CORS): each organisation lists the origins of its own, and a page reads only what
//! concerns organisations that list it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_procedure::{TenantId, actor::Role};
use wederhoor_store::AccountEvent;

use crate::{
    InputCode, InputFault, Request, Service, ServiceError, Tenant, TenantSettings,
    tenant::write_settings,
};

/// How long a process may not know yet what an organisation lists, or does not list any more.
const KNOWN_FOR: TimeDelta = TimeDelta::minutes(1);
/// As many an organisation lists at most.
const MOST: usize = 20;

/// Whom a request concerns, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Concerned {
    Tenant(TenantId),
    Slug(String),
}

/// The organisations that a request concerns so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Concerns(Arc<Mutex<Vec<Concerned>>>);

/// Who lists an origin.
type Listing = HashMap<String, Vec<(TenantId, String)>>;

/// What all organisations list, and when that was read.
#[derive(Default)]
pub(crate) struct Origins(RwLock<Option<(DateTime<Utc>, Arc<Listing>)>>);

impl Request {
    /// The request concerns an organisation, be there one of that name or not.
    pub(crate) fn concerns_slug(&self, slug: &str) {
        self.concerns(Concerned::Slug(slug.to_owned()));
    }

    /// The request concerns this organisation.
    pub(crate) fn concerns_tenant(&self, tenant: TenantId) {
        self.concerns(Concerned::Tenant(tenant));
    }

    fn concerns(&self, one: Concerned) {
        let mut all = self
            .concerned()
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&one) {
            all.push(one);
        }
    }

    /// Whether a page of this origin may read the answer: every organisation that the request concerned lists it, and where
    /// it concerned none, some organisation does.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn is_read_by(&self, origin: &str) -> Result<bool, ServiceError> {
        let listing = self.service().listed_origins().await?;
        let Some(listed) = listing.get(origin) else {
            return Ok(false);
        };
        let own = self.caller().tenant().map(Concerned::Tenant);
        let all = self
            .concerned()
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut all = all.iter().chain(&own);
        Ok(all.all(|one| {
            listed.iter().any(|(tenant, slug)| match one {
                Concerned::Tenant(of) => of == tenant,
                Concerned::Slug(of) => of == slug,
            })
        }))
    }
}

impl Request {
    /// The origins whose pages may read what concerns the caller's organisation.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator.
    pub async fn allowed_origins(&self) -> Result<Vec<String>, ServiceError> {
        self.require_role(Role::Administrator)?;
        Ok(self.tenant().await?.settings.allowed_origins.clone())
    }

    /// Lets pages of these origins, and no others, read what concerns the caller's organisation.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `RecentSignInRequired`; `Invalid` with every origin that is none.
    pub async fn allow_origins(&self, origins: &[String]) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        require_origins(origins)?;
        let set = |settings: &mut TenantSettings| settings.allowed_origins = origins.to_vec();
        self.set_settings(AccountEvent::OriginsAllowed, &origins, set)
            .await?;
        self.service().origins().forget();
        Ok(())
    }
}

impl Service {
    /// Whether any organisation lists this origin.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn is_listed_origin(&self, origin: &str) -> Result<bool, ServiceError> {
        Ok(self.listed_origins().await?.contains_key(origin))
    }

    /// Lets pages of these origins, and no others, read what concerns an organisation.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with every origin that is none.
    pub async fn allow_origins(&self, slug: &str, origins: &[String]) -> Result<(), ServiceError> {
        require_origins(origins)?;
        let tenant = self.tenant_by_slug(slug).await?;
        let tenant = tenant.ok_or(ServiceError::NotFound)?;
        let tx = self.store().tenant(tenant.id).write().await?;
        write_settings(&tx, |settings| settings.allowed_origins = origins.to_vec()).await?;
        tx.commit().await?;
        self.origins().forget();
        Ok(())
    }

    async fn listed_origins(&self) -> Result<Arc<Listing>, ServiceError> {
        let now = self.real_now();
        if let Some(known) = self.origins().known(now) {
            return Ok(known);
        }
        let mut listing = Listing::new();
        for record in self.store().platform().tenants().await? {
            let tenant = Tenant::from_record(record)?;
            for origin in tenant.settings.allowed_origins {
                let listed = listing.entry(origin).or_default();
                listed.push((tenant.id, tenant.slug.clone()));
            }
        }
        let listing = Arc::new(listing);
        self.origins().remember(now, listing.clone());
        Ok(listing)
    }
}

impl Origins {
    fn known(&self, now: DateTime<Utc>) -> Option<Arc<Listing>> {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (read_at, listing) = held.as_ref()?;
        (now - *read_at < KNOWN_FOR).then(|| listing.clone())
    }

    fn remember(&self, now: DateTime<Utc>, listing: Arc<Listing>) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *held = Some((now, listing));
    }

    fn forget(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn require_origins(origins: &[String]) -> Result<(), ServiceError> {
    if origins.len() > MOST {
        let (nl, en) = ("Noem er hoogstens 20.", "Name at most 20.");
        return Err(ServiceError::invalid(InputCode::TooLong, "origins", nl, en));
    }
    let fault = |(place, _): (usize, &String)| {
        let (nl, en) = (
            "Schrijf een oorsprong als https://www.organisatie.example, in kleine letters en zonder pad.",
            "Write an origin such as https://www.organisation.example, in lower case and without a path.",
        );
        InputFault::at(InputCode::Malformed, &format!("origins.{place}"), nl, en)
    };
    let wrong = origins
        .iter()
        .enumerate()
        .filter(|(_, one)| !is_origin(one));
    let faults: Vec<InputFault> = wrong.map(fault).collect();
    ServiceError::unless_faultless(&faults, &[])
}

/// Whether a text is an origin exactly as browsers write it: over https, or of this machine.
fn is_origin(text: &str) -> bool {
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (rest, None),
    };
    let is_label = |label: &str| {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (1..=63).contains(&label.len())
            && label.chars().all(is_plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let usual = if scheme == "https" { "443" } else { "80" };
    let has_port = port.is_none_or(|port| {
        let number = port.parse::<u16>().ok();
        port != usual && number.is_some_and(|number| number > 0 && number.to_string() == port)
    });
    let is_host = host.len() <= 253 && host.split('.').all(is_label);
    let is_here = matches!(host, "localhost" | "127.0.0.1");
    has_port
        && is_host
        && ((scheme == "https" && host.contains('.')) || is_here && scheme == "http")
}

#[cfg(test)]
mod tests;
