//! What is counted of those who ask, by keyed digests: nobody is named here, and no address stands here.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "tally",
    rows: Rows::Platform,
    rights: "SELECT, INSERT, UPDATE, DELETE",
    columns: "
        subject {bytes} NOT NULL PRIMARY KEY,
        counted {int} NOT NULL,
        until {at} NOT NULL,
        forget_at {at} NOT NULL",
    indexes: &["tally_forget ON tally (forget_at)"],
}];
