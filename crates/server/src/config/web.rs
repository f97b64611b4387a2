use std::net::{AddrParseError, IpAddr, Ipv4Addr, SocketAddr};

use axum::http::Uri;
use ipnet::IpNet;

use super::reader::Reader;
use crate::http::{ForwardedHeader, Proxies};

const BIND: &str = "WEDERHOOR_BIND";
const BASE_URL: &str = "WEDERHOOR_BASE_URL";
const PROXIES: &str = "WEDERHOOR_TRUSTED_PROXIES";
const PROXY_HEADER: &str = "WEDERHOOR_PROXY_HEADER";

/// Where the server listens, and under which address people reach it.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// The address and port to listen on.
    pub bind: SocketAddr,
    /// What links in letters begin with, without a slash at the end. Never taken from a request.
    pub base_url: String,
    /// Whose word for where a request comes from is taken.
    pub proxies: Proxies,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<WebConfig> {
    let bind: Option<SocketAddr> = reader.parsed(BIND, "127.0.0.1:8080", "an address and a port");
    let proxies = proxies(reader);
    let given = reader.optional(BASE_URL);
    let base_url = match (given, bind?) {
        (Some(given), _) => base_url(reader, &given)?,
        (None, bind) if bind.ip().is_loopback() => {
            let here = format!("http://{bind}");
            reader.derive(BASE_URL, &here);
            here
        }
        (None, _) => {
            reader.problem(BASE_URL, "is required when others can reach the server, for example https://klachten.example");
            return None;
        }
    };
    Some(WebConfig {
        bind: bind?,
        base_url,
        proxies: proxies?,
    })
}

/// A network, or one address.
fn network(text: &str) -> Result<IpNet, AddrParseError> {
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
}

fn proxies(reader: &mut Reader<'_>) -> Option<Proxies> {
    let networks = reader.optional(PROXIES).unwrap_or_default();
    let networks: Result<Vec<IpNet>, _> = networks
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|one| !one.is_empty())
        .map(network)
        .collect();
    let header = match reader
        .text(PROXY_HEADER, "x-forwarded-for")
        .to_ascii_lowercase()
        .as_str()
    {
        "x-forwarded-for" => Some(ForwardedHeader::XForwardedFor),
        "forwarded" => Some(ForwardedHeader::Forwarded),
        _ => {
            reader.problem(PROXY_HEADER, "expected x-forwarded-for or forwarded");
            None
        }
    };
    if networks.is_err() {
        reader.problem(
            PROXIES,
            "expected networks, for example 10.0.0.0/8 2001:db8::/32",
        );
    }
    Some(Proxies {
        networks: networks.ok()?,
        header: header?,
    })
}

fn is_loopback(host: &str) -> bool {
    host.parse().is_ok_and(|host: Ipv4Addr| host.is_loopback())
}

fn base_url(reader: &mut Reader<'_>, given: &str) -> Option<String> {
    let trimmed = given.trim_end_matches('/');
    let uri: Option<Uri> = trimmed.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).map(str::to_owned);
    let is_local = host
        .as_deref()
        .is_some_and(|host| host == "localhost" || host == "[::1]" || is_loopback(host));
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
