//! The days on which the organisation is closed.

use chrono::NaiveDate;
use serde_json::json;
use wederhoor_procedure::actor::Role;
use wederhoor_store::{AccountEvent, ClosingDay};

use super::open_ones;
use crate::{
    Request, ServiceError,
    attempt::{Attempt, until_first},
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
        self.review_and_commit(tx, &open_ones(), &json!(null)).await
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
        if !tx.delete_closing_day(on).await? {
            return Err(ServiceError::NotFound.into());
        }
        self.review_and_commit(tx, &open_ones(), &json!(null)).await
    }
}
