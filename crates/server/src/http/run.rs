//! The execution of an admitted request, out of the client's reach.

use async_graphql::{Request, Response};
use tracing::Instrument;
use wederhoor_graphql::ErrorCode;

use super::{
    gateway::{Execute, RequestHead},
    language,
};

/// Executes the request in a task of its own: a client that hangs up drops the future that waits for the answer, never
/// the transaction in the middle of its work. A panic is answered as INTERNAL.
pub(crate) async fn detached(execute: &Execute, request: Request, head: RequestHead) -> Response {
    let request_id = head.request_id;
    let locale = language::asked(head.accept_language.as_deref());
    let task = tokio::spawn(execute(request, head).in_current_span());
    match task.await {
        Ok(response) => response,
        Err(failure) => {
            tracing::error!(%request_id, is_panic = failure.is_panic(), "the execution of a request ended early");
            let error = ErrorCode::Internal.error(language::in_words(language::OUR_FAULT, locale));
            Response::from_errors(vec![error])
        }
    }
}
