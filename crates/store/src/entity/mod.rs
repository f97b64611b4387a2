//! The tables as rows. Nothing here leaves the crate.
#![allow(
    unreachable_pub,
    missing_docs,
    reason = "SeaORM's derives make public items that the crate keeps to itself"
)]

mod chain;
mod complaints;
mod courses;
mod figures;
mod letters;
mod log;
mod people;
mod platform;

pub(crate) use chain::{complaint_content, complaint_event};
pub(crate) use complaints::{
    access_link, complaint, complaint_audience, complaint_deadline, informal_contact, measure_due,
    policy, reference_counter,
};
pub(crate) use courses::{
    closing_day, closing_day_taken_back, course, course_session, course_trainer,
};
pub(crate) use figures::{fact_complaint, figure_cell};
pub(crate) use letters::{due_work, idempotency, letter_wording, outbox};
pub(crate) use log::{access_log, account_activity};
pub(crate) use people::{
    absence, account_membership, api_key, api_key_secret, api_key_use, bounce_key, calendar_feed,
    invitation, member, session,
};
pub(crate) use platform::{
    account, deletion_certificate, equated_day, operator, operator_invitation, operator_session,
    password_reset, platform_setting, recovery_code, second_factor, tally, tenant,
};

use sea_orm::EntityTrait;

/// A table whose rows belong to a tenant.
pub(crate) trait TenantEntity: EntityTrait {
    /// The column that names the tenant.
    const TENANT: Self::Column;
}

/// A table of the platform: the rows are nobody's.
macro_rules! platform_table {
    ($module:ident = $name:tt { $($body:tt)* }) => {
        pub(crate) mod $module {
            #[allow(unused_imports, reason = "not every table has a column of each type")]
            use crate::entity::types::*;

            #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            pub struct Model { $($body)* }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}
pub(crate) use platform_table;

/// A table of tenants' rows: its key starts with the tenant, which the scope fills in.
macro_rules! tenant_table {
    ($module:ident = $name:tt { $($body:tt)* }) => {
        $crate::entity::platform_table!($module = $name {
            #[sea_orm(primary_key, auto_increment = false)]
            pub tenant_id: Uuid,
            $($body)*
        });

        impl $crate::entity::TenantEntity for $module::Entity {
            const TENANT: $module::Column = $module::Column::TenantId;
        }
    };
}
pub(crate) use tenant_table;

/// What the columns are made of.
pub(crate) mod types {
    pub(crate) use chrono::{DateTime, NaiveDate, Utc};
    pub(crate) use sea_orm::entity::prelude::*;
    pub(crate) use uuid::Uuid;
}
