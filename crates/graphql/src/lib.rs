//! The schema: thin resolvers over the use cases.
//!
//! A resolver translates: ids in, one use case, payload out. It knows no rule of the procedure, no SQL and no HTTP.
//! The server puts a [`wederhoor_service::Request`] in the data of each request; everything is asked of that.

mod connection;
mod cost;
mod counted;
mod cursor;
mod enums;
mod error;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod id;
mod input;
mod limits;
mod mutation;
mod named;
mod object;
mod of_key;
mod query;
mod request;
mod scalar;
mod subscription;
mod user_error;

#[cfg(test)]
mod tests;

use serde_json::Value;
use wederhoor_procedure::{Locale, preview::Timeline};

pub use error::ErrorCode;
pub use id::{complaint_id, course_id, letter_id, letter_uuid, member_id};
pub use limits::Limits;
pub use mutation::{Mutation, SIGN_OUT};
pub use object::summary::procedure_in_words;
pub use query::Query;
pub use subscription::Changes;

/// The schema that answers requests.
pub type Schema = async_graphql::Schema<Query, Mutation, Changes>;

/// A preview of a policy as JSON: what `previewPolicy` answers when every field is asked for, in this language.
///
/// # Errors
/// Never by what the timeline holds; whatever the writer of JSON says.
pub fn preview_in_json(timeline: &Timeline, locale: Locale) -> serde_json::Result<Value> {
    serde_json::to_value(object::preview::PolicyPreview::of(timeline, locale))
}

/// Makes the schema. Introspection is left to the server, which switches it off by request.
pub fn schema(limits: Limits) -> Schema {
    async_graphql::Schema::build(Query::default(), Mutation::default(), Changes)
        .register_output_type::<object::node::Node>()
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
        .limit_recursive_depth(limits.recursion)
        .extension(cost::Cost { limits })
        .finish()
}

/// The schema in the schema definition language, as it is committed beside the code.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new()
        .include_specified_by()
        .prefer_single_line_descriptions();
    schema(Limits::default()).sdl_with_options(options)
}
