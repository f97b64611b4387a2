//! The members of a tenant, their absences and invitations, and the sessions they work in.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "member",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            id {uuid} NOT NULL,
            account_id {uuid} REFERENCES account (id),
            name {text} NOT NULL,
            email {text},
            roles {json} NOT NULL,
            locale {text} NOT NULL,
            active_from {on},
            active_until {on},
            created_at {at} NOT NULL,
            PRIMARY KEY (tenant_id, id),
            UNIQUE (tenant_id, account_id)",
        indexes: &[],
    },
    Table {
        name: "absence",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            from_on {on} NOT NULL,
            until_on {on} NOT NULL,
            substitute_id {uuid},
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id),
            FOREIGN KEY (tenant_id, substitute_id) REFERENCES member (tenant_id, id)",
        indexes: &["absence_member ON absence (tenant_id, member_id)"],
    },
    Table {
        name: "invitation",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL,
            id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            token_hash {bytes} NOT NULL,
            expires_at {at} NOT NULL,
            used_at {at},
            PRIMARY KEY (tenant_id, id),
            UNIQUE (tenant_id, token_hash),
            FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)",
        indexes: &[],
    },
    Table {
        name: "account_membership",
        rows: Rows::LookUp,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            account_id {uuid} NOT NULL REFERENCES account (id),
            member_id {uuid} NOT NULL,
            PRIMARY KEY (tenant_id, account_id),
            FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)",
        indexes: &["account_membership_account ON account_membership (account_id)"],
    },
    Table {
        name: "session",
        rows: Rows::LookUp,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            id {uuid} NOT NULL,
            account_id {uuid} NOT NULL REFERENCES account (id),
            member_id {uuid} NOT NULL,
            family {uuid} NOT NULL,
            refresh_hash {bytes} NOT NULL,
            previous_hash {bytes},
            rotated_at {at},
            created_at {at} NOT NULL,
            expires_at {at} NOT NULL,
            ended_at {at},
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)",
        indexes: &[
            "session_id ON session (id)",
            "session_family ON session (family)",
            "session_account ON session (account_id)",
        ],
    },
];
