//! Measures that are still to be done are found by index. Those that are there the heart tells, not this step: complaints with
//! measures have nothing planned after it, so that they are looked at as the next program begins.

use sea_orm_migration::prelude::*;

use crate::schema::{Rows, Table, create, discard, over_all};

pub(super) const TABLES: &[Table] = &[Table {
    name: "measure_due",
    rows: Rows::Tenant,
    rights: "SELECT, INSERT, DELETE",
    columns: "
        tenant_id {uuid} NOT NULL,
        complaint_id {uuid} NOT NULL,
        measure_id {uuid} NOT NULL,
        member_id {uuid} NOT NULL,
        due_on {on} NOT NULL,
        PRIMARY KEY (tenant_id, complaint_id, measure_id, member_id),
        FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id),
        FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)",
    indexes: &["measure_due_member ON measure_due (tenant_id, member_id, due_on)"],
}];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, TABLES).await?;
        let measured = "DELETE FROM due_work WHERE kind = 'clock' AND EXISTS (SELECT 1 FROM complaint_event AS event
            WHERE event.tenant_id = due_work.tenant_id AND event.complaint_id = due_work.subject_id
                AND event.kind = 'measures_answered')";
        over_all(manager, &["due_work", "complaint_event"], measured).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        discard(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
