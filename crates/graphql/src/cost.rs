//! What a document costs, told with each answer under `extensions.cost`, and the codes of the library's own limits.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{
    Response, ServerError, ValidationResult,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextRequest, NextValidation},
    value,
};

/// Tells the cost of each document.
pub(crate) struct Cost {
    /// The most a document may cost.
    pub(crate) limit: usize,
}

impl ExtensionFactory for Cost {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Measured {
            limit: self.limit,
            requested: Mutex::default(),
        })
    }
}

struct Measured {
    limit: usize,
    requested: Mutex<Option<usize>>,
}

#[async_trait::async_trait]
impl Extension for Measured {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let response = next.run(ctx).await;
        let requested = *self
            .requested
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match requested {
            Some(requested) => response.extension(
                "cost",
                value!({ "requested": requested, "limit": self.limit }),
            ),
            None => response,
        }
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        match next.run(ctx).await {
            Ok(result) => {
                *self
                    .requested
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner) = Some(result.complexity);
                Ok(result)
            }
            Err(mut errors) => {
                for error in &mut errors {
                    self.coded(error);
                }
                Err(errors)
            }
        }
    }
}

impl Measured {
    /// Gives an error its code. The library marks its limits by their words only.
    fn coded(&self, error: &mut ServerError) {
        let is_dear = error.message == "Query is too complex.";
        let is_limit = is_dear || error.message == "Query is nested too deep.";
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set(
                "code",
                if is_limit {
                    "TOO_COMPLEX"
                } else {
                    "BAD_REQUEST"
                },
            );
        }
        if is_dear {
            extensions.set("limit", "COST");
            extensions.set("allowed", self.limit);
        }
    }
}
