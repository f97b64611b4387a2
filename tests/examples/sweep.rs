//! Reports how fast due deadlines are settled by one worker, by two and by four at the same time, on both databases, 100,000
//! of them each time or as many as its argument says:
//! `scripts/postgres.sh cargo run --release -p wederhoor-tests --example sweep`. Workers and (embedded) database share one
//! machine, so its figures are a floor. It counts what was written: nothing is done twice.

#![recursion_limit = "256"]

use std::time::Instant;

use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tokio::task::JoinSet;
use wederhoor_tests::{App, Fixture, Kind, fill, on_both};

const DEADLINES: u32 = 100_000;
/// Of each complaint the confirmation, the appointment and the contact are overdue, and alerted on again every week.
const OF_EACH: u32 = 3;
/// How many workers there are when that is due, and when it is due again.
const WEEKS: [(usize, &str); 3] = [
    (1, "2026-03-10T23:00:00Z"),
    (2, "2026-03-17T23:00:00Z"),
    (4, "2026-03-24T23:00:00Z"),
];
const ALERTS: &str = "SELECT count(*) FROM complaint_event WHERE kind = 'alerted'";

fn main() {
    let given = std::env::args().nth(1);
    let deadlines = given.map_or(DEADLINES, |given| given.parse().expect("a number"));
    on_both(async |kind| report(kind, deadlines.div_ceil(OF_EACH)).await);
}

async fn report(kind: Kind, complaints: u32) {
    let app = App::set_up(kind).await;
    let form = json!({
        "organisation": "livp",
        "complainant": { "name": "Robin Rekwest", "email": "robin@personen.example", "telephone": "+31000000001" },
        "courseId": app.course("livp", "basis")["id"],
        "filedOn": "2026-03-02",
        "description": "De trainer maakte grapjes over deelnemers.",
    });
    fill(&app, &form, complaints).await;
    let each_week = i64::from(complaints * OF_EACH);
    for (week, (workers, due)) in (1..).zip(WEEKS) {
        app.time_passes_until(due);
        let begun = Instant::now();
        let settled = settled_by(&app, workers).await;
        let took = begun.elapsed().as_secs_f64();
        let alerts = count(&app, ALERTS).await;
        assert_eq!(
            (settled, alerts),
            (complaints, each_week * week),
            "each once"
        );
        println!(
            "{kind:?}: {workers} at work, {each_week} deadlines of {complaints} complaints in {took:.1} s: {:.0} a second, none \
             twice",
            f64::from(complaints * OF_EACH) / took
        );
    }
    app.tear_down().await;
}

/// Of how many complaints so many workers settle what is due, until nothing is.
async fn settled_by(app: &App, workers: usize) -> u32 {
    let mut working = JoinSet::new();
    for _ in 0..workers {
        let service = app.another_process().await.service;
        working.spawn(async move {
            let swept = service
                .pass_time(&|| false)
                .await
                .expect("the database answers");
            service.close().await.expect("the database closes");
            swept
        });
    }
    let mut settled = 0;
    while let Some(swept) = working.join_next().await {
        let swept = swept.expect("a worker goes on");
        assert_eq!(swept.failed, 0, "nothing fails");
        settled += swept.settled;
    }
    settled
}

async fn count(app: &App, question: &'static str) -> i64 {
    let (url, question) = (app.database.owner_url(), AssertSqlSafe(question));
    let counted = match app.database.kind {
        Kind::Postgres => {
            let connected = PgConnection::connect(&url).await;
            let mut database = connected.expect("the database opens");
            sqlx::query_scalar(question).fetch_one(&mut database).await
        }
        Kind::Sqlite => {
            let connected = SqliteConnection::connect(&url).await;
            let mut database = connected.expect("the database opens");
            sqlx::query_scalar(question).fetch_one(&mut database).await
        }
    };
    counted.expect("a number")
}
