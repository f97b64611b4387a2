//! Calendar feeds: secret addresses at which a member's own calendar reads what is due. A member has one at most.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[Table {
    name: "calendar_feed",
    rows: Rows::LookUp,
    rights: "SELECT, INSERT, UPDATE, DELETE",
    columns: "
        tenant_id {uuid} NOT NULL,
        member_id {uuid} NOT NULL,
        account_id {uuid} NOT NULL REFERENCES account (id),
        secret_hash {bytes} NOT NULL,
        made_at {at} NOT NULL,
        PRIMARY KEY (tenant_id, member_id),
        FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)",
    indexes: &["calendar_feed_secret ON calendar_feed (secret_hash)"],
}];
