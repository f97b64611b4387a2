//! Why a request was not executed.

use async_graphql::{Pos, ServerError};
use axum::http::{HeaderValue, StatusCode, header::ALLOW};
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::Locale;

/// The most that a message to a client may hold, in characters.
pub(crate) const MESSAGE_LENGTH: usize = 200;

/// What is said where there are as many streams as there may be.
pub(crate) const TOO_MANY_STREAMS: [&str; 2] = [
    "Er staan te veel abonnementen (subscriptions) open. Sluit er eerst een.",
    "Too many subscriptions are open. Close one first.",
];

/// A refusal before execution.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The code under `extensions.code`.
    pub(crate) code: ErrorCode,
    /// What it says, in Dutch and in English.
    message: Box<[String; 2]>,
    positions: Vec<Pos>,
    limit: Option<(&'static str, usize)>,
    /// `Some`: the request itself is no GraphQL request, and this status goes out whatever the client accepts.
    /// `None`: the document is at fault, and the status depends on the media type.
    pub(crate) status: Option<StatusCode>,
    /// The methods to name in `Allow`.
    pub(crate) allow: Option<&'static str>,
}

impl Refused {
    /// The request is no well-formed GraphQL-over-HTTP request.
    pub(crate) fn request(
        status: StatusCode,
        code: ErrorCode,
        message: [impl Into<String>; 2],
    ) -> Self {
        Self {
            code,
            message: Box::new(message.map(Into::into)),
            positions: Vec::new(),
            limit: None,
            status: Some(status),
            allow: None,
        }
    }

    /// The request cannot be read (400).
    pub(crate) fn malformed(message: [impl Into<String>; 2]) -> Self {
        Self::request(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
    }

    /// The method does not fit (405); `allow` names those that do.
    pub(crate) fn method(allow: &'static str, message: [&str; 2]) -> Self {
        Self {
            allow: Some(allow),
            ..Self::request(
                StatusCode::METHOD_NOT_ALLOWED,
                ErrorCode::MethodNotAllowed,
                message,
            )
        }
    }

    /// The document is at fault.
    pub(crate) fn document(message: [impl Into<String>; 2], positions: Vec<Pos>) -> Self {
        Self {
            positions,
            status: None,
            ..Self::malformed(message)
        }
    }

    /// The document asks for more than a limit allows.
    pub(crate) fn too_complex(limit: &'static str, allowed: usize) -> Self {
        Self {
            code: ErrorCode::TooComplex,
            limit: Some((limit, allowed)),
            ..Self::document(
                [
                    format!("Het verzoek gaat over een grens: {limit}, hoogstens {allowed}."),
                    format!("The request exceeds a limit: {limit}, at most {allowed}."),
                ],
                Vec::new(),
            )
        }
    }

    /// There are as many streams as there may be.
    pub(crate) fn too_many_streams() -> Self {
        Self {
            code: ErrorCode::RateLimited,
            ..Self::document(TOO_MANY_STREAMS, Vec::new())
        }
    }

    /// The value of the `Allow` header, where there is one.
    pub(crate) fn allow_header(&self) -> Option<(axum::http::HeaderName, HeaderValue)> {
        self.allow
            .map(|methods| (ALLOW, HeaderValue::from_static(methods)))
    }

    /// The refusal as a GraphQL error, in the language asked.
    pub(crate) fn into_error(self, locale: Locale) -> ServerError {
        let [nl, en] = *self.message;
        let message = match locale {
            Locale::Nl => nl,
            Locale::En => en,
        };
        let mut error = self.code.error(message);
        error.locations = self.positions;
        if let Some((limit, allowed)) = self.limit {
            let extensions = error.extensions.get_or_insert_default();
            extensions.set("limit", limit);
            extensions.set("allowed", allowed);
        }
        error
    }
}
