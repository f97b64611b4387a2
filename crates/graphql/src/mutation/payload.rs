//! Payloads of mutations that are no command on a complaint.

use wederhoor_service::Request;

/// The same request under the idempotency key of the input, where it has one; else under that of the header.
pub(crate) fn keyed(request: &Request, key: Option<String>) -> Request {
    match key {
        Some(key) => request.with_idempotency_key(key),
        None => request.clone(),
    }
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
            ) -> async_graphql::Result<Option<Self>> {
                Ok(Some(match result {
                    Ok(value) => Self { $field: Some(value.into()), user_errors: Vec::new() },
                    Err(error) => Self { $field: None, user_errors: $crate::error::user_errors(ctx, error)? },
                }))
            }
        }
    };
}

pub(crate) use payload;
