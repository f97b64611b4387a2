//! The chain of events and the content kept apart from it.

use super::tenant_table;

tenant_table!(complaint_event = "complaint_event" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    pub at: DateTime<Utc>,
    pub registered_at: DateTime<Utc>,
    pub actor: String,
    pub kind: String,
    pub event_version: i32,
    pub payload: String,
    pub content_count: i32,
    pub hash: Vec<u8>,
    pub previous_hash: Vec<u8>,
});

tenant_table!(complaint_content = "complaint_content" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub key_id: Option<Uuid>,
    pub salt: Option<Vec<u8>>,
    pub content: Option<String>,
});
