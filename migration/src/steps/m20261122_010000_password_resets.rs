//! Links by which a forgotten password is replaced. They belong to an account, which no organisation owns.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "password_reset",
    rows: Rows::Platform,
    rights: "SELECT, INSERT, UPDATE",
    columns: "
        token_hash {bytes} NOT NULL PRIMARY KEY,
        account_id {uuid} NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
        created_at {at} NOT NULL,
        expires_at {at} NOT NULL,
        used_at {at}",
    indexes: &["password_reset_account ON password_reset (account_id, created_at)"],
}];
