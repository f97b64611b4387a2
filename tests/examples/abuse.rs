//! Reports what each abuse meets, how fast (the median and the slowest of 50), and the process's memory before and after:
//! `cargo run --release -p wederhoor-tests --example abuse`. Server and client are one process, on SQLite.

#![recursion_limit = "256"]

use std::time::Duration;

use wederhoor_tests::{App, Fixture, Kind, abuses, raw::send};

const TIMES: usize = 50;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(report());
}

async fn report() {
    let app = App::set_up(Kind::Sqlite).await;
    let all = abuses();
    for abuse in &all {
        send(app.address, &abuse.bytes).await;
    }
    let (before, _) = memory();
    println!(
        "{:<50} {:<40} {:>10} {:>10}",
        "what", "meets", "median", "slowest"
    );
    for abuse in &all {
        let mut took: Vec<Duration> = Vec::new();
        let mut line = String::new();
        for _ in 0..TIMES {
            let told = send(app.address, &abuse.bytes).await;
            took.push(told.took);
            line = told.line();
        }
        took.sort_unstable();
        let (median, slowest) = (took[TIMES / 2], took[TIMES - 1]);
        println!(
            "{:<50} {line:<40} {median:>10.0?} {slowest:>10.0?}",
            abuse.what
        );
    }
    let (after, peak) = memory();
    println!("{} abuses, {TIMES} times each", all.len());
    println!("memory before {before} kB, after {after} kB, at its highest {peak} kB");
    app.tear_down().await;
}

/// Resident memory now, and at its highest, in kB.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
            .unwrap_or(0)
    };
    (value("VmRSS"), value("VmHWM"))
}
