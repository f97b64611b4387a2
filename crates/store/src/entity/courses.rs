//! Courses and closing days.

use super::tenant_table;

tenant_table!(course = "course" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    pub code: Option<String>,
    pub ended_on: Option<NaiveDate>,
    pub organiser_id: Option<Uuid>,
    pub is_open: bool,
    pub created_at: DateTime<Utc>,
});

tenant_table!(course_session = "course_session" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub held_on: NaiveDate,
});

tenant_table!(course_trainer = "course_trainer" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
});

tenant_table!(closing_day = "closing_day" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub closed_on: NaiveDate,
    pub known_since: DateTime<Utc>,
});

tenant_table!(closing_day_taken_back = "closing_day_taken_back" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub closed_on: NaiveDate,
    #[sea_orm(primary_key, auto_increment = false)]
    pub taken_back_at: DateTime<Utc>,
    pub known_since: DateTime<Utc>,
});
