//! An organisation's own wording of its letters: of each kind and language one at most.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "letter_wording",
    rows: Rows::Tenant,
    rights: "SELECT, INSERT, UPDATE, DELETE",
    columns: "
        tenant_id {uuid} NOT NULL REFERENCES tenant (id),
        kind {text} NOT NULL,
        locale {text} NOT NULL CHECK (locale IN ('nl', 'en')),
        subject {text},
        body {text},
        changed_at {at} NOT NULL,
        changed_by {uuid} NOT NULL,
        PRIMARY KEY (tenant_id, kind, locale),
        FOREIGN KEY (tenant_id, changed_by) REFERENCES member (tenant_id, id)",
    indexes: &[],
}];
