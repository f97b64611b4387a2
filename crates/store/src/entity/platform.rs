//! Tenants, accounts, and ways back into them.

use super::platform_table;

platform_table!(tenant = "tenant" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub settings: Json,
    pub created_at: DateTime<Utc>,
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
