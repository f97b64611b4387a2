//! Where a request comes from: the peer, or what a proxy that is trusted says of it.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header::FORWARDED};
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whose word for where a request comes from is taken, and from which header: another one may be the client's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// Where trusted proxies are.
    pub networks: Vec<IpNet>,
    /// The header that they write.
    pub header: ForwardedHeader,
}

/// A header in which proxies say for whom they ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl Proxies {
    /// Where a request of this peer comes from: behind trusted proxies, the nearest hop that is none of them. What stands
    /// farther away anybody can write. The peer where what must be read cannot be.
    pub(crate) fn source(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.trusts(peer) {
            return peer;
        }
        let name = match self.header {
            ForwardedHeader::XForwardedFor => X_FORWARDED_FOR,
            ForwardedHeader::Forwarded => FORWARDED,
        };
        let mut last = peer;
        for value in headers.get_all(name).iter().rev() {
            let Ok(text) = value.to_str() else {
                return peer;
            };
            for hop in text.rsplit(',') {
                let Some(address) = self.address(hop.trim()) else {
                    return peer;
                };
                if !self.trusts(address) {
                    return address;
                }
                last = address;
            }
        }
        last
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|one| one.contains(&address))
    }

    fn address(&self, hop: &str) -> Option<IpAddr> {
        let text = match self.header {
            ForwardedHeader::XForwardedFor => hop,
            ForwardedHeader::Forwarded => {
                let mut pairs = hop.split(';').filter_map(|pair| pair.split_once('='));
                let (_, node) = pairs.find(|(key, _)| key.trim().eq_ignore_ascii_case("for"))?;
                node.trim().trim_matches('"')
            }
        };
        let bare = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        let address = bare.unwrap_or(text).parse().ok();
        let with_port = || Some(text.parse::<SocketAddr>().ok()?.ip());
        Some(address.or_else(with_port)?.to_canonical())
    }
}

#[cfg(test)]
mod tests;
