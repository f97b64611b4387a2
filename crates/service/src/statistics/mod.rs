//! Figures for readers of figures: one registry of datasets, from which every door is made.

mod aggregates;
mod asking;
mod dataset;
mod policy_versions;
mod published;
mod rebuild;
mod rows;
mod spans;
#[cfg(test)]
mod tests;
mod threshold;

pub use wederhoor_procedure::Words;
use wederhoor_procedure::actor::Role;

pub use asking::{FigureCount, FigureDays, FiguresAsk, FiguresTold};
pub use dataset::{
    Cell, Column, ColumnKind, ColumnRole, DATASETS, Dataset, DatasetKind, DatasetPage,
    DatasetPlace, LARGEST_PAGE, dataset,
};
pub use published::{SMALLEST_TOLD, Took};
pub use rebuild::Rebuilt;
pub use spans::{Interval, Span};

use crate::{ApiScope, Caller, Request, ServiceError};

impl Request {
    /// Refuses anyone who may not read datasets of this kind. Programs read what their API key was granted; rows are read by
    /// them only, as they are granted apart.
    pub(crate) fn require_readable(&self, kind: DatasetKind) -> Result<(), ServiceError> {
        let is_granted = match (self.caller(), kind) {
            (Caller::Key(holder), DatasetKind::Aggregate) => {
                holder.scopes.contains(&ApiScope::Statistics)
            }
            (Caller::Key(holder), DatasetKind::Rows) => holder.scopes.contains(&ApiScope::Rows),
            (Caller::Service(_), DatasetKind::Aggregate) => true,
            (_, DatasetKind::Aggregate) => return self.require_figures(),
            (_, DatasetKind::Rows) => false,
        };
        is_granted.then_some(()).ok_or(ServiceError::NotAllowed)
    }

    /// Refuses anyone who may not read figures: analysts, those who decide in a later instance within the organisation, and
    /// administrators do.
    pub(crate) fn require_figures(&self) -> Result<(), ServiceError> {
        const ROLES: [Role; 4] = [
            Role::Analyst,
            Role::Manager,
            Role::CommitteeMember,
            Role::Administrator,
        ];
        self.person()?;
        self.require_factor()?;
        if ROLES.into_iter().any(|role| self.caller().has(role)) {
            Ok(())
        } else {
            Err(ServiceError::NotAllowed)
        }
    }
}
