//! The demo's clock: what a jump shows is what a server that ran all the time would have done; what happens when nobody
//! worked for weeks is another matter.

use serde_json::Value;
use wederhoor_tests::{App, Fixture, both};

use crate::{
    post::uuid_of,
    steps::{Case, form, part_of},
};

/// When alerts about the appointment were raised, and all letters with alerts to the administration.
async fn alerts(case: &Case<'_>) -> (Vec<String>, Vec<String>) {
    let who = "livp/admin";
    let fields = "entries { kind deadline effectiveAt registeredAt }";
    let seen = part_of(case.app, who, &case.id, fields).await;
    let entries = seen["entries"].as_array().unwrap().iter();
    let raised = entries.filter(|one| one["kind"] == "ALERTED" && one["deadline"] == "APPOINTMENT");
    let raised = raised.map(|one: &Value| {
        assert_eq!(one["effectiveAt"], one["registeredAt"], "{one:#}");
        one["effectiveAt"].as_str().unwrap().to_owned()
    });
    (raised.collect(), case.told("admin", "OVERDUE_ALERT").await)
}

async fn filed(app: &App) -> Case<'_> {
    Case::filed(app, "", form(app, "livp", Some("basis"))).await
}

const FOUR_WEEKS: &str = "2026-03-30T08:00:00Z";

both! {
    async fn l14_a_jump_of_four_weeks_shows_what_a_running_server_would_have_done(app: &App) {
        let other = App::start(app.database.kind, None).await;
        let (jumped, walked) = (filed(app).await, filed(&other).await);
        app.at(FOUR_WEEKS).await;
        for day in 3..30 {
            other.at(&format!("2026-03-{day:02}T08:00:00Z")).await;
        }
        other.at(FOUR_WEEKS).await;
        let (raised, told) = alerts(&jumped).await;
        let weekly = ["2026-03-03T23:00:00Z", "2026-03-10T23:00:00Z", "2026-03-17T23:00:00Z", "2026-03-24T23:00:00Z"];
        assert_eq!(raised, weekly);
        assert_eq!(raised, alerts(&walked).await.0);
        // An overview of a morning that nobody saw is not made up for.
        let lasting = |letters: Vec<Value>| letters.iter().filter(|one| one["kind"] != "digest").count();
        assert_eq!(lasting(app.letters().await), lasting(other.letters().await));
        assert!(told.iter().any(|text| text.contains("waarschuwing 4")), "{told:#?}");
        Fixture::tear_down(other).await;
    }

    async fn l14_after_weeks_without_a_worker_the_first_alert_is_the_first(app: &App) {
        let case = filed(app).await;
        app.time_passes_until(FOUR_WEEKS);
        assert_eq!(alerts(&case).await, (Vec::new(), Vec::new()), "nothing was sent");
        app.sweep().await;
        let (raised, told) = alerts(&case).await;
        assert_eq!(raised, [FOUR_WEEKS]);
        assert!(told.iter().all(|text| !text.contains("waarschuwing ")), "{told:#?}");
        app.sweep().await;
        assert_eq!(alerts(&case).await.0.len(), 1);
    }

    async fn l14_after_a_week_off_what_fell_due_first_is_done_first_in_whichever_organisation(app: &App) {
        let mut cases = Vec::new();
        for (day, organisation, course) in [(3, "blijf-groep", "veilig"), (4, "livp", "basis"), (5, "blijf-groep", "veilig"), (6, "livp", "basis")] {
            app.time_passes_until(&format!("2026-03-{day:02}T09:00:00Z"));
            cases.push(Case::filed(app, "", form(app, organisation, Some(course))).await);
        }
        app.time_passes_until("2026-03-18T12:00:00Z");
        app.sweep().await;
        let mut alerts = app.letters().await;
        alerts.retain(|one| one["kind"] == "overdue_alert");
        // Their ids are in the order in which they were written.
        alerts.sort_by_key(|one| uuid_of(one["id"].as_str().unwrap()));
        let mut order: Vec<_> = alerts.iter().map(|one| one["complaintId"].as_str().unwrap()).collect();
        order.dedup();
        // Of LIVP a working day later, of Blijf Groep three.
        assert_eq!(order, [1, 0, 3, 2].map(|index: usize| cases[index].id.as_str()));
    }
}
