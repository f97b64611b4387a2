//! The page for people who open the endpoint in a browser, and what it loads: all of it is in the program, built and
//! compressed by `assets/graphiql/build.sh`.

use axum::{
    Router,
    extract::Path,
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

/// Changes with every change of a file, so that a browser may keep what it has for ever.
const DIGEST: &str = include_str!("../../assets/graphiql/dist/digest");

const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! built {
    ($name:literal) => {
        include_bytes!(concat!("../../assets/graphiql/dist/", $name, ".gz"))
    };
}

/// Name, media type, and the content under gzip.
const FILES: [(&str, &str, &[u8]); 6] = [
    ("graphiql.js", SCRIPT, built!("graphiql.js")),
    (
        "graphiql.css",
        "text/css; charset=utf-8",
        built!("graphiql.css"),
    ),
    ("editor.worker.js", SCRIPT, built!("editor.worker.js")),
    ("graphql.worker.js", SCRIPT, built!("graphql.worker.js")),
    ("json.worker.js", SCRIPT, built!("json.worker.js")),
    (
        "licences.txt",
        "text/plain; charset=utf-8",
        built!("licences.txt"),
    ),
];

/// The editor writes its colours into `style` elements and attributes; scripts come from files only.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
    style-src 'self' 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Whether an address that a browser opens is the page's: it asks for nothing, or for whom to ask as.
pub(super) fn is_address_of_page(uri: &Uri) -> bool {
    uri.query().is_none_or(|query| query.starts_with("as="))
}

/// GraphiQL against the endpoint at `path`; in the demo it can ask as one of its people.
pub(super) fn page(path: &str, is_demo: bool) -> Response {
    let demo = if is_demo { " data-demo=\"/demo\"" } else { "" };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\" data-endpoint=\"{path}\"{demo}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>GraphiQL · wederhoor</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/graphiql/{DIGEST}/graphiql.css\">\n\
         <script type=\"module\" src=\"/graphiql/{DIGEST}/graphiql.js\"></script>\n</head>\n<body>\n\
         <main>\n<h1>GraphiQL</h1>\n<div id=\"graphiql\"><p>GraphiQL is loading …</p></div>\n</main>\n\
         <noscript><p>GraphiQL is a script, and scripts are switched off here.</p></noscript>\n</body>\n</html>\n"
    );
    let headers: [(HeaderName, HeaderValue); 6] = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::VARY, HeaderValue::from_static("accept")),
    ];
    (headers, Html(html)).into_response()
}

/// What the page loads.
pub(super) fn routes() -> Router {
    Router::new().route("/graphiql/{digest}/{file}", get(file))
}

async fn file(Path((digest, name)): Path<(String, String)>) -> Response {
    let known = FILES.iter().find(|(known, ..)| *known == name);
    let Some((_, media, content)) = known.filter(|_| digest == DIGEST) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, *media),
        // Every browser takes gzip.
        (header::CONTENT_ENCODING, "gzip"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, *content).into_response()
}

#[cfg(test)]
mod tests;
