//! When reminders and alerts go out: at the hour that the organisation chose, on days on which it is open, and to nobody
//! once they are not true any more.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, ask, codes, done,
    livp::{assign, assigned, filed, mail, member_input, train},
    mutate,
};

const ADMIN: &str = "livp/admin";

/// What became of the letters of a kind about it, each status once.
async fn fates(case: &Case<'_>, kind: &str) -> Vec<String> {
    let letters = case.letters(kind).await;
    let status = |letter: &Value| letter["status"].as_str().unwrap().to_owned();
    let mut fates: Vec<String> = letters.iter().map(status).collect();
    fates.sort();
    fates.dedup();
    fates
}

async fn set_hour(app: &App, hour: i32) -> Value {
    mutate(
        app,
        ADMIN,
        "setReminderHour",
        json!({ "hour": hour }),
        "hour",
    )
    .await
}

async fn hour(app: &App) -> Value {
    let answer = ask(app, ADMIN, "{ reminderHour }", json!({})).await;
    answer.data()["reminderHour"].clone()
}

both! {
    async fn an_alert_waits_for_the_hour_that_the_organisation_chose(app: &App) {
        assert_eq!(hour(app).await, 8);
        assert_eq!(done(set_hour(app, 7).await)["hour"], 7);
        assert_eq!(hour(app).await, 7);
        let case = filed(app, Some("basis")).await;
        app.at("2026-03-03T23:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 2);
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        app.at("2026-03-04T05:59:59Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        app.at("2026-03-04T06:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["sent"]);
        assert_eq!(fates(&case, "confirmation").await, ["sent"], "that one went at once");
    }

    async fn what_is_no_hour_is_refused_and_changes_nothing(app: &App) {
        for wrong in [-1, 24, 264] {
            assert_eq!(codes(&set_hour(app, wrong).await), ["MALFORMED"], "{wrong}");
        }
        assert_eq!(hour(app).await, 8);
    }

    async fn an_alert_in_the_weekend_waits_for_monday_and_longer_where_that_is_closed(app: &App) {
        let closed = json!({ "on": "2026-03-09" });
        done(mutate(app, ADMIN, "addClosingDay", closed, "closingDay").await);
        app.at("2026-03-05T09:00:00Z").await;
        let case = filed(app, Some("basis")).await;
        // Two working days later is Friday night.
        app.at("2026-03-10T06:59:59Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        app.at("2026-03-10T07:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["sent"]);
    }

    async fn an_alert_that_waits_for_a_day_which_is_then_closed_waits_for_the_next_open_one(app: &App) {
        app.at("2026-03-05T09:00:00Z").await;
        let case = filed(app, Some("basis")).await;
        app.at("2026-03-07T09:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"], "until Monday at eight");
        let closed = json!({ "on": "2026-03-09" });
        done(mutate(app, ADMIN, "addClosingDay", closed, "closingDay").await);
        app.at("2026-03-09T07:00:00Z").await;
        app.at("2026-03-09T15:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        app.at("2026-03-10T06:59:59Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        app.at("2026-03-10T07:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["sent"]);
    }

    async fn who_may_not_know_of_it_by_the_hour_is_not_alerted_and_who_has_moved_is_reached_there(app: &App) {
        let case = filed(app, Some("basis")).await;
        app.at("2026-03-03T23:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        train(app, "basis", &["trainer1", "trainer3", "admin2"]).await;
        let moved = "ander.adres@organisatie.example";
        done(mutate(app, "livp/admin2", "changeMember", member_input(app, "admin", moved, "ADMINISTRATOR"), "member { id }").await);
        app.at("2026-03-04T07:00:00Z").await;
        let letters = case.letters("overdue_alert").await;
        let fate = |to: &str| {
            let theirs = letters.iter().filter(|one| one["to"] == to);
            theirs.map(|one| one["status"].as_str().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(fate(&mail("admin2")), ["withdrawn"; 2]);
        assert_eq!((fate(&mail("admin")), fate(moved)), (vec![], vec!["sent"; 2]));
        let stood_in = letters.iter().filter(|one| one["status"] == "sent" && one["to"] != moved);
        assert_eq!(stood_in.count(), 2, "who stands in for her hears it: {letters:#?}");
    }

    async fn nobody_is_alerted_on_what_was_done_before_the_hour(app: &App) {
        let case = filed(app, Some("basis")).await;
        app.at("2026-03-03T23:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        assign(&case, "trainer2").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["withdrawn"]);
        app.at("2026-03-04T07:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["withdrawn"]);
    }

    async fn who_spoke_with_the_complainant_in_the_night_is_not_alerted_in_the_morning(app: &App) {
        let case = assigned(app).await;
        app.at("2026-03-09T23:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["pending"]);
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        assert_eq!(fates(&case, "overdue_alert").await, ["withdrawn"]);
        app.at("2026-03-10T07:00:00Z").await;
        assert_eq!(fates(&case, "overdue_alert").await, ["withdrawn"]);
    }
}
