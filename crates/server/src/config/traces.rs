use url::Url;

use super::reader::Reader;

const ENDPOINT: &str = "WEDERHOOR_OTLP_ENDPOINT";

/// Where spans are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracesConfig {
    /// The address of who collects them, without `/v1/traces`; `None`: they are not made.
    pub endpoint: Option<String>,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<TracesConfig> {
    let endpoint = reader.address(ENDPOINT).map(|text| text.trim().to_owned());
    if endpoint.as_deref().is_some_and(|text| !is_plain(text)) {
        reader.problem(
            ENDPOINT,
            "expected http:// with the host and port of a collector within your network, for example http://127.0.0.1:4318",
        );
        return None;
    }
    Some(TracesConfig { endpoint })
}

/// An address without a login: the collector within the network has what others ask for.
fn is_plain(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    url.scheme() == "http"
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}
