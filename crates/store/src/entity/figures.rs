//! What complaints contribute to the figures, and the sums of it.

use super::tenant_table;

tenant_table!(fact_complaint = "fact_complaint" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint_id: Uuid,
    pub row_key: Uuid,
    pub filed_on: NaiveDate,
    pub figures: Json,
});

tenant_table!(figure_cell = "figure_cell" {
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: NaiveDate,
    #[sea_orm(primary_key, auto_increment = false)]
    pub figure: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub days: i32,
    pub complaints: i32,
});
