//! Payloads of mutations that are no command on a complaint.

use async_graphql::Context;
use wederhoor_service::{Request, ServiceError};

use crate::{error::top_level, loaders::request};

/// The same request under the idempotency key of the input, where it has one; else under that of the header.
pub(crate) fn keyed(request: &Request, key: Option<String>) -> Request {
    match key {
        Some(key) => request.with_idempotency_key(key),
        None => request.clone(),
    }
}

/// The answer of one mutation. An error at the top leaves only this field `null`: what other mutations of the same
/// request did is still told.
pub(crate) type Answer<T> = Option<async_graphql::Result<T>>;

/// Answers.
pub(crate) async fn answer<T>(work: impl Future<Output = async_graphql::Result<T>>) -> Answer<T> {
    Some(work.await)
}

/// Answers who is signed in; of anyone else not even the input is looked at.
pub(crate) async fn answer_known<T>(
    ctx: &Context<'_>,
    work: impl Future<Output = async_graphql::Result<T>>,
) -> Answer<T> {
    answer(async {
        if request(ctx)?.caller().tenant().is_none() {
            return Err(top_level(ctx, &ServiceError::Unauthenticated));
        }
        work.await
    })
    .await
}

/// Declares the payload of a mutation: what changed, and why nothing did.
macro_rules! payload {
    ($payload:ident { $(#[$doc:meta])* $field:ident: $type:ty }) => {
        /// What the mutation of the same name did.
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $payload {
            $(#[$doc])*
            $field: Option<$type>,
            /// Why nothing was done; empty when it was.
            user_errors: Vec<$crate::user_error::UserError>,
        }

        impl $payload {
            fn of(
                ctx: &async_graphql::Context<'_>,
                result: Result<impl Into<$type>, wederhoor_service::ServiceError>,
            ) -> async_graphql::Result<Self> {
                Ok(match result {
                    Ok(value) => Self { $field: Some(value.into()), user_errors: Vec::new() },
                    Err(error) => Self { $field: None, user_errors: $crate::error::user_errors(ctx, error)? },
                })
            }
        }
    };
}

pub(crate) use payload;
