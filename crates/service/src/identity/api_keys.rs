//! API keys: programs of an organisation read its statistics by one, without signing in. A key is no person: it does what its
//! scopes say, and nothing else.

use std::{collections::BTreeSet, ops::RangeInclusive};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use wederhoor_procedure::{Text, actor::Role};
use wederhoor_store::{AccountEvent, ApiKeyRecord, ApiKeyUse, ReadTx, Rotated};

use super::{key_text::is_whole, new_link::hash_of};
use crate::{
    Caller, InputCode, InputFault, KeyHolder, Request, Service, ServiceError,
    attempt::{Attempt, commit, until_first},
    facts::word,
    line,
    repetition::Begun,
};

/// How a key begins, by which programs that look for leaked secrets find it.
pub const API_KEY: &str = "whk_";
/// Characters before the secret: those, eight that tell one key from another, and `_`.
const MARK: usize = 13;
/// For how many days a secret is valid at most.
const LONGEST: i32 = 366;
/// For how many hours a replaced secret stays valid at most.
const LONGEST_OVERLAP: i32 = 168;
/// How many requests a key may make in a minute where nothing is said of it.
const USUAL: i32 = 60;
/// As many keys of an organisation can be used at a time.
const MOST: u64 = 50;

/// What a key may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiScope {
    /// Figures in which no person can be told.
    Statistics,
    /// Rows of single complaints, without a name.
    Rows,
}

/// A key to be made.
#[derive(Clone, Debug)]
pub struct NewApiKey {
    /// What the organisation calls it.
    pub name: String,
    /// What it may read.
    pub scopes: Vec<ApiScope>,
    /// Whether who asks says to know what rows tell.
    pub is_rows_acknowledged: bool,
    /// For how many days its secret is valid.
    pub valid_days: i32,
    /// How many requests it may make in a minute; `None`: what is usual.
    pub per_minute: Option<i32>,
}

/// An API key as its organisation knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// What is kept of it.
    pub record: ApiKeyRecord,
    /// What it may read.
    pub scopes: BTreeSet<ApiScope>,
    /// Until when a secret that was replaced is valid beside the one that it has.
    pub replaced_ends_at: Option<DateTime<Utc>>,
}

/// A key with a secret that is known by its hash only from then on.
#[derive(Debug)]
pub struct ShownApiKey {
    /// The secret.
    pub secret: SecretString,
    /// The key.
    pub key: ApiKey,
}

impl ApiKey {
    fn of(
        record: ApiKeyRecord,
        replaced_ends_at: Option<DateTime<Utc>>,
    ) -> Result<Self, ServiceError> {
        Ok(Self {
            scopes: scopes_of(&record)?,
            record,
            replaced_ends_at,
        })
    }

    /// What whoever has the key reads by it: who grants it is told.
    pub fn meaning(&self) -> Text {
        let rows = self.scopes.contains(&ApiScope::Rows);
        let (nl, en) = if rows {
            (
                "Wie deze sleutel heeft, leest van elke klacht een eigen regel: zonder namen en zonder tekst, met data tot op de dag. \
                 Wie de organisatie kent, kan daar soms iemand in herkennen. Geef de sleutel alleen aan wie dat mag weten.",
                "Whoever has this key reads a row of each complaint: without names and without text, with dates to the day. \
                 Who knows the organisation may sometimes recognise somebody in it. Give the key only to who may know that.",
            )
        } else {
            (
                "Wie deze sleutel heeft, leest cijfers over de klachten van de organisatie, en niets over één klacht.",
                "Whoever has this key reads figures of the organisation's complaints, and nothing of a single one.",
            )
        };
        let (nl, en) = (nl.to_owned(), en.to_owned());
        Text { nl, en }
    }
}

fn scopes_of(record: &ApiKeyRecord) -> Result<BTreeSet<ApiScope>, ServiceError> {
    let words = record.scopes.iter();
    let scopes = words.map(|word| serde_json::from_value(json!(word)));
    Ok(scopes.collect::<Result<_, _>>()?)
}

impl Request {
    /// Makes a key of the organisation, whose secret is known by its hash only from then on.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator; `RecentSignInRequired`; `Invalid`, also for rows whose meaning is not
    /// acknowledged.
    pub async fn make_api_key(&self, input: &NewApiKey) -> Result<ShownApiKey, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        let (name, per_minute) = self.require_sound_api_key(input)?;
        until_first(|| self.make_api_key_once(input, name, per_minute)).await
    }

    async fn make_api_key_once(
        &self,
        input: &NewApiKey,
        name: &str,
        per_minute: u32,
    ) -> Result<ShownApiKey, Attempt> {
        let (service, now) = (self.service(), self.service().real_now());
        let tx = self.writing().await?;
        // One at a time, so that there are never more than there may be.
        tx.hold_surroundings().await?;
        if tx.count_valid_api_keys(now).await? >= MOST {
            return Err(too_many().into());
        }
        let (id, scopes) = (service.new_id(), BTreeSet::from_iter(&input.scopes));
        let prefix = format!("{API_KEY}{}", service.new_mark());
        let secret = service.new_key(&format!("{prefix}_"));
        let record = ApiKeyRecord {
            id,
            name: name.to_owned(),
            prefix,
            scopes: scopes.into_iter().map(word).collect::<Result<_, _>>()?,
            per_minute,
            made_by: self.person()?.member,
            made_at: now,
            rotated_at: None,
            expires_at: now + TimeDelta::days(input.valid_days.into()),
            revoked_at: None,
            last_used_at: None,
        };
        tx.insert_api_key(record.clone(), hash_of(secret.expose_secret()))
            .await?;
        self.note_administered(&tx, AccountEvent::ApiKeyMade)
            .await?;
        commit(tx).await?;
        let key = ApiKey::of(record, None)?;
        Ok(ShownApiKey { secret, key })
    }

    /// Refuses for everything that is wrong with a new key; its name, and how often it may ask.
    fn require_sound_api_key<'a>(
        &self,
        input: &'a NewApiKey,
    ) -> Result<(&'a str, u32), ServiceError> {
        let mut faults = Vec::new();
        let name = line::name(&input.name, "name", &mut faults);
        if input.scopes.is_empty() {
            let (nl, en) = (
                "Kies wat de sleutel mag lezen.",
                "Choose what the key may read.",
            );
            faults.push(InputFault::at(InputCode::Required, "scopes", nl, en));
        }
        if input.scopes.len() > BTreeSet::from_iter(&input.scopes).len() {
            let (nl, en) = ("Noem elk bereik één keer.", "Name each scope once.");
            faults.push(InputFault::at(InputCode::Malformed, "scopes", nl, en));
        }
        if input.scopes.contains(&ApiScope::Rows) && !input.is_rows_acknowledged {
            let (nl, en) = (
                "Met regels leest een programma elke klacht apart: zonder namen, maar met data tot op de dag. Bevestig dat u dat weet.",
                "By rows a program reads each complaint by itself: without names, but with dates to the day. Confirm that you know.",
            );
            let fault = InputFault::at(InputCode::Required, "isRowsAcknowledged", nl, en);
            faults.push(fault);
        }
        faults.extend(outside("validDays", input.valid_days, 1..=LONGEST));
        let most = self.service().most_requests();
        let per_minute = input.per_minute.unwrap_or(USUAL.min(most));
        faults.extend(outside("requestsPerMinute", per_minute, 1..=most));
        ServiceError::unless_faultless(&faults, &[])?;
        Ok((name, per_minute.unsigned_abs()))
    }

    /// Gives a key of the organisation another secret, at once; those that it had are valid for some hours more, or not.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator; `RecentSignInRequired`; `Invalid`; `NotFound` where there is none, or it was
    /// taken back.
    pub async fn rotate_api_key(
        &self,
        id: Option<Uuid>,
        valid_days: i32,
        overlap_hours: i32,
    ) -> Result<ShownApiKey, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        let mut faults = Vec::from_iter(outside("validDays", valid_days, 1..=LONGEST));
        let overlap = outside("overlapHours", overlap_hours, 0..=LONGEST_OVERLAP);
        faults.extend(overlap);
        ServiceError::unless_faultless(&faults, &[])?;
        let id = id.ok_or(ServiceError::NotFound)?;
        let life = TimeDelta::days(valid_days.into());
        let overlap = TimeDelta::hours(overlap_hours.into());
        until_first(|| self.rotate_api_key_once(id, life, overlap)).await
    }

    async fn rotate_api_key_once(
        &self,
        id: Uuid,
        life: TimeDelta,
        overlap: TimeDelta,
    ) -> Result<ShownApiKey, Attempt> {
        let (service, now) = (self.service(), self.service().real_now());
        let tx = self.writing().await?;
        tx.hold_surroundings().await?;
        let known = tx.api_key(id).await?.ok_or(ServiceError::NotFound)?;
        let is_over = known.expires_at <= now;
        if is_over && tx.count_valid_api_keys(now).await? >= MOST {
            return Err(too_many().into());
        }
        let secret = service.new_key(&format!("{}_", known.prefix));
        let rotated = Rotated {
            at: now,
            expires_at: now + life,
            // No secret outlives what it was given for.
            replaced_ends_at: known.expires_at.min(now + life.min(overlap)),
        };
        let hash = hash_of(secret.expose_secret());
        if !tx.rotate_api_key(id, hash, &rotated).await? {
            return Err(ServiceError::NotFound.into());
        }
        self.note_administered(&tx, AccountEvent::ApiKeyRotated)
            .await?;
        let key = kept(&tx, id, now).await?;
        commit(tx).await?;
        Ok(ShownApiKey { secret, key })
    }

    /// Takes a key of the organisation back, with all its secrets: nobody reads anything by it any more. Also while the
    /// organisation is on hold.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator; `RecentSignInRequired`; `NotFound` where there is none, or it was taken back
    /// before.
    pub async fn revoke_api_key(&self, id: Option<Uuid>) -> Result<ApiKey, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        let id = id.ok_or(ServiceError::NotFound)?;
        until_first(|| self.revoke_api_key_once(id)).await
    }

    async fn revoke_api_key_once(&self, id: Uuid) -> Result<ApiKey, Attempt> {
        let now = self.service().real_now();
        let tx = match self
            .begin_taking_away(AccountEvent::ApiKeyRevoked, &id)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => {
                let reading = self.reading().await?;
                return Ok(kept(&reading.tx, id, now).await?);
            }
        };
        if !tx.revoke_api_key(id, now).await? {
            return Err(ServiceError::NotFound.into());
        }
        let key = kept(&tx, id, now).await?;
        self.remember(&tx, &json!(null)).await?;
        commit(tx).await?;
        Ok(key)
    }

    /// Keys of the organisation, newest first, those of no use any more among them: at most `limit` from before a place on.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator.
    pub async fn api_keys(
        &self,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ApiKey>, ServiceError> {
        self.require_role(Role::Administrator)?;
        let (reading, now) = (self.reading().await?, self.service().real_now());
        let records = reading.tx.api_keys(before, limit).await?;
        let ids: Vec<Uuid> = records.iter().map(|record| record.id).collect();
        let replaced = reading.tx.replaced_secrets(&ids, now).await?;
        let with_end = |record: ApiKeyRecord| {
            let end = replaced.get(&record.id).copied();
            ApiKey::of(record, end)
        };
        records.into_iter().map(with_end).collect()
    }

    /// How many keys the organisation has, and had.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator.
    pub async fn count_api_keys(&self) -> Result<u64, ServiceError> {
        self.require_role(Role::Administrator)?;
        Ok(self.reading().await?.tx.count_api_keys().await?)
    }

    /// What a key of the organisation was used for, newest first: at most `limit` from before a place on.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator; `NotFound` where there is no such key.
    pub async fn api_key_uses(
        &self,
        key: Uuid,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ApiKeyUse>, ServiceError> {
        self.require_role(Role::Administrator)?;
        let reading = self.reading().await?;
        let known = reading.tx.api_key(key).await?;
        known.ok_or(ServiceError::NotFound)?;
        Ok(reading.tx.api_key_uses(key, before, limit).await?)
    }

    /// How often a key of the organisation was used.
    ///
    /// # Errors
    /// `NotAllowed` for who is no administrator.
    pub async fn count_api_key_uses(&self, key: Uuid) -> Result<u64, ServiceError> {
        self.require_role(Role::Administrator)?;
        Ok(self.reading().await?.tx.count_api_key_uses(key).await?)
    }

    /// The key by which is asked; `None` where none is.
    pub async fn own_api_key(&self) -> Result<Option<ApiKey>, ServiceError> {
        self.require_factor()?;
        let Caller::Key(holder) = self.caller() else {
            return Ok(None);
        };
        let (reading, now) = (self.reading().await?, self.service().real_now());
        kept(&reading.tx, holder.key, now).await.map(Some)
    }
}

impl Service {
    /// Who has this key, with the rights that it has at this moment. A key that is none, was taken back or has ended is
    /// refused in one way.
    ///
    /// # Errors
    /// `Unauthenticated`; `TenantSuspended`.
    pub(super) async fn key_holder(&self, key: &str) -> Result<KeyHolder, ServiceError> {
        let mark = key.get(..MARK).unwrap_or_default();
        if !is_whole(key, mark) {
            return Err(ServiceError::Unauthenticated);
        }
        let (platform, now) = (self.store().platform(), self.real_now());
        let found = platform.api_key_secret(&hash_of(key)).await?;
        let found = found.filter(|one| one.ends_at.is_none_or(|end| now < end));
        let found = found.ok_or(ServiceError::Unauthenticated)?;
        let tx = self.store().tenant(found.tenant_id).read().await?;
        let record = tx.api_key(found.key_id).await?;
        drop(tx);
        let is_valid = |key: &ApiKeyRecord| key.revoked_at.is_none() && now < key.expires_at;
        let record = record.filter(is_valid);
        let record = record.ok_or(ServiceError::Unauthenticated)?;
        self.tenant(found.tenant_id).await?.require_active()?;
        Ok(KeyHolder {
            tenant: found.tenant_id,
            key: record.id,
            scopes: scopes_of(&record)?,
            per_minute: record.per_minute,
        })
    }

    /// What tells one key from another and is no secret.
    fn new_mark(&self) -> String {
        let mut mark = [0; 4];
        self.entropy().fill(&mut mark);
        hex::encode(mark)
    }

    /// As many requests in a minute a key may be given.
    fn most_requests(&self) -> i32 {
        let rates = self.limits().config.rates.unwrap_or_default();
        i32::try_from(rates.per_principal).unwrap_or(i32::MAX)
    }
}

/// A key as it is kept at this moment.
async fn kept(tx: &ReadTx, id: Uuid, now: DateTime<Utc>) -> Result<ApiKey, ServiceError> {
    let record = tx.api_key(id).await?.ok_or(ServiceError::NotFound)?;
    let replaced = tx.replaced_secrets(&[id], now).await?;
    ApiKey::of(record, replaced.get(&id).copied())
}

/// The fault of a number that is too small or too large.
fn outside(path: &str, number: i32, range: RangeInclusive<i32>) -> Option<InputFault> {
    let (least, most) = (range.start(), range.end());
    let (nl, en) = (
        format!("Kies een getal van {least} tot en met {most}."),
        format!("Choose a number from {least} to {most}."),
    );
    let fault = InputFault::at(InputCode::Malformed, path, &nl, &en);
    (!range.contains(&number)).then_some(fault)
}

fn too_many() -> ServiceError {
    let (nl, en) = (
        "Er zijn al 50 sleutels die gelden. Trek er eerst een in.",
        "There are 50 valid keys already. Revoke one first.",
    );
    ServiceError::invalid(InputCode::Taken, "name", nl, en)
}
