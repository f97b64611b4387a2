use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::{ForwardedHeader, Proxies};

fn proxies(header: ForwardedHeader) -> Proxies {
    Proxies {
        networks: ["10.0.0.0/8", "2001:db8:1::/48"]
            .map(|one| one.parse().unwrap())
            .to_vec(),
        header,
    }
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn headers(name: &str, values: &[&str]) -> HeaderMap {
    let name: HeaderName = name.parse().unwrap();
    let value = |value: &&str| (name.clone(), HeaderValue::from_str(value).unwrap());
    let mut headers = HeaderMap::new();
    for (name, value) in values.iter().map(value) {
        headers.append(name, value);
    }
    headers
}

#[test]
fn nobody_but_a_trusted_proxy_is_believed() {
    let proxies = proxies(ForwardedHeader::XForwardedFor);
    let claimed = headers("x-forwarded-for", &["198.51.100.9"]);
    assert_eq!(
        proxies.source(ip("203.0.113.5"), &claimed),
        ip("203.0.113.5")
    );
    assert_eq!(proxies.source(ip("10.0.0.1"), &claimed), ip("198.51.100.9"));
    assert_eq!(
        proxies.source(ip("::ffff:10.0.0.1"), &claimed),
        ip("198.51.100.9")
    );
    let nobody = Proxies::default();
    assert_eq!(nobody.source(ip("10.0.0.1"), &claimed), ip("10.0.0.1"));
    let other = headers("forwarded", &["for=198.51.100.9"]);
    assert_eq!(
        proxies.source(ip("10.0.0.1"), &other),
        ip("10.0.0.1"),
        "the client writes it"
    );
}

#[test]
fn the_nearest_hop_that_is_no_proxy_counts() {
    let proxies = proxies(ForwardedHeader::XForwardedFor);
    let peer = ip("10.0.0.1");
    for (hops, source) in [
        (
            ["192.0.2.1, 198.51.100.9", "10.2.3.4"].as_slice(),
            "198.51.100.9",
        ),
        (&["192.0.2.1", "198.51.100.9:4711"], "198.51.100.9"),
        (&["[2001:db8:2::7]:80"], "2001:db8:2::7"),
        (&["2001:db8:2::7, 2001:db8:1::7"], "2001:db8:2::7"),
        (&["10.9.9.9, 10.8.8.8"], "10.9.9.9"),
        (&[], "10.0.0.1"),
        (&["198.51.100.9, unknown"], "10.0.0.1"),
        (&["198.51.100.9, "], "10.0.0.1"),
        (&["<script>, 198.51.100.9"], "198.51.100.9"),
    ] {
        let found = proxies.source(peer, &headers("x-forwarded-for", hops));
        assert_eq!(found, ip(source), "{hops:?}");
    }
}

#[test]
fn the_standard_header_is_read_as_the_standard_says() {
    let proxies = proxies(ForwardedHeader::Forwarded);
    let peer = ip("10.0.0.1");
    for (hops, source) in [
        (
            "for=192.0.2.1, For=198.51.100.9;proto=https;by=10.0.0.1",
            "198.51.100.9",
        ),
        ("for=\"[2001:db8:2::7]:4711\"", "2001:db8:2::7"),
        ("for=\"198.51.100.9:80\", for=10.1.1.1", "198.51.100.9"),
        ("for=_hidden", "10.0.0.1"),
        ("proto=https", "10.0.0.1"),
    ] {
        assert_eq!(
            proxies.source(peer, &headers("forwarded", &[hops])),
            ip(source),
            "{hops}"
        );
    }
}
