//! What programs that measure have in common.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{App, Client, Kind};

/// Over how many connections at the same time programs that measure ask.
pub const CONNECTIONS: u32 = 8;
/// After how many complaints it says how far it is.
const STEP: u32 = 1_000;
const FILE: &str = "mutation($input: FileComplaintInput!) {
    fileComplaint(input: $input) { receipt { reference } userErrors { code message } } }";

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

/// Files complaints by a form, and says how long each took.
///
/// # Panics
/// When one is refused.
pub async fn fill(app: &App, form: &Value, complaints: u32) -> Vec<Duration> {
    let (mut took, mut filed) = (Vec::new(), 0);
    while filed < complaints {
        let some = STEP.min(complaints - filed);
        took.extend(file(app, form, some).await);
        filed += some;
        // The throw-away server does not do of itself what any other does: without it, plans made for an empty table stay.
        if app.database.kind == Kind::Postgres {
            app.database.execute("ANALYZE").await;
        }
        eprintln!("filed {filed}");
    }
    took
}

async fn file(app: &App, form: &Value, times: u32) -> Vec<Duration> {
    let left = Arc::new(AtomicU32::new(times));
    at_once(|| {
        let (client, input, left) = (Client::new(app.address), form.clone(), left.clone());
        async move {
            let mut took = Vec::new();
            while left
                .fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1))
                .is_ok()
            {
                let begun = Instant::now();
                let filed = client.gql(None, FILE, json!({ "input": input })).await;
                took.push(begun.elapsed());
                assert_eq!(filed.data()["fileComplaint"]["userErrors"], json!([]));
            }
            took
        }
    })
    .await
}

/// What every connection, each with a client of its own, does at the same time.
///
/// # Panics
/// When one of them does.
pub async fn at_once<F>(each: impl Fn() -> F) -> Vec<Duration>
where
    F: Future<Output = Vec<Duration>> + Send + 'static,
{
    let mut tasks: JoinSet<Vec<Duration>> = (0..CONNECTIONS).map(|_| each()).collect();
    let mut all = Vec::new();
    while let Some(took) = tasks.join_next().await {
        all.extend(took.expect("every request is answered"));
    }
    all
}
