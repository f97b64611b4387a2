//! Files of datasets: `GET /exports/DATASET.FORMAT`, by an API key or an access token. What is asked for is sent as it is
//! read; what cannot be read on ends the file early, and the connection with it, so that nobody takes a part for the whole.

use std::{io, sync::Arc};

use async_graphql::ServerError;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Version,
        header::{self, AUTHORIZATION, IF_NONE_MATCH},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use futures_util::{future::BoxFuture, stream::BoxStream};
use secrecy::SecretString;
use wederhoor_graphql::ErrorCode;

use super::{
    asker::{Asker, File},
    gateway::{Gateway, logged, single},
    problem::problem,
    refused::Refused,
};

/// What is asked of a file.
pub struct ExportHead {
    /// Which request it is.
    pub asker: Asker,
    /// The `Authorization` header, as sent.
    pub authorization: Option<SecretString>,
    /// The last part of the address.
    pub file: String,
    /// What stands behind the `?`.
    pub query: String,
    /// Whether it may be sent compressed.
    pub takes_gzip: bool,
}

/// A file that can be sent.
pub struct ExportFile {
    /// What it is called where it is kept.
    pub name: String,
    /// As what it is sent.
    pub media: &'static str,
    /// By which it is known to be the same as before, where that is known before it is read.
    pub version: Option<String>,
    /// Whether what is sent is compressed.
    pub is_gzip: bool,
    /// Its bytes; an error ends it early.
    pub bytes: BoxStream<'static, io::Result<Vec<u8>>>,
}

/// How files are read: who asks is made out, and what they may not read is refused.
pub type Exports =
    Arc<dyn Fn(ExportHead) -> BoxFuture<'static, Result<ExportFile, ServerError>> + Send + Sync>;

/// The pattern of the addresses.
pub(super) const PATH: &str = "/exports/{file}";
/// It is personal, and asked for again before it is used again.
const KEPT: HeaderValue = HeaderValue::from_static("private, no-cache");

pub(super) async fn serve(
    State(gateway): State<Gateway>,
    asker: Asker,
    file: File,
    request: Request,
) -> Response {
    let Asker {
        request_id, locale, ..
    } = asker;
    let (parts, _) = request.into_parts();
    let answer = match found(&gateway, asker, file, &parts).await {
        Ok(found) => told(found, &parts.headers),
        Err(Not::Asked(refused)) => {
            let allow = refused.allow_header();
            let mut answer = problem(refused.into_error(locale), request_id);
            answer.headers_mut().extend(allow);
            answer
        }
        Err(Not::Read(error)) => problem(*error, request_id),
    };
    logged(answer, request_id)
}

/// Why there is no file.
enum Not {
    /// The request cannot be read, or takes too long.
    Asked(Refused),
    /// Whoever asks may not, or not now, or there is none.
    Read(Box<ServerError>),
}

impl From<Refused> for Not {
    fn from(refused: Refused) -> Self {
        Self::Asked(refused)
    }
}

async fn found(
    gateway: &Gateway,
    asker: Asker,
    File(file): File,
    parts: &Parts,
) -> Result<ExportFile, Not> {
    if ![Method::GET, Method::HEAD].contains(&parts.method) {
        let words = ["Vraag het met GET.", "Ask for it by GET."];
        return Err(Refused::method("GET, HEAD", words).into());
    }
    if parts.version < Version::HTTP_11 {
        return Err(too_old().into());
    }
    let head = ExportHead {
        asker,
        authorization: single(&parts.headers, &AUTHORIZATION)?.map(SecretString::from),
        file,
        query: parts.uri.query().unwrap_or_default().to_owned(),
        takes_gzip: takes_gzip(&parts.headers),
    };
    let read = (gateway.exports)(head);
    match tokio::time::timeout(gateway.limits.answer_time, read).await {
        Ok(read) => read.map_err(|error| Not::Read(Box::new(error))),
        Err(_) => Err(too_slow().into()),
    }
}

fn told(file: ExportFile, asked: &HeaderMap) -> Response {
    let version = file
        .version
        .as_deref()
        .map(|version| format!("W/\"{version}\""));
    let is_known = version
        .as_deref()
        .is_some_and(|version| knows(asked, version));
    let mut answer = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from_stream(file.bytes).into_response()
    };
    let headers = answer.headers_mut();
    let vary = "accept-encoding, authorization";
    headers.insert(header::VARY, HeaderValue::from_static(vary));
    headers.insert(header::CACHE_CONTROL, KEPT);
    if let Some(version) = version.and_then(|version| version.try_into().ok()) {
        headers.insert(header::ETAG, version);
    }
    if is_known {
        return answer;
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
    if file.is_gzip {
        let gzip = HeaderValue::from_static("gzip");
        headers.insert(header::CONTENT_ENCODING, gzip);
    }
    let named = format!("attachment; filename=\"{}\"", file.name);
    if let Ok(named) = named.try_into() {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    answer
}

/// Whether who asks has this version already.
fn knows(asked: &HeaderMap, version: &str) -> bool {
    let strong = version.trim_start_matches("W/");
    parts_of(asked, IF_NONE_MATCH).any(|one| one == "*" || one.trim_start_matches("W/") == strong)
}

fn takes_gzip(asked: &HeaderMap) -> bool {
    parts_of(asked, header::ACCEPT_ENCODING).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let mut parameters = parts.filter_map(|part| part.split_once('='));
        let weight = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
        let weight = weight.map(|(_, weight)| weight.trim().parse::<f32>());
        // What says nothing sensible of its weight says nothing.
        name.eq_ignore_ascii_case("gzip") && weight.is_none_or(|q| q.is_ok_and(|q| q > 0.0))
    })
}

/// The parts of a header that lists something.
fn parts_of(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).map(str::trim)
}

/// Before HTTP/1.1 nobody can tell a file that ends early from a whole one.
fn too_old() -> Refused {
    Refused::malformed([
        "Vraag een bestand met HTTP/1.1 of nieuwer, ook in een proxy: anders is een deel niet van het geheel te onderscheiden.",
        "Ask for a file by HTTP/1.1 or newer, in a proxy too: else a part cannot be told from the whole.",
    ])
}

fn too_slow() -> Refused {
    Refused::request(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Timeout,
        [
            "Het antwoord duurde te lang. Vraag het opnieuw.",
            "The answer took too long. Ask again.",
        ],
    )
}
