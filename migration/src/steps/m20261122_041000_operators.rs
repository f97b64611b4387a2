//! Operators of the platform, who belong to no organisation: how they come to be, and what they are signed in to.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "operator",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, DELETE",
        columns: "
            account_id {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
            created_at {at} NOT NULL",
        indexes: &[],
    },
    Table {
        name: "operator_invitation",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            token_hash {bytes} NOT NULL PRIMARY KEY,
            email {text} NOT NULL,
            name {text} NOT NULL,
            locale {text} NOT NULL,
            created_at {at} NOT NULL,
            expires_at {at} NOT NULL,
            used_at {at}",
        indexes: &["operator_invitation_email ON operator_invitation (email)"],
    },
    Table {
        name: "operator_session",
        rows: Rows::Platform,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            id {uuid} NOT NULL PRIMARY KEY,
            account_id {uuid} NOT NULL REFERENCES account (id),
            created_at {at} NOT NULL,
            authenticated_at {at} NOT NULL,
            expires_at {at} NOT NULL,
            ended_at {at}",
        indexes: &["operator_session_account ON operator_session (account_id)"],
    },
];
