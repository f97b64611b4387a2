//! Tenants, accounts, what they sign in with, ways back into them, and what is counted of those who try.

use super::platform_table;

platform_table!(tenant = "tenant" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub settings: Json,
    pub created_at: DateTime<Utc>,
    pub status_reason: Option<String>,
    pub deletion_asked_at: Option<DateTime<Utc>>,
    pub deletion_asked_by: Option<Uuid>,
    pub deletion_due_at: Option<DateTime<Utc>>,
});

platform_table!(platform_setting = "platform_setting" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub value: Json,
});

platform_table!(account = "account" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    pub password_hash: Option<String>,
    pub name: String,
    pub locale: String,
    pub created_at: DateTime<Utc>,
});

platform_table!(password_reset = "password_reset" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub account_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
});

platform_table!(second_factor = "second_factor" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub sealed_secret: Vec<u8>,
    pub started_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub last_step: Option<i32>,
    pub failures: i32,
    pub barred_until: Option<DateTime<Utc>>,
});

platform_table!(recovery_code = "recovery_code" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: Vec<u8>,
    pub used_at: Option<DateTime<Utc>>,
});

platform_table!(tally = "tally" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Vec<u8>,
    pub counted: i32,
    pub until: DateTime<Utc>,
    pub forget_at: DateTime<Utc>,
});

platform_table!(operator = "operator" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub created_at: DateTime<Utc>,
});

platform_table!(deletion_certificate = "deletion_certificate" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    pub slug: String,
    pub asked_at: DateTime<Utc>,
    pub asked_by: Option<Uuid>,
    pub begun_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
    pub complaints: i32,
    pub heads: Vec<u8>,
    pub rows_deleted: Json,
    pub accounts: Option<Json>,
});

platform_table!(operator_invitation = "operator_invitation" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub email: String,
    pub name: String,
    pub locale: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
});

platform_table!(operator_session = "operator_session" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub authenticated_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
});

platform_table!(equated_day = "equated_day" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub equated_on: NaiveDate,
    pub known_since: DateTime<Utc>,
    pub source: String,
    pub entered_by: Option<Uuid>,
});
