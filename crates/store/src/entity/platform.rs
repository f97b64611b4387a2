//! Tenants and accounts.

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
