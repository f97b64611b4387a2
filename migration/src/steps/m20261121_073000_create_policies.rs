//! The published versions of a tenant's regulation. A version never changes.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "policy",
    rows: Rows::Tenant,
    rights: "SELECT, INSERT",
    columns: "
        tenant_id {uuid} NOT NULL REFERENCES tenant (id),
        id {uuid} NOT NULL,
        version {int} NOT NULL,
        document {json} NOT NULL,
        published_at {at} NOT NULL,
        published_by {uuid},
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, version),
        FOREIGN KEY (tenant_id, published_by) REFERENCES member (tenant_id, id)",
    indexes: &[],
}];
