//! Doors for the fuzz targets; not part of the program.

use async_graphql::Request;

use super::{
    guard,
    limits::Limits,
    params::{self, Params},
    refused::{MESSAGE_LENGTH, Refused},
};

/// The request in a body, when it is let through.
pub fn body(bytes: &[u8]) -> Option<Request> {
    let limits = Limits::default();
    match params::from_body(bytes, limits.body_nesting) {
        Ok(params) => admitted(params, &limits),
        Err(refused) => told(refused),
    }
}

/// The request that is this document, when it is let through.
pub fn document(text: &str) -> Option<Request> {
    let params = Params {
        query: text.to_owned(),
        ..Params::default()
    };
    admitted(params, &Limits::default())
}

fn admitted(params: Params, limits: &Limits) -> Option<Request> {
    let length = params.query.len();
    match guard::admit(params, limits) {
        Ok(admitted) => {
            assert!(
                admitted.steps <= 2 * length,
                "{} steps for {length} bytes",
                admitted.steps
            );
            Some(admitted.request)
        }
        Err(refused) => told(refused),
    }
}

fn told(refused: Refused) -> Option<Request> {
    let error = refused.into_error(wederhoor_procedure::Locale::En);
    assert!(error.message.chars().count() <= MESSAGE_LENGTH);
    None
}
