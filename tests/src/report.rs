//! What programs that measure have in common.

use std::fs;

use crate::Kind;

/// Says how busy the machine is, and reports on either database, one after the other.
///
/// # Panics
/// When the report does.
pub fn on_both(report: impl AsyncFn(Kind)) {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load average {}", load.trim());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for kind in [Kind::Sqlite, Kind::Postgres] {
        runtime.block_on(report(kind));
    }
}
