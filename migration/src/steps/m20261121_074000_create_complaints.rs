//! What lists of complaints are read from, who may see them, and the links by which parties reach them.
//!
//! Rows that name a complaint may be written before it: their foreign keys are checked at the commit.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "complaint",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            id {uuid} NOT NULL,
            reference {text} NOT NULL,
            version {int} NOT NULL,
            policy_id {uuid} NOT NULL,
            state {text} NOT NULL,
            outcome {text},
            channel {text} NOT NULL,
            received_at {at} NOT NULL,
            registered_at {at} NOT NULL,
            course_id {uuid},
            handler_id {uuid},
            complainant_member_id {uuid},
            instance {int} NOT NULL,
            next_due_at {at},
            next_due_kind {text},
            next_due_on {on},
            closed_at {at},
            destroy_on {on},
            PRIMARY KEY (tenant_id, id),
            UNIQUE (tenant_id, reference),
            FOREIGN KEY (tenant_id, policy_id) REFERENCES policy (tenant_id, id),
            FOREIGN KEY (tenant_id, course_id) REFERENCES course (tenant_id, id),
            FOREIGN KEY (tenant_id, handler_id) REFERENCES member (tenant_id, id),
            FOREIGN KEY (tenant_id, complainant_member_id) REFERENCES member (tenant_id, id)",
        indexes: &[
            "complaint_received ON complaint (tenant_id, received_at, id)",
            "complaint_open ON complaint (tenant_id, received_at, id) WHERE closed_at IS NULL",
            "complaint_state ON complaint (tenant_id, state, received_at, id)",
            "complaint_due ON complaint (tenant_id, next_due_at, id)",
            "complaint_closed ON complaint (tenant_id, closed_at, id)",
            "complaint_course ON complaint (tenant_id, course_id)",
            "complaint_handler ON complaint (tenant_id, handler_id)",
        ],
    },
    Table {
        name: "complaint_audience",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            complaint_id {uuid} NOT NULL,
            viewer {text} NOT NULL,
            level {text} NOT NULL,
            PRIMARY KEY (tenant_id, complaint_id, viewer, level),
            FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id)
                DEFERRABLE INITIALLY DEFERRED",
        indexes: &[
            "complaint_audience_viewer ON complaint_audience (tenant_id, viewer, complaint_id)",
        ],
    },
    Table {
        name: "complaint_deadline",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            complaint_id {uuid} NOT NULL,
            kind {text} NOT NULL,
            key {text} NOT NULL,
            due_on {on} NOT NULL,
            due_at {at} NOT NULL,
            met_at {at},
            lapsed_at {at},
            PRIMARY KEY (tenant_id, complaint_id, kind, key),
            FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id)
                DEFERRABLE INITIALLY DEFERRED",
        indexes: &["complaint_deadline_due ON complaint_deadline (tenant_id, due_at)"],
    },
    Table {
        name: "reference_counter",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            year {int} NOT NULL,
            last {int} NOT NULL,
            PRIMARY KEY (tenant_id, year)",
        indexes: &[],
    },
    Table {
        name: "access_link",
        rows: Rows::LookUp,
        rights: "SELECT, INSERT, UPDATE, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            token_hash {bytes} NOT NULL,
            complaint_id {uuid} NOT NULL,
            party {text} NOT NULL,
            address {text} NOT NULL,
            created_at {at} NOT NULL,
            expires_at {at} NOT NULL,
            used_at {at},
            PRIMARY KEY (tenant_id, token_hash),
            FOREIGN KEY (tenant_id, complaint_id) REFERENCES complaint (tenant_id, id)
                DEFERRABLE INITIALLY DEFERRED",
        indexes: &[
            "access_link_token ON access_link (token_hash)",
            "access_link_complaint ON access_link (tenant_id, complaint_id)",
        ],
    },
    Table {
        name: "informal_contact",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            id {uuid} NOT NULL,
            contact_on {on} NOT NULL,
            course_id {uuid},
            recorded_by {uuid} NOT NULL,
            is_invited {bool} NOT NULL,
            content {json} NOT NULL,
            created_at {at} NOT NULL,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, course_id) REFERENCES course (tenant_id, id),
            FOREIGN KEY (tenant_id, recorded_by) REFERENCES member (tenant_id, id)",
        indexes: &[],
    },
];
