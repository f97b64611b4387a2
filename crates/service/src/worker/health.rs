//! How the platform is doing, for who watches over it: no row of a tenant is told.

use chrono::TimeDelta;

use super::ALARMING;
use crate::{Service, ServiceError};

/// How the platform is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The steps of the schema that the database has been through.
    pub steps: Vec<String>,
    /// How long ago a worker last worked, in whatever process; `None` where none ever did.
    pub since_work: Option<TimeDelta>,
    /// How long the letter has been due that waits longest; `None` where none is.
    pub oldest_letter: Option<TimeDelta>,
    /// How many pieces of due work fail again and again.
    pub stuck: u64,
    /// Whether the database takes what is written.
    pub is_writable: bool,
}

impl Service {
    /// How the platform is doing now, in four statements.
    ///
    /// # Errors
    /// When the database cannot be reached, or has not the schema.
    pub async fn health(&self) -> Result<Health, ServiceError> {
        let now = self.procedure_now();
        let found = self.store().platform().health(now, ALARMING).await?;
        // Clocks of two machines differ.
        let past = |length: TimeDelta| length.max(TimeDelta::zero());
        Ok(Health {
            steps: found.steps,
            since_work: found.worked_at.map(|at| past(self.real_now() - at)),
            oldest_letter: found.letter_due_at.map(|at| past(now - at)),
            stuck: found.failing,
            is_writable: found.is_writable,
        })
    }

    /// Keeps, for [`Self::health`] in every process, that a worker works now.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn note_worked(&self) -> Result<(), ServiceError> {
        Ok(self.store().platform().note_worked(self.real_now()).await?)
    }
}
