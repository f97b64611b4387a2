//! Calendar feeds: a member's own calendar reads what is due for them at a secret address, without signing in. What it reads
//! is their work queue as it is at that moment, by reference and kind alone.

use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use wederhoor_procedure::ComplaintId;
use wederhoor_store::{AccountEvent, CalendarFeedRecord};

use super::{new_link::hash_of, who::Standing};
use crate::{
    Caller, InputCode, Request, Service, ServiceError,
    attempt::{Attempt, commit, until_first},
    complaints::{queue, work_of},
    dossier::{member_key, viewer_of},
    facts::word,
    repetition::Begun,
};

/// What stands before the secret in an address.
pub const CALENDAR: &str = "/calendar/";
/// How the address ends, by which programs know what they will read.
pub const CALENDAR_ENDING: &str = ".ics";
/// How many deadlines a calendar shows, the soonest: more than anybody can have in hand.
const MOST: u64 = 500;

/// What is due for a member, as their calendar may show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCalendar {
    /// What their organisation is called.
    pub organisation: String,
    /// The procedure's present, at which it was read.
    pub read_at: DateTime<Utc>,
    /// The soonest first.
    pub days: Vec<CalendarDay>,
}

/// The last day of an open deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    /// Of which complaint.
    pub complaint: ComplaintId,
    /// What people quote of it.
    pub reference: String,
    /// Which of its deadlines: always the same word for the same one.
    pub key: String,
    /// What is due, in the member's language.
    pub what: &'static str,
    /// Which day.
    pub on: NaiveDate,
}

impl Request {
    /// Makes the calendar feed of who asks: its address, which is known by its hash only from then on. Only where it may be
    /// replaced does it take the place of one that they have.
    ///
    /// # Errors
    /// `NotAllowed` for who has no role in their organisation and stands in for nobody; `RecentSignInRequired`; `Invalid` where
    /// they have one that is not replaced.
    pub async fn make_calendar_feed(
        &self,
        is_replacing: bool,
    ) -> Result<SecretString, ServiceError> {
        self.require_factor()?;
        if !self.caller().has_office() {
            // The stand-in may have no role.
            self.require_administration().await?;
        }
        self.require_recent()?;
        until_first(|| self.make_feed_once(is_replacing)).await
    }

    async fn make_feed_once(&self, is_replacing: bool) -> Result<SecretString, Attempt> {
        let (service, person) = (self.service(), self.person()?);
        let secret = service.new_token();
        let tx = self.writing().await?;
        let known = tx.calendar_feed_made_at(person.member, person.account);
        if known.await?.is_some() && !is_replacing {
            return Err(has_one().into());
        }
        let feed = CalendarFeedRecord {
            tenant_id: person.tenant,
            member_id: person.member,
            account_id: person.account,
            secret_hash: hash_of(secret.expose_secret()),
            made_at: service.real_now(),
        };
        tx.write_calendar_feed(feed).await?;
        self.note_administered(&tx, AccountEvent::CalendarFeedMade)
            .await?;
        commit(tx).await?;
        let (base, secret) = (service.base_url(), secret.expose_secret());
        let url = format!("{base}{CALENDAR}{secret}{CALENDAR_ENDING}");
        Ok(SecretString::from(url))
    }

    /// Takes the calendar feed of who asks back: nothing is at its address any more.
    ///
    /// # Errors
    /// `Unauthenticated` for someone without a login; `NotFound` for who has none.
    pub async fn revoke_calendar_feed(&self) -> Result<(), ServiceError> {
        until_first(|| self.revoke_feed_once()).await
    }

    async fn revoke_feed_once(&self) -> Result<(), Attempt> {
        let member = self.person()?.member;
        let tx = match self.begin(AccountEvent::CalendarFeedRevoked, &()).await? {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        if !tx.delete_calendar_feed(member).await? {
            return Err(ServiceError::NotFound.into());
        }
        self.remember(&tx, &json!(null)).await?;
        commit(tx).await
    }

    /// Since when who asks has a calendar feed, on real time; `None` while they have none.
    pub async fn calendar_feed_made_at(&self) -> Result<Option<DateTime<Utc>>, ServiceError> {
        let Caller::Person(person) = self.caller() else {
            return Ok(None);
        };
        let reading = self.reading().await?;
        let made_at = reading
            .tx
            .calendar_feed_made_at(person.member, person.account);
        Ok(made_at.await?)
    }
}

impl Service {
    /// What the feed at the address with this secret tells now. `None`, whatever the reason, where there is none or its
    /// member could not look at it themselves: the organisation is on hold, they have no role in it any more and stand in for
    /// nobody, or lack the second factor that it asks for.
    ///
    /// # Errors
    /// `RateLimited`, as often as its member may ask; `Unavailable`.
    pub async fn member_calendar(
        &self,
        secret: &str,
    ) -> Result<Option<MemberCalendar>, ServiceError> {
        let platform = self.store().platform();
        let Some(feed) = platform.calendar_feed(&hash_of(secret)).await? else {
            return Ok(None);
        };
        self.admit_principal(feed.tenant_id, &member_key(feed.member_id))
            .await?;
        let tenant = self.tenant(feed.tenant_id).await?;
        let has_factor = self.counting_factor(feed.account_id).await?.is_some();
        let tx = self.store().tenant(tenant.id).read().await?;
        let member = tx.member(feed.member_id).await?;
        let Some(member) = member.filter(|member| member.account_id == Some(feed.account_id))
        else {
            return Ok(None);
        };
        let standing = Standing::on(self.today(&tenant), &tenant, &member);
        if !standing.is_in_office || !standing.is_let_in(&tenant, has_factor) {
            return Ok(None);
        }
        let read_at = self.procedure_now();
        let viewer = viewer_of(member.id, standing.is_out);
        let work = work_of(viewer, &standing.roles, read_at)?;
        let items = queue(&tx, &work, None, MOST).await?.into_iter();
        let days = items.map(|item| {
            Ok(CalendarDay {
                complaint: item.complaint,
                reference: item.reference,
                key: word(&item.kind)?,
                what: wederhoor_letters::owed(item.kind, member.locale),
                on: item.due_on,
            })
        });
        Ok(Some(MemberCalendar {
            organisation: tenant.name.clone(),
            read_at,
            days: days.collect::<Result<_, ServiceError>>()?,
        }))
    }
}

fn has_one() -> ServiceError {
    let (nl, en) = (
        "U hebt al een agendalink. Trek die eerst in, of vervang hem.",
        "You have a calendar feed already. Revoke it first, or replace it.",
    );
    ServiceError::invalid(InputCode::Taken, "isReplacing", nl, en)
}
