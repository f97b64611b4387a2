//! Letters and their wording, repeated requests and due work.

use super::tenant_table;

tenant_table!(outbox = "outbox" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub subject_id: Uuid,
    pub complaint_id: Option<Uuid>,
    pub letter_key: String,
    pub kind: String,
    pub recipient: String,
    pub channel: String,
    pub to_address: Option<String>,
    pub locale: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub created_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub status: String,
    pub attempts: i32,
    pub leased_until: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub posted_on: Option<NaiveDate>,
    pub last_error: Option<String>,
    pub undelivered_at: Option<DateTime<Utc>>,
    pub failure: Option<String>,
});

tenant_table!(letter_wording = "letter_wording" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub locale: String,
    pub subject: Option<String>,
    pub body: Option<String>,
    pub changed_at: DateTime<Utc>,
    pub changed_by: Uuid,
});

tenant_table!(idempotency = "idempotency" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub principal: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub request_hash: Vec<u8>,
    pub answer: Option<String>,
    pub created_at: DateTime<Utc>,
});

tenant_table!(due_work = "due_work" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    pub due_at: DateTime<Utc>,
    pub leased_until: Option<DateTime<Utc>>,
    pub failures: i32,
});
