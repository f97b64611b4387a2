//! The steps. Each is undone by its `down`, and runs whole or not at all on both databases. Its name says whether older programs
//! work beside it (`standing.rs`).

mod m20261121_070000_create_platform;
mod m20261121_071000_create_people;
mod m20261121_072000_create_courses;
mod m20261121_073000_create_policies;
mod m20261121_074000_create_complaints;
mod m20261121_075000_create_chain;
mod m20261121_076000_create_outbox;
mod m20261121_150000_one_member_per_address;
mod m20261121_151000_links_asked_for;
mod m20261121_160000_letters_of_a_subject;
mod m20261122_010000_password_resets;
mod m20261122_020000_second_factors;
mod m20261122_030000_authenticated_at;
mod m20261122_040000_tallies;
mod m20261122_041000_operators;
mod m20261122_042000_tenants_end;
mod m20261122_050000_access_log;
mod m20261122_060000_links_mailed_to;
mod m20261122_070000_calendar_feeds;
mod m20261122_081000_undelivered_letters;
mod m20261122_081100_bounce_keys;
mod m20261122_083000_letter_wordings;
mod m20261122_084000_equated_days;
mod m20261122_084100_closing_days_taken_back;
mod m20261123_000000_api_keys;
mod m20261123_020000_forgotten_parties;
mod m20261123_030000_causes;
mod m20261124_000000_create_figures;
mod m20261125_000000_expand_forgotten_before;
mod m20261125_100000_create_measure_due;
mod m20261125_100100_deciders_of_before;
mod m20261125_200000_expand_due_work_that_fails;

use sea_orm_migration::prelude::*;

use crate::schema::Table;

/// All steps, oldest first.
pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261121_070000_create_platform::Migration),
        Box::new(m20261121_071000_create_people::Migration),
        Box::new(m20261121_072000_create_courses::Migration),
        Box::new(m20261121_073000_create_policies::Migration),
        Box::new(m20261121_074000_create_complaints::Migration),
        Box::new(m20261121_075000_create_chain::Migration),
        Box::new(m20261121_076000_create_outbox::Migration),
        Box::new(m20261121_150000_one_member_per_address::Migration),
        Box::new(m20261121_151000_links_asked_for::Migration),
        Box::new(m20261121_160000_letters_of_a_subject::Migration),
        Box::new(m20261122_010000_password_resets::Migration),
        Box::new(m20261122_020000_second_factors::Migration),
        Box::new(m20261122_030000_authenticated_at::Migration),
        Box::new(m20261122_040000_tallies::Migration),
        Box::new(m20261122_041000_operators::Migration),
        Box::new(m20261122_042000_tenants_end::Migration),
        Box::new(m20261122_050000_access_log::Migration),
        Box::new(m20261122_060000_links_mailed_to::Migration),
        Box::new(m20261122_070000_calendar_feeds::Migration),
        Box::new(m20261122_081000_undelivered_letters::Migration),
        Box::new(m20261122_081100_bounce_keys::Migration),
        Box::new(m20261122_083000_letter_wordings::Migration),
        Box::new(m20261122_084000_equated_days::Migration),
        Box::new(m20261122_084100_closing_days_taken_back::Migration),
        Box::new(m20261123_000000_api_keys::Migration),
        Box::new(m20261123_020000_forgotten_parties::Migration),
        Box::new(m20261123_030000_causes::Migration),
        Box::new(m20261124_000000_create_figures::Migration),
        Box::new(m20261125_000000_expand_forgotten_before::Migration),
        Box::new(m20261125_100000_create_measure_due::Migration),
        Box::new(m20261125_100100_deciders_of_before::Migration),
        Box::new(m20261125_200000_expand_due_work_that_fails::Migration),
    ]
}

/// Every table that the steps make.
pub(crate) fn all_tables() -> impl Iterator<Item = &'static Table> {
    let made = [
        m20261121_070000_create_platform::TABLES,
        m20261121_071000_create_people::TABLES,
        m20261121_072000_create_courses::TABLES,
        m20261121_073000_create_policies::TABLES,
        m20261121_074000_create_complaints::TABLES,
        m20261121_075000_create_chain::TABLES,
        m20261121_076000_create_outbox::TABLES,
        m20261122_010000_password_resets::TABLES,
        m20261122_020000_second_factors::TABLES,
        m20261122_040000_tallies::TABLES,
        m20261122_041000_operators::TABLES,
        m20261122_042000_tenants_end::TABLES,
        m20261122_050000_access_log::TABLES,
        m20261122_070000_calendar_feeds::TABLES,
        m20261122_081100_bounce_keys::TABLES,
        m20261122_083000_letter_wordings::TABLES,
        m20261122_084000_equated_days::TABLES,
        m20261122_084100_closing_days_taken_back::TABLES,
        m20261123_000000_api_keys::TABLES,
        m20261124_000000_create_figures::TABLES,
        m20261125_100000_create_measure_due::TABLES,
    ];
    made.into_iter().flatten()
}

/// A step that only creates tables.
macro_rules! tables {
    ($tables:expr) => {
        #[derive(sea_orm_migration::prelude::DeriveMigrationName)]
        pub(crate) struct Migration;

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            async fn up(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::DbErr> {
                crate::schema::create(manager, $tables).await
            }

            async fn down(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::DbErr> {
                crate::schema::discard(manager, $tables).await
            }

            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}
use tables;
