//! Policies, complaints and what is read beside them.

use super::tenant_table;

tenant_table!(policy = "policy" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i32,
    pub document: Json,
    pub published_at: DateTime<Utc>,
    pub published_by: Option<Uuid>,
});

tenant_table!(complaint = "complaint" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reference: String,
    pub version: i32,
    pub policy_id: Uuid,
    pub state: String,
    pub outcome: Option<String>,
    pub channel: String,
    pub received_at: DateTime<Utc>,
    pub registered_at: DateTime<Utc>,
    pub course_id: Option<Uuid>,
    pub cause: Option<String>,
    pub handler_id: Option<Uuid>,
    pub complainant_member_id: Option<Uuid>,
    pub instance: i32,
    pub next_due_at: Option<DateTime<Utc>>,
    pub next_due_kind: Option<String>,
    pub next_due_on: Option<NaiveDate>,
    pub closed_at: Option<DateTime<Utc>>,
    pub destroy_on: Option<NaiveDate>,
});

tenant_table!(complaint_audience = "complaint_audience" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub viewer: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: String,
});

tenant_table!(complaint_deadline = "complaint_deadline" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub due_on: NaiveDate,
    pub due_at: DateTime<Utc>,
    pub met_at: Option<DateTime<Utc>>,
    pub lapsed_at: Option<DateTime<Utc>>,
});

tenant_table!(measure_due = "measure_due" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub measure_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    pub due_on: NaiveDate,
});

tenant_table!(reference_counter = "reference_counter" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    pub last: i32,
});

tenant_table!(access_link = "access_link" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub complaint_id: Uuid,
    pub party: String,
    pub is_asked_for: bool,
    pub mailed_to: Option<i32>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
});

tenant_table!(informal_contact = "informal_contact" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contact_on: NaiveDate,
    pub course_id: Option<Uuid>,
    pub recorded_by: Uuid,
    pub is_invited: bool,
    pub content: Json,
    pub created_at: DateTime<Utc>,
});
