//! Bounce keys: secrets by which a mail system says what came back. An organisation has one at most.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "bounce_key",
    rows: Rows::LookUp,
    rights: "SELECT, INSERT, UPDATE, DELETE",
    columns: "
        tenant_id {uuid} NOT NULL REFERENCES tenant (id),
        secret_hash {bytes} NOT NULL,
        made_at {at} NOT NULL,
        PRIMARY KEY (tenant_id)",
    indexes: &["bounce_key_secret ON bounce_key (secret_hash)"],
}];
