use std::net::SocketAddr;

use super::reader::Reader;

const BIND: &str = "WEDERHOOR_METRICS_BIND";

/// Where numbers are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricsConfig {
    /// The address and port to listen on; `None`: they are read nowhere.
    pub bind: Option<SocketAddr>,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<MetricsConfig> {
    let bind = reader.optional(BIND).map(|text| text.trim().parse());
    let Ok(bind) = bind.transpose() else {
        reader.problem(
            BIND,
            "expected an address and a port, for example 127.0.0.1:9464",
        );
        return None;
    };
    Some(MetricsConfig { bind })
}
