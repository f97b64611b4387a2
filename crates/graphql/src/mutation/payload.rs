//! Payloads of mutations that are no command on a complaint.

use std::collections::BTreeSet;

use async_graphql::{
    Context,
    parser::types::{Selection, SelectionSet},
};
use wederhoor_service::{Request, ServiceError};

use crate::{error::top_level, request::request};

/// The request under the idempotency key of the input, where it has one; else under that of the header. Several
/// mutations that were sent under one key have each their own: the key, with the name of their answer.
///
/// # Errors
/// INTERNAL when the server put no request in the data.
pub(crate) fn keyed(ctx: &Context<'_>, key: Option<String>) -> async_graphql::Result<Request> {
    let request = request(ctx)?;
    if let Some(key) = key {
        return Ok(request.with_idempotency_key(key));
    }
    let (operation, mut answers) = (&ctx.query_env.operation.node, BTreeSet::new());
    collect(ctx, &operation.selection_set.node, &mut answers);
    if answers.len() < 2 {
        return Ok(request.clone());
    }
    let field = ctx.field();
    Ok(request.for_part(field.alias().unwrap_or(field.name())))
}

/// The names of the answers of an operation; the guard has seen that its fragments end.
fn collect<'a>(ctx: &Context<'a>, set: &'a SelectionSet, answers: &mut BTreeSet<&'a str>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                answers.insert(field.node.response_key().node.as_str());
            }
            Selection::InlineFragment(fragment) => {
                collect(ctx, &fragment.node.selection_set.node, answers);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if let Some(fragment) = ctx.query_env.fragments.get(name) {
                    collect(ctx, &fragment.node.selection_set.node, answers);
                }
            }
        }
    }
}

/// The answer of one mutation. An error at the top leaves only this field `null`: what other mutations of the same
/// request did is still told.
pub(crate) type Answer<T> = Option<async_graphql::Result<T>>;

/// Answers.
pub(crate) async fn answer<T>(work: impl Future<Output = async_graphql::Result<T>>) -> Answer<T> {
    Some(work.await)
}

/// Answers who is signed in, whatever becomes of their organisation; of anyone else not even the input is looked at.
pub(crate) async fn answer_known<T>(
    ctx: &Context<'_>,
    work: impl Future<Output = async_graphql::Result<T>>,
) -> Answer<T> {
    answer(async {
        if !request(ctx)?.caller().is_known() {
            return Err(top_level(ctx, &ServiceError::Unauthenticated));
        }
        work.await
    })
    .await
}

/// Answers who is signed in and does something in their organisation; while that is on hold nobody does.
pub(crate) async fn answer_acting<T>(
    ctx: &Context<'_>,
    work: impl Future<Output = async_graphql::Result<T>>,
) -> Answer<T> {
    answer(async {
        if let Err(error) = request(ctx)?.require_acting() {
            return Err(top_level(ctx, &error));
        }
        work.await
    })
    .await
}

/// Answers who is signed in and takes something away that leaked, also while their organisation is on hold.
pub(crate) async fn answer_taking_away<T>(
    ctx: &Context<'_>,
    work: impl Future<Output = async_graphql::Result<T>>,
) -> Answer<T> {
    answer(async {
        if let Err(error) = request(ctx)?.require_taking_away() {
            return Err(top_level(ctx, &error));
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
