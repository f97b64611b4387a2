//! Members, their sessions and their calendar feeds; keys of programs.

use super::tenant_table;

tenant_table!(member = "member" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Option<Uuid>,
    pub name: String,
    pub email: Option<String>,
    pub roles: Json,
    pub locale: String,
    pub active_from: Option<NaiveDate>,
    pub active_until: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
});

tenant_table!(absence = "absence" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub member_id: Uuid,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub substitute_id: Option<Uuid>,
});

tenant_table!(invitation = "invitation" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub member_id: Uuid,
    pub token_hash: Vec<u8>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
});

tenant_table!(account_membership = "account_membership" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub member_id: Uuid,
});

tenant_table!(session = "session" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub member_id: Uuid,
    pub family: Uuid,
    pub refresh_hash: Vec<u8>,
    pub previous_hash: Option<Vec<u8>>,
    pub rotated_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub authenticated_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
});

tenant_table!(calendar_feed = "calendar_feed" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    pub account_id: Uuid,
    pub secret_hash: Vec<u8>,
    pub made_at: DateTime<Utc>,
});

tenant_table!(bounce_key = "bounce_key" {
    pub secret_hash: Vec<u8>,
    pub made_at: DateTime<Utc>,
});

tenant_table!(api_key = "api_key" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub prefix: String,
    pub scopes: Json,
    pub per_minute: i32,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub rotated_at: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
});

tenant_table!(api_key_secret = "api_key_secret" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret_hash: Vec<u8>,
    pub key_id: Uuid,
    pub ends_at: Option<DateTime<Utc>>,
});

tenant_table!(api_key_use = "api_key_use" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub operation: Option<String>,
    pub source: String,
});
