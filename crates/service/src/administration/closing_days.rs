//! The days on which the organisation is closed.

use chrono::NaiveDate;
use serde_json::json;
use wederhoor_procedure::actor::Role;
use wederhoor_store::{AccountEvent, ClosingDay, WorkKind, WriteTx};

use crate::{
    Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    repetition::Begun,
};

impl Request {
    /// The days on which the organisation is closed.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn closing_days(&self) -> Result<Vec<ClosingDay>, ServiceError> {
        self.require_office()?;
        Ok(self.reading().await?.tx.closing_days().await?)
    }

    /// Adds a closing day; it counts from now on.
    ///
    /// # Errors
    /// `NotAllowed`.
    pub async fn add_closing_day(&self, on: NaiveDate) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        until_first(|| self.add_closing_day_once(on)).await
    }

    async fn add_closing_day_once(&self, on: NaiveDate) -> Result<(), Attempt> {
        let tx = match self
            .begin_around(AccountEvent::ClosingDayAdded, &on)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        self.before_change(&tx).await?;
        let (closed_on, known_since) = (on, self.now());
        tx.insert_closing_day(ClosingDay {
            closed_on,
            known_since,
        })
        .await?;
        self.look_later(tx).await
    }

    /// Takes a closing day away.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn remove_closing_day(&self, on: NaiveDate) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        until_first(|| self.remove_closing_day_once(on)).await
    }

    async fn remove_closing_day_once(&self, on: NaiveDate) -> Result<(), Attempt> {
        let tx = match self
            .begin_around(AccountEvent::ClosingDayRemoved, &on)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        self.before_change(&tx).await?;
        if !tx.take_back_closing_day(on, self.now()).await? {
            return Err(ServiceError::NotFound.into());
        }
        self.look_later(tx).await
    }

    /// The calendar has changed: every complaint is due to be looked at anew, one by one, as after a decree. A morning that was
    /// none has its overview.
    async fn look_later(&self, tx: WriteTx) -> Result<(), Attempt> {
        let tenant = self.tenant().await?;
        self.service().plan_digest(&tx, &tenant).await?;
        tx.schedule_by(WorkKind::People, tx.tenant().0, self.now())
            .await?;
        self.remember(&tx, &json!(null)).await?;
        commit(tx).await
    }
}
