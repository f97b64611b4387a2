//! A tenant and what it chose for itself.

use std::{fmt::Debug, sync::Arc};

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use wederhoor_procedure::{Locale, MemberId, TenantId, calendar::Hour};
use wederhoor_store::{AccountEvent, TenantRecord, TenantStatus, WriteTx};

use crate::{
    ContactDetails, InputCode, InputFault, MailSettings, RECURRENCE_MONTHS, Request, SMALLEST_TOLD,
    Service, ServiceError,
    ambient::new_id,
    attempt::{Attempt, commit, until_first},
    line,
    repetition::Begun,
};

/// An organisation, with its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenant {
    /// Which.
    pub id: TenantId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether it may be used.
    pub status: TenantStatus,
    /// What it chose.
    pub settings: TenantSettings,
}

/// What a tenant chose for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TenantSettings {
    /// The time zone in which its days begin.
    pub time_zone: Tz,
    /// The language of letters to people whose language is not known.
    pub locale: Locale,
    /// What references begin with, e.g. `LIVP`: 2 to 12 capital letters and digits, a letter first.
    pub reference_prefix: String,
    /// Its colour in letters, `#rrggbb`.
    pub colour: String,
    /// Who acts for the administration when an administrator is excluded.
    pub stand_in: Option<MemberId>,
    /// Whether everybody with a role in it needs a second factor.
    #[serde(default)]
    pub requires_second_factor: bool,
    /// The origins whose pages may read what concerns it, as browsers write them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_origins: Vec<String>,
    /// How it is reached by who has a complaint.
    #[serde(default, skip_serializing_if = "ContactDetails::is_empty")]
    pub contact: ContactDetails,
    /// Who its letters are from, and may be.
    #[serde(default, skip_serializing_if = "MailSettings::is_empty")]
    pub mail: MailSettings,
    /// The hour of the days on which it is open at which it is reminded and alerted, and told what is due.
    #[serde(default)]
    pub reminder_hour: Hour,
    /// For how many months after a measure another complaint about the same course, with the same cause, is a recurrence.
    #[serde(default = "a_year")]
    pub recurrence_months: u32,
    /// The smallest number of complaints that figures tell.
    #[serde(default = "five")]
    pub smallest_told: u64,
}

const fn a_year() -> u32 {
    RECURRENCE_MONTHS
}

const fn five() -> u64 {
    SMALLEST_TOLD
}

/// A tenant to be made.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// Its name in addresses: 2 to 40 lower-case letters, digits and hyphens.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its settings.
    pub settings: TenantSettings,
}

impl Tenant {
    /// # Errors
    /// `TenantSuspended` while it is on hold.
    pub(crate) fn require_active(&self) -> Result<(), ServiceError> {
        match self.status {
            TenantStatus::Active => Ok(()),
            TenantStatus::Suspended | TenantStatus::Deleting => Err(ServiceError::TenantSuspended),
        }
    }

    pub(crate) fn from_record(record: TenantRecord) -> Result<Self, ServiceError> {
        Ok(Self {
            id: record.id,
            slug: record.slug,
            name: record.name,
            status: record.status,
            settings: serde_json::from_value(record.settings)?,
        })
    }
}

impl Request {
    /// Changes what the caller's tenant chose, and notes who did.
    pub(crate) async fn set_settings(
        &self,
        what: AccountEvent,
        input: &(impl Debug + Sync),
        set: impl Fn(&mut TenantSettings),
    ) -> Result<(), ServiceError> {
        until_first(|| self.set_settings_once(what, input, &set)).await
    }

    async fn set_settings_once(
        &self,
        what: AccountEvent,
        input: &(impl Debug + Sync),
        set: impl Fn(&mut TenantSettings),
    ) -> Result<(), Attempt> {
        let tx = match self.begin_around(what, input).await? {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        let tenant = write_settings(&tx, set).await?;
        // At another hour the next overview may come sooner.
        self.service().plan_digest(&tx, &tenant).await?;
        self.remember(&tx, &serde_json::json!(null)).await?;
        commit(tx).await
    }
}

/// Changes what a tenant chose, while everything around complaints stays as it is: the tenant as it is then.
pub(crate) async fn write_settings(
    tx: &WriteTx,
    set: impl FnOnce(&mut TenantSettings),
) -> Result<Tenant, ServiceError> {
    let mut tenant = Tenant::from_record(tx.hold_surroundings().await?)?;
    set(&mut tenant.settings);
    let settings = serde_json::to_value(&tenant.settings)?;
    tx.write_settings(settings).await?;
    Ok(tenant)
}

impl Service {
    /// Makes a tenant.
    ///
    /// # Errors
    /// `Invalid` with everything that is malformed, or when the slug is taken.
    pub async fn create_tenant(&self, new: NewTenant) -> Result<TenantId, ServiceError> {
        ServiceError::unless_faultless(&new.faults(), &[])?;
        let now = self.real_now();
        let id = TenantId(new_id(self.entropy(), now));
        let record = TenantRecord {
            id,
            slug: new.slug,
            name: new.name,
            status: TenantStatus::Active,
            settings: serde_json::to_value(new.settings)?,
            created_at: now,
            status_reason: None,
            deletion: None,
        };
        match self.store().platform().create_tenant(record).await {
            Err(wederhoor_store::StoreError::Conflict) => {
                Err(ServiceError::Invalid(vec![slug_is_taken()]))
            }
            other => Ok(other.map(|()| id)?),
        }
    }

    /// Puts an organisation on hold: its administrators read, and nothing else is done there until it is resumed, neither
    /// by people nor by the clock.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn suspend_tenant(
        &self,
        slug: &str,
        reason: Option<&str>,
    ) -> Result<(), ServiceError> {
        self.set_status(slug, TenantStatus::Suspended, reason).await
    }

    /// Takes an organisation into use again; it is not to be deleted any more. What fell due in the meantime takes effect at
    /// its own instants.
    ///
    /// # Errors
    /// `NotFound`, also when it is being deleted.
    pub async fn resume_tenant(&self, slug: &str) -> Result<(), ServiceError> {
        self.set_status(slug, TenantStatus::Active, None).await
    }

    async fn set_status(
        &self,
        slug: &str,
        status: TenantStatus,
        reason: Option<&str>,
    ) -> Result<(), ServiceError> {
        let platform = self.store().platform();
        let is_set = platform.set_tenant_status(slug, status, reason).await?;
        is_set.then_some(()).ok_or(ServiceError::NotFound)
    }

    /// A tenant by its name in addresses.
    pub async fn tenant_by_slug(&self, slug: &str) -> Result<Option<Arc<Tenant>>, ServiceError> {
        let record = self.store().platform().tenant_by_slug(slug).await?;
        record
            .map(|record| Tenant::from_record(record).map(Arc::new))
            .transpose()
    }

    /// A tenant by its id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn tenant(&self, id: TenantId) -> Result<Arc<Tenant>, ServiceError> {
        let record = self
            .store()
            .platform()
            .tenant_by_id(id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        Ok(Arc::new(Tenant::from_record(record)?))
    }
}

impl NewTenant {
    /// What is malformed in it, all of it.
    pub(crate) fn faults(&self) -> Vec<InputFault> {
        let mut faults = Vec::new();
        let mut expect = |is_right: bool, path: &str, nl: &str, en: &str| {
            if !is_right {
                faults.push(InputFault::at(InputCode::Malformed, path, nl, en));
            }
        };
        expect(
            is_slug(&self.slug),
            "slug",
            "Gebruik 2 tot 40 kleine letters, cijfers en streepjes.",
            "Use 2 to 40 lower-case letters, digits and hyphens.",
        );
        expect(
            is_prefix(&self.settings.reference_prefix),
            "prefix",
            "Gebruik voor het begin van kenmerken 2 tot 12 hoofdletters en cijfers, met een letter vooraan.",
            "Use 2 to 12 capital letters and digits, a letter first, for what references begin with.",
        );
        expect(
            is_colour(&self.settings.colour),
            "colour",
            "Schrijf een kleur als #1f5a7a.",
            "Write a colour as #1f5a7a.",
        );
        line::name(&self.name, "name", &mut faults);
        faults
    }
}

/// Another organisation goes by the name.
pub(crate) fn slug_is_taken() -> InputFault {
    let (nl, en) = (
        "Deze naam is al in gebruik.",
        "This name is in use already.",
    );
    InputFault::at(InputCode::Taken, "slug", nl, en)
}

fn is_slug(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (2..=40).contains(&text.len()) && text.chars().all(allowed)
}

/// A reference is quoted by telephone, written by hand, and part of an address.
fn is_prefix(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let begins_well = text.starts_with(|c: char| c.is_ascii_uppercase());
    begins_well && (2..=12).contains(&text.len()) && text.chars().all(allowed)
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit())
}
