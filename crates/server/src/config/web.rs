use std::net::SocketAddr;

use axum::http::Uri;

use super::reader::Reader;

const BIND: &str = "WEDERHOOR_BIND";
const BASE_URL: &str = "WEDERHOOR_BASE_URL";

/// Where the server listens, and under which address people reach it.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// The address and port to listen on.
    pub bind: SocketAddr,
    /// What links in letters begin with, without a slash at the end. Never taken from a request.
    pub base_url: String,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<WebConfig> {
    let bind: Option<SocketAddr> = reader.parsed(BIND, "127.0.0.1:8080", "an address and a port");
    let given = reader.optional(BASE_URL);
    let base_url = match (given, bind?) {
        (Some(given), _) => base_url(reader, &given)?,
        (None, bind) if bind.ip().is_loopback() => format!("http://{bind}"),
        (None, _) => {
            reader.problem(BASE_URL, "is required when others can reach the server, for example https://klachten.example");
            return None;
        }
    };
    Some(WebConfig {
        bind: bind?,
        base_url,
    })
}

fn base_url(reader: &mut Reader<'_>, given: &str) -> Option<String> {
    let trimmed = given.trim_end_matches('/');
    let uri: Option<Uri> = trimmed.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).map(str::to_owned);
    let is_local = host
        .as_deref()
        .is_some_and(|host| host == "localhost" || host.starts_with("127.") || host == "[::1]");
    match uri.as_ref().and_then(Uri::scheme_str) {
        _ if host.is_none() || trimmed.contains(['?', '#', '@']) => {
            reader.problem(
                BASE_URL,
                "expected an address such as https://klachten.example",
            );
            None
        }
        Some("https") => Some(trimmed.to_owned()),
        Some("http") if is_local => Some(trimmed.to_owned()),
        _ => {
            reader.problem(
                BASE_URL,
                "must begin with https://, save on this machine itself",
            );
            None
        }
    }
}
