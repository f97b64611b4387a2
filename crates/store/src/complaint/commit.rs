//! One command, one write: events, projection, audience, deadlines, measures, letters and due work.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use wederhoor_procedure::{ComplaintId, decide::DueMeasure, figures::ComplaintFigures};

use super::{AudienceRow, ComplaintProjection, DeadlineRow};
use crate::chain::{Entropy, EntryDraft};
use crate::convert::signed;
use crate::entity::complaint;
use crate::outbox::OutboxDraft;
use crate::platform::WorkKind;
use crate::{StoreError, WriteTx};

/// All that a command changes.
#[derive(Clone, Debug)]
pub struct ComplaintWrite {
    /// The complaint.
    pub id: ComplaintId,
    /// The number of events that the command saw; 0 makes a new complaint.
    pub expected_version: u32,
    /// What people quote of a new complaint, from [`WriteTx::next_reference`]; not looked at for one that exists.
    pub reference: String,
    /// What happened; at least one.
    pub entries: Vec<EntryDraft>,
    /// The complaint after that.
    pub projection: ComplaintProjection,
    /// All who may see it now, or may not.
    pub audience: Vec<AudienceRow>,
    /// All its deadlines now.
    pub deadlines: Vec<DeadlineRow>,
    /// All its measures that are still to be done.
    pub measures: Vec<DueMeasure>,
    /// The letters that follow from it; one whose key exists is not written again.
    pub letters: Vec<OutboxDraft>,
    /// When the clock must look at it next.
    pub due_at: Option<DateTime<Utc>>,
    /// What it contributes to the figures now.
    pub figures: ComplaintFigures,
}

impl WriteTx {
    /// Holds a complaint until the commit, so that commands on it queue rather than overtake each other; nothing
    /// happens where there is none. On SQLite a write holds everything anyway.
    pub async fn lock_complaint(&self, id: ComplaintId) -> Result<(), StoreError> {
        self.scope
            .find::<complaint::Entity>()
            .filter(complaint::Column::Id.eq(id.0))
            .lock(false)
            .one()
            .await
            .map(drop)
    }

    /// Writes all that a command changes; the caller commits. The complaint then has as many events as this answers.
    ///
    /// # Errors
    /// `Conflict` when the complaint is not at `expected_version` (any more); the transaction is then of no use.
    pub async fn commit_complaint(
        &self,
        write: ComplaintWrite,
        entropy: Entropy<'_>,
    ) -> Result<u32, StoreError> {
        let is_new = write.expected_version == 0;
        let added = u32::try_from(write.entries.len())
            .map_err(|_| StoreError::Internal("too many events at once".to_owned()))?;
        let version = write.expected_version + added;
        self.scope.hint_complaint(write.id);
        let mut row = write.projection.row(version)?;
        if is_new {
            // Before all that names it: of rows that wait for theirs, SQLite looks through those of every complaint.
            row.id = Set(write.id.0);
            row.reference = Set(write.reference);
            self.scope.insert(row).await?;
        } else {
            self.advance(write.id, write.expected_version, row).await?;
        }
        self.append(write.id, write.expected_version, write.entries, entropy)
            .await?;
        if is_new {
            self.insert_figures(write.id, &write.figures, entropy)
                .await?;
        } else {
            self.write_figures(write.id, &write.figures, entropy)
                .await?;
        }
        self.replace_audience(write.id, is_new, write.audience)
            .await?;
        self.replace_deadlines(write.id, is_new, write.deadlines)
            .await?;
        self.replace_measures_due(write.id, is_new, write.measures)
            .await?;
        self.insert_letters(write.letters).await?;
        self.schedule(WorkKind::Clock, write.id.0, write.due_at)
            .await?;
        Ok(version)
    }

    /// Writes the projection over the version that the command saw. First of all, because on PostgreSQL it makes
    /// the others wait.
    async fn advance(
        &self,
        id: ComplaintId,
        from: u32,
        row: complaint::ActiveModel,
    ) -> Result<(), StoreError> {
        let changed = self
            .scope
            .update::<complaint::Entity>()
            .set_all(row)
            .filter(complaint::Column::Id.eq(id.0))
            .filter(complaint::Column::Version.eq(signed(from)?))
            .run()
            .await?;
        if changed == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }
}
