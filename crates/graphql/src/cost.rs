//! The limits on a document, and their codes: the library's own, and ours on what it asks for. What it costs is told with
//! each answer under `extensions.cost`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::{
    Response, ServerError, ServerResult, ValidationResult, Variables,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery,
        NextPrepareRequest, NextRequest, NextValidation,
    },
    parser::types::ExecutableDocument,
    value,
};
use wederhoor_procedure::Locale;
use wederhoor_service::Request;

use crate::{
    counted::{Counted, count},
    error::ErrorCode,
    limits::Limits,
    named::Named,
    of_key,
};

/// Tells the cost of each document, and refuses one that asks for too much.
pub(crate) struct Cost {
    /// The most that a document may cost and do.
    pub(crate) limits: Limits,
}

impl ExtensionFactory for Cost {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Measured {
            limits: self.limits,
            requested: Mutex::default(),
            counted: Mutex::default(),
        })
    }
}

/// What the library says of its limits.
const TOO_COMPLEX: &str = "Query is too complex.";
const TOO_DEEP: &str = "Query is nested too deep.";

fn asked(ctx: &ExtensionContext<'_>) -> Locale {
    let request = ctx.data_opt::<Request>();
    request.map_or_else(Locale::default, Request::locale)
}

struct Measured {
    limits: Limits,
    requested: Mutex<Option<usize>>,
    counted: Mutex<Counted>,
}

#[async_trait::async_trait]
impl Extension for Measured {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        self.told(next.run(ctx).await)
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        self.told(next.run(ctx, operation_name).await)
    }

    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        request: async_graphql::Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<async_graphql::Request> {
        // What is counted together is read together.
        next.run(ctx, request.data(Named::default())).await
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        if let Some(request) = ctx.data_opt::<Request>() {
            of_key::check(request, &document)?;
        }
        *held(&self.counted) = count(&document, variables, &ctx.schema_env.registry);
        Ok(document)
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        match next.run(ctx).await {
            Ok(result) => {
                *held(&self.requested) = Some(result.complexity);
                match self.excess(asked(ctx)) {
                    Some(error) => Err(vec![error]),
                    None => Ok(result),
                }
            }
            Err(mut errors) => {
                for error in &mut errors {
                    self.coded(error, asked(ctx));
                }
                Err(errors)
            }
        }
    }
}

impl Measured {
    /// The response, with what its document costs.
    fn told(&self, response: Response) -> Response {
        match *held(&self.requested) {
            Some(requested) => response.extension(
                "cost",
                value!({ "requested": requested, "limit": self.limits.complexity }),
            ),
            None => response,
        }
    }

    /// Why the document does too much, if it does.
    fn excess(&self, locale: Locale) -> Option<ServerError> {
        let counted = *held(&self.counted);
        let held = [
            ("SECRETS", counted.secrets, 1),
            ("MUTATIONS", counted.mutations, self.limits.mutations),
            ("STATEMENTS", counted.statements, self.limits.statements),
        ];
        let (limit, _, allowed) = held.into_iter().find(|(_, found, most)| found > most)?;
        let words = match locale {
            Locale::Nl => "Het document vraagt te veel tegelijk.",
            Locale::En => "The document asks for too much at once.",
        };
        let mut error = ErrorCode::TooComplex.error(words);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("limit", limit);
        extensions.set("allowed", allowed);
        Some(error)
    }

    /// Gives an error its code. The library marks its limits by their words only, and in English.
    fn coded(&self, error: &mut ServerError, locale: Locale) {
        let is_dear = error.message == TOO_COMPLEX;
        let is_limit = is_dear || error.message == TOO_DEEP;
        if is_limit && locale == Locale::Nl {
            let words = if is_dear {
                "Het document is te omvangrijk."
            } else {
                "Het document is te diep genest."
            };
            words.clone_into(&mut error.message);
        }
        let code = match ErrorCode::of(error) {
            Some(code) => code,
            None if is_limit => ErrorCode::TooComplex,
            None => ErrorCode::BadRequest,
        };
        code.mark(error);
        if is_dear {
            let extensions = error.extensions.get_or_insert_default();
            extensions.set("limit", "COST");
            extensions.set("allowed", self.limits.complexity);
        }
    }
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
