//! Work that fails again and again: it stops no other, a person hears of it, and once mended it catches up.

use serde_json::{Value, json};
use wederhoor_tests::{App, Kind, alarms, both};

use crate::{
    operator::operator,
    steps::{
        Case, codes, done,
        livp::{filed, member, train},
        mutate,
    },
};

/// Makes what is stored of the filing unreadable, or readable again: the same statement does both.
pub(crate) async fn spoil(app: &App, reference: &str) {
    let of = format!("(SELECT id FROM complaint WHERE reference = '{reference}')");
    let statement = format!(
        "UPDATE complaint_event SET payload = CASE WHEN substr(payload, 1, 1) = '#' THEN substr(payload, 2) \
         ELSE '#' || payload END WHERE complaint_id = {of} AND \
         seq = (SELECT min(seq) FROM complaint_event WHERE complaint_id = {of})"
    );
    let unlocked = match app.database.kind {
        Kind::Postgres => statement,
        Kind::Sqlite => format!("DROP TRIGGER IF EXISTS complaint_event_no_UPDATE; {statement}"),
    };
    app.database.execute(&unlocked).await;
}

/// Tries what failed again, whenever it was to be.
async fn try_again(app: &App) {
    let free = "UPDATE due_work SET leased_until = NULL WHERE failures > 0";
    app.database.execute(free).await;
    app.sweep().await;
}

async fn stuck(app: &App, token: &str) -> Vec<Value> {
    let document = "{ stuckWork { slug kind subject dueAt failures retryAt } }";
    let answer = app.client.gql(Some(token), document, json!({})).await;
    answer.data()["stuckWork"].as_array().unwrap().clone()
}

/// What time did in it: the kind of each entry, and with effect from when.
async fn passed(case: &Case<'_>) -> Vec<(Value, Value)> {
    let seen = case.part("entries { kind effectiveAt }").await;
    let entries = seen["entries"].as_array().unwrap().iter();
    let lapses = entries.filter(|one| one["kind"] == "TERM_LAPSED");
    lapses
        .map(|one| (one["kind"].clone(), one["effectiveAt"].clone()))
        .collect()
}

both! {
    async fn a_complaint_that_cannot_be_read_stops_no_other_and_catches_up_once_mended(app: &App) {
        let (token, _) = operator(app).await;
        let (bad, good) = (filed(app, Some("basis")).await, filed(app, Some("basis")).await);
        app.sweep().await;
        let reference = bad.part("reference").await["reference"].as_str().unwrap().to_owned();
        spoil(app, &reference).await;
        app.time_passes_until("2026-03-31T09:00:00Z");
        app.sweep().await;
        assert_eq!(good.stands().await, "APPEAL_OPEN", "its term has passed");
        assert_eq!(stuck(app, &token).await, Vec::<Value>::new(), "once is no reason for an alarm");
        for _ in 1..5 {
            try_again(app).await;
        }
        let found = stuck(app, &token).await;
        assert_eq!(found.len(), 1, "{found:#?}");
        let one = &found[0];
        assert_eq!((&one["slug"], &one["kind"], &one["failures"]), (&json!("livp"), &json!("TERM"), &json!(5)));
        let subject = one["subject"].as_str().unwrap();
        assert_eq!(alarms(subject).len(), 1, "{:?}", alarms(subject));
        assert!(!alarms(subject)[0].contains(&reference));
        let again = json!({ "slug": "livp", "kind": "TERM", "subject": subject });
        let elsewhere = json!({ "slug": "blijf-groep", "kind": "TERM", "subject": subject });
        let refused = mutate(app, &token, "retryStuckWork", elsewhere, "isRetried").await;
        assert_eq!(codes(&refused), ["NOT_FOUND"]);
        spoil(app, &reference).await;
        app.sweep().await;
        assert_eq!(stuck(app, &token).await.len(), 1, "it waits for its turn");
        done(mutate(app, &token, "retryStuckWork", again.clone(), "isRetried").await);
        app.sweep().await;
        assert_eq!(stuck(app, &token).await, Vec::<Value>::new());
        assert_eq!(bad.stands().await, "APPEAL_OPEN");
        let lapsed = passed(&bad).await;
        assert_eq!(lapsed, passed(&good).await, "with effect from their own instants");
        assert!(!lapsed.is_empty());
        let gone = mutate(app, &token, "retryStuckWork", again, "isRetried").await;
        assert_eq!(codes(&gone), ["NOT_FOUND"], "it has succeeded");
    }

    async fn a_complaint_that_cannot_be_read_keeps_nobody_from_changing_people_and_follows_once_mended(app: &App) {
        let (bad, good) = (filed(app, Some("basis")).await, filed(app, Some("basis")).await);
        app.sweep().await;
        let sees = async |case: &Case<'_>| {
            let document = "query($id: ID!) { complaint(id: $id) { id } }";
            let seen = app.ask("livp/admin2", document, json!({ "id": case.id })).await;
            seen.data()["complaint"].is_object()
        };
        assert!(sees(&bad).await && sees(&good).await);
        spoil(app, &bad.reference).await;
        train(app, "basis", &["trainer1", "trainer3", "admin2"]).await;
        let leave = json!({ "memberId": member(app, "trainer3"), "fromOn": "2026-03-03", "untilOn": "2026-03-04" });
        done(mutate(app, "livp/admin", "recordAbsence", leave, "absence { id }").await);
        assert!(!sees(&good).await, "whoever gives the course may not know of it");
        app.sweep().await;
        spoil(app, &bad.reference).await;
        try_again(app).await;
        assert!(!sees(&bad).await);
    }
}
