//! What can be asked.

mod api_keys;
pub(crate) mod complaints;
pub(crate) mod office;
mod operator;
pub(crate) mod policies;
mod public;
mod statistics;
mod trail;
mod wording;

use async_graphql::MergedObject;

/// What can be asked. What the viewer may not see is absent, exactly like what does not exist.
#[derive(MergedObject, Default)]
pub struct Query(
    public::PublicQueries,
    complaints::ComplaintQueries,
    office::OfficeQueries,
    policies::PolicyQueries,
    operator::OperatorQueries,
    trail::TrailQueries,
    statistics::StatisticsQueries,
    wording::WordingQueries,
    api_keys::ApiKeyQueries,
);
