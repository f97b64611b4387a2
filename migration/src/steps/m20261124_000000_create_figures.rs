//! Figures: what each complaint contributes, and how many complaints there are in each cell, both kept with every write.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "fact_complaint",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL,
            complaint_id {uuid} NOT NULL,
            row_key {uuid} NOT NULL,
            filed_on {on} NOT NULL,
            figures {json} NOT NULL,
            PRIMARY KEY (tenant_id, complaint_id),
            FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id)",
        indexes: &["fact_complaint_filed ON fact_complaint (tenant_id, filed_on, row_key)"],
    },
    Table {
        name: "figure_cell",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            month {on} NOT NULL,
            figure {text} NOT NULL,
            value {text} NOT NULL,
            days {int} NOT NULL,
            complaints {int} NOT NULL,
            PRIMARY KEY (tenant_id, month, figure, value, days)",
        indexes: &[],
    },
];
