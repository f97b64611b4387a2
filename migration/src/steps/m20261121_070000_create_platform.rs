//! Tenants, accounts and sessions: what there is before a tenant is known.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "tenant",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            id {uuid} NOT NULL PRIMARY KEY,
            slug {text} NOT NULL UNIQUE,
            name {text} NOT NULL,
            status {text} NOT NULL,
            settings {json} NOT NULL,
            created_at {at} NOT NULL",
        indexes: &[],
    },
    Table {
        name: "platform_setting",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            key {text} NOT NULL PRIMARY KEY,
            value {json} NOT NULL",
        indexes: &[],
    },
    Table {
        name: "account",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            id {uuid} NOT NULL PRIMARY KEY,
            email {text} NOT NULL UNIQUE,
            password_hash {text},
            name {text} NOT NULL,
            locale {text} NOT NULL,
            created_at {at} NOT NULL",
        indexes: &[],
    },
];
