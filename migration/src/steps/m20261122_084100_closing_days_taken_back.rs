//! Closing days that were taken back: from when until when each counted.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "closing_day_taken_back",
    rows: Rows::Tenant,
    rights: "SELECT, INSERT",
    columns: "
        tenant_id {uuid} NOT NULL REFERENCES tenant (id),
        closed_on {on} NOT NULL,
        taken_back_at {at} NOT NULL,
        known_since {at} NOT NULL,
        PRIMARY KEY (tenant_id, closed_on, taken_back_at)",
    indexes: &[],
}];
