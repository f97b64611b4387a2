//! Whose turn it is to decide stands among those who see a complaint. Of complaints that are there the heart tells it, not this step:
//! those in which something may still be to decide have nothing planned after it, so that they are looked at as the next program
//! begins.

use sea_orm_migration::prelude::*;

use crate::schema::over_all;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // On a closed one a late appeal may wait.
        let undecided = "DELETE FROM due_work WHERE kind = 'clock' AND EXISTS (SELECT 1 FROM complaint
            WHERE complaint.tenant_id = due_work.tenant_id AND complaint.id = due_work.subject_id
                AND (complaint.closed_at IS NULL OR EXISTS (SELECT 1 FROM complaint_event AS event
                    WHERE event.tenant_id = complaint.tenant_id AND event.complaint_id = complaint.id
                        AND event.kind = 'appealed')))";
        let tables = ["due_work", "complaint", "complaint_event"];
        over_all(manager, &tables, undecided).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let deciders = "DELETE FROM complaint_audience WHERE level = 'decider'";
        over_all(manager, &["complaint_audience"], deciders).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
