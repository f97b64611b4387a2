//! A command on one complaint: the one way from an input to a payload.

use std::sync::Arc;

use async_graphql::{Context, ID};
use chrono::{DateTime, Utc};
use wederhoor_procedure::{command::Command, refusal::Reason};
use wederhoor_service::{ActOptions, Dossier, ServiceError};

use crate::{
    error::user_errors, id::typed, object::complaint::Complaint, request::request,
    user_error::UserError,
};

/// Which complaint an input is about, and what it says of itself.
pub(crate) struct Target {
    pub(crate) complaint: ID,
    pub(crate) expected_version: Option<u32>,
    pub(crate) idempotency_key: Option<String>,
}

/// A command, and when it arrived where the input says so.
pub(crate) struct Asked {
    pub(crate) command: Command,
    pub(crate) at: Option<DateTime<Utc>>,
}

impl From<Command> for Asked {
    fn from(command: Command) -> Self {
        Self { command, at: None }
    }
}

/// What became of it.
pub(crate) struct Acted {
    pub(crate) complaint: Option<Complaint>,
    pub(crate) user_errors: Vec<UserError>,
}

/// Does what was asked.
///
/// # Errors
/// What is not about the request: authentication, and faults.
pub(crate) async fn act(
    ctx: &Context<'_>,
    target: Target,
    asked: Result<Asked, ServiceError>,
) -> async_graphql::Result<Acted> {
    match Box::pin(attempt(ctx, target, asked)).await? {
        Ok(dossier) => Ok(Acted {
            complaint: dossier.map(Into::into),
            user_errors: Vec::new(),
        }),
        Err(error) => Ok(Acted {
            complaint: None,
            user_errors: user_errors(ctx, error)?,
        }),
    }
}

async fn attempt(
    ctx: &Context<'_>,
    target: Target,
    asked: Result<Asked, ServiceError>,
) -> async_graphql::Result<Result<Option<Arc<Dossier>>, ServiceError>> {
    let request = request(ctx)?;
    if let Err(error) = request.require_acting() {
        return Ok(Err(error));
    }
    let Asked { command, at } = match asked {
        Ok(asked) => asked,
        Err(error) => return Ok(Err(error)),
    };
    let Some(id) = typed(&target.complaint) else {
        return Ok(Err(hidden()));
    };
    let options = ActOptions {
        at,
        expected_version: target.expected_version,
    };
    let acted = super::payload::keyed(ctx, target.idempotency_key)?
        .act(id, command, options)
        .await;
    Ok(acted.map_err(|error| {
        if matches!(error, ServiceError::NotFound) {
            hidden()
        } else {
            error
        }
    }))
}

/// The same for a complaint that is hidden, for one that does not exist, and for what is no id.
fn hidden() -> ServiceError {
    ServiceError::Refused(Reason::NotFound.bare())
}

/// Declares mutations that are each one command on one complaint.
macro_rules! acts {
    ($(#[$group_doc:meta])* $group:ident; $(
        $(#[$doc:meta])*
        $name:ident($input_type:ident -> $payload:ident {
            $($(#[$field_doc:meta])* $field:ident: $field_type:ty,)*
        }) |$check:ident, $input:ident| $command:expr;
    )*) => {
        $(
            /// The input of the mutation of the same name:
            $(#[$doc])*
            #[derive(async_graphql::InputObject)]
            pub(crate) struct $input_type {
                /// The complaint (*klacht*).
                complaint_id: async_graphql::ID,
                $($(#[$field_doc])* $field: $field_type,)*
                /// The version of the complaint that the caller saw; another one now is the error `STALE_VERSION`.
                expected_version: Option<i32>,
                /// The same key with the same input gets the first answer again, and nothing is done twice.
                idempotency_key: Option<String>,
            }

            /// What the mutation of the same name did.
            #[derive(async_graphql::SimpleObject)]
            pub(crate) struct $payload {
                /// The complaint as it stands now; `null` when nothing was done, or when the caller does not see it any more.
                complaint: Option<$crate::object::complaint::Complaint>,
                /// Why nothing was done; empty when it was.
                user_errors: Vec<$crate::user_error::UserError>,
            }

            impl From<$crate::mutation::act::Acted> for $payload {
                fn from(acted: $crate::mutation::act::Acted) -> Self {
                    Self { complaint: acted.complaint, user_errors: acted.user_errors }
                }
            }
        )*

        $(#[$group_doc])*
        #[derive(Default)]
        pub(crate) struct $group;

        #[async_graphql::Object]
        impl $group {
            $(
                $(#[$doc])*
                async fn $name(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "What to do, and in which complaint.")] input: $input_type,
                ) -> $crate::mutation::payload::Answer<$payload> {
                    let mut check = $crate::input::Check::default();
                    let target = $crate::mutation::act::Target {
                        complaint: input.complaint_id.clone(),
                        expected_version: check.version("expectedVersion", input.expected_version),
                        idempotency_key: input.idempotency_key.clone(),
                    };
                    let build = |$check: &mut $crate::input::Check, $input: $input_type| $command;
                    let asked = build(&mut check, input).into();
                    let acted = $crate::mutation::act::act(ctx, target, check.finish(asked)).await;
                    Some(acted.map(Into::into))
                }
            )*
        }
    };
}

pub(crate) use acts;
