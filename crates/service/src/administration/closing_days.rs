//! The days on which the organisation is closed.

use chrono::NaiveDate;
use wederhoor_procedure::actor::Role;
use wederhoor_store::{ClosingDay, ComplaintFilter};

use crate::{Request, ServiceError};

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
        let tx = self.writing().await?;
        tx.insert_closing_day(ClosingDay {
            closed_on: on,
            known_since: self.now(),
        })
        .await?;
        let open = ComplaintFilter {
            is_open: Some(true),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, open).await
    }

    /// Takes a closing day away.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn remove_closing_day(&self, on: NaiveDate) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        let tx = self.writing().await?;
        if !tx.delete_closing_day(on).await? {
            return Err(ServiceError::NotFound);
        }
        let open = ComplaintFilter {
            is_open: Some(true),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, open).await
    }
}
