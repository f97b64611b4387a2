//! Letters to send or print, answers to repeated requests, and the work that falls due.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "outbox",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            id {uuid} NOT NULL,
            subject_id {uuid} NOT NULL,
            complaint_id {uuid},
            letter_key {text} NOT NULL,
            kind {text} NOT NULL,
            recipient {text} NOT NULL,
            channel {text} NOT NULL,
            to_address {text},
            locale {text} NOT NULL,
            subject {text} NOT NULL,
            text {text} NOT NULL,
            html {text} NOT NULL,
            created_at {at} NOT NULL,
            due_at {at} NOT NULL,
            status {text} NOT NULL,
            attempts {int} NOT NULL,
            leased_until {at},
            sent_at {at},
            posted_on {on},
            last_error {text},
            PRIMARY KEY (tenant_id, id),
            UNIQUE (tenant_id, subject_id, letter_key),
            FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id)
                DEFERRABLE INITIALLY DEFERRED",
        indexes: &["outbox_status ON outbox (tenant_id, status, channel, created_at, id)"],
    },
    Table {
        name: "idempotency",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            principal {text} NOT NULL,
            key {text} NOT NULL,
            request_hash {bytes} NOT NULL,
            answer {text},
            created_at {at} NOT NULL,
            PRIMARY KEY (tenant_id, principal, key)",
        indexes: &["idempotency_created ON idempotency (tenant_id, created_at)"],
    },
    Table {
        name: "due_work",
        rows: Rows::LookUp,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            kind {text} NOT NULL,
            subject_id {uuid} NOT NULL,
            due_at {at} NOT NULL,
            leased_until {at},
            failures {int} NOT NULL,
            PRIMARY KEY (tenant_id, kind, subject_id)",
        indexes: &["due_work_due ON due_work (kind, due_at)"],
    },
];
