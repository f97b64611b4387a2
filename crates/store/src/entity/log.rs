//! Who saw and did what.

use super::{platform_table, tenant_table};

tenant_table!(access_log = "access_log" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub what: String,
    pub member_id: Option<Uuid>,
    pub party: Option<String>,
    pub session_id: Option<Uuid>,
    pub sign_in_id: Option<Uuid>,
});

platform_table!(account_activity = "account_activity" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: DateTime<Utc>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub what: String,
    pub sign_in_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
});
