//! Courses with their sessions and trainers, and the days on which a tenant is closed.

use crate::schema::{Rows, Table};

super::tables!(TABLES);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "course",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, UPDATE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            id {uuid} NOT NULL,
            title {text} NOT NULL,
            code {text},
            ended_on {on},
            organiser_id {uuid},
            is_open {bool} NOT NULL,
            created_at {at} NOT NULL,
            PRIMARY KEY (tenant_id, id),
            FOREIGN KEY (tenant_id, organiser_id) REFERENCES member (tenant_id, id)",
        indexes: &[],
    },
    Table {
        name: "course_session",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            course_id {uuid} NOT NULL,
            id {uuid} NOT NULL,
            held_on {on} NOT NULL,
            PRIMARY KEY (tenant_id, course_id, id),
            FOREIGN KEY (tenant_id, course_id) REFERENCES course (tenant_id, id)",
        indexes: &[],
    },
    Table {
        name: "course_trainer",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL,
            course_id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            PRIMARY KEY (tenant_id, course_id, member_id),
            FOREIGN KEY (tenant_id, course_id) REFERENCES course (tenant_id, id),
            FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)",
        indexes: &["course_trainer_member ON course_trainer (tenant_id, member_id)"],
    },
    Table {
        name: "closing_day",
        rows: Rows::Tenant,
        rights: "SELECT, INSERT, DELETE",
        columns: "
            tenant_id {uuid} NOT NULL REFERENCES tenant (id),
            closed_on {on} NOT NULL,
            known_since {at} NOT NULL,
            PRIMARY KEY (tenant_id, closed_on)",
        indexes: &[],
    },
];
