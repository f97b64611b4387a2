//! Days that decrees equate with a holiday, as operators enter them; they hold for every organisation.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "equated_day",
    rows: Rows::Platform,
    rights: "SELECT, INSERT",
    columns: "
        equated_on {on} NOT NULL PRIMARY KEY,
        known_since {at} NOT NULL,
        source {text} NOT NULL,
        entered_by {uuid}",
    indexes: &[],
}];
