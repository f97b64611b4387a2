//! The second factor of an account, which no organisation owns, and the codes for who lost it.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "second_factor",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            account_id {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
            sealed_secret {bytes} NOT NULL,
            started_at {at} NOT NULL,
            confirmed_at {at},
            last_step {int},
            failures {int} NOT NULL,
            barred_until {at}",
        indexes: &[],
    },
    Table {
        name: "recovery_code",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            account_id {uuid} NOT NULL REFERENCES account (id),
            code_hash {bytes} NOT NULL,
            used_at {at},
            PRIMARY KEY (account_id, code_hash)",
        indexes: &[],
    },
];
