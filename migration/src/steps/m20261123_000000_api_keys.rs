//! API keys: secrets by which programs of an organisation read its statistics, and what each was used for.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "api_key",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            id {uuid} NOT NULL,
            name {text} NOT NULL,
            prefix {text} NOT NULL,
            scopes {json} NOT NULL,
            per_minute {int} NOT NULL,
            made_by {uuid} NOT NULL,
            made_at {at} NOT NULL,
            rotated_at {at},
            expires_at {at} NOT NULL,
            revoked_at {at},
            last_used_at {at},
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, made_by) REFERENCES member (tenant_id, id)",
        indexes: &[],
    },
    Table {
        name: "api_key_secret",
        rows: Rows::LookUp,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        // One that was replaced ends by itself; the last one ends with its key.
        columns: "
            tenant_id {uuid} NOT NULL,
            secret_hash {bytes} NOT NULL,
            key_id {uuid} NOT NULL,
            ends_at {at},
            PRIMARY KEY (tenant_id, secret_hash),
            FOREIGN KEY (tenant_id, key_id) REFERENCES api_key (tenant_id, id)",
        indexes: &[
            "api_key_secret_hash ON api_key_secret (secret_hash)",
            "api_key_secret_key ON api_key_secret (tenant_id, key_id)",
        ],
    },
    Table {
        name: "api_key_use",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT",
        columns: "
            tenant_id {uuid} NOT NULL,
            key_id {uuid} NOT NULL,
            id {uuid} NOT NULL,
            at {at} NOT NULL,
            operation {text},
            source {text} NOT NULL,
            PRIMARY KEY (tenant_id, key_id, id),
            FOREIGN KEY (tenant_id, key_id) REFERENCES api_key (tenant_id, id)",
        indexes: &[],
    },
];
