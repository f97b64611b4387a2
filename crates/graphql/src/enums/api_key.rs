//! What API keys may read.

use async_graphql::Enum;
use wederhoor_service::ApiScope;

/// What an API key may read (*bereik*). Each is granted by itself.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "ApiScope")]
pub(crate) enum ApiKeyScope {
    /// Figures (*cijfers*): totals in which no person can be told, small numbers left out.
    Statistics,
    /// Rows (*regels*): of each complaint a row of its own, under a number that says nothing, with dates to the day; no name and
    /// no text. Who knows the organisation may sometimes recognise somebody in it.
    Rows,
}
