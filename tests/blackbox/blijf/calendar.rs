//! Blijf Groep: closing days, and what stays closed to a later appeal.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    blijf::{BLIJF, HOUSE_RULE, RESPONSE_RULE, appeal, filed, heard, respond, responded},
    codes, done, mutate,
};

both! {
    async fn b05_a_closing_day_counts_from_then_on_and_lengthens_no_running_term(app: &App) {
        let before = filed(app, Some("veilig")).await;
        app.at("2026-03-02T09:00:00Z").await;
        close(app, "2026-03-04").await;
        app.at("2026-03-02T10:00:00Z").await;
        let after = filed(app, Some("veilig")).await;
        assert_eq!(before.due("APPOINTMENT").await, ["2026-03-05", "2026-03-05T23:00:00Z", HOUSE_RULE]);
        assert_eq!(after.due("APPOINTMENT").await, ["2026-03-06", "2026-03-06T23:00:00Z", HOUSE_RULE]);
        let derivation = after.deadline("APPOINTMENT").await["derivation"].clone();
        assert_eq!(derivation["passedOver"], json!([{ "on": "2026-03-04", "reason": "CLOSING_DAY", "holiday": null }]));
    }

    async fn b05_a_closing_day_taken_back_is_listed_no_more_and_counts_for_nobody_after(app: &App) {
        close(app, "2026-03-04").await;
        let closed = filed(app, Some("veilig")).await;
        assert_eq!(closed.due("APPOINTMENT").await[0], "2026-03-06");
        assert_eq!(closing_days(app).await, json!(["2026-03-04"]));
        app.at("2026-03-02T09:00:00Z").await;
        let input = json!({ "on": "2026-03-04" });
        done(mutate(app, "blijf-groep/admin", "removeClosingDay", input.clone(), "closingDay").await);
        assert_eq!(closing_days(app).await, json!([]));
        let again = mutate(app, "blijf-groep/admin", "removeClosingDay", input, "closingDay").await;
        assert_eq!(codes(&again), ["NOT_FOUND"]);
        let open = filed(app, Some("veilig")).await;
        assert_eq!(open.due("APPOINTMENT").await, ["2026-03-05", "2026-03-05T23:00:00Z", HOUSE_RULE]);
        assert_eq!(open.deadline("APPOINTMENT").await["derivation"]["passedOver"], json!([]));
    }

    async fn b09_a_closing_day_does_not_move_a_term_in_weeks(app: &App) {
        close(app, "2026-04-13").await;
        let case = responded(app).await;
        assert_eq!(case.due("SILENCE").await, ["2026-04-13", "2026-04-13T22:00:00Z", RESPONSE_RULE]);
    }

    async fn b04_late_and_without_a_handler_is_admitted_by_silence_too(app: &App) {
        let case = filed(app, Some("oud")).await;
        app.at("2026-03-16T23:00:00Z").await;
        assert_eq!(case.now().await["admission"], "ADMITTED");
        assert_eq!(case.stands().await, "RECEIVED");
    }

    async fn b10_after_a_yes_or_a_withdrawal_there_is_no_appeal(app: &App) {
        let (accepted, withdrawn) = (heard(app).await, heard(app).await);
        respond(&accepted).await;
        accepted.act("klager", "acceptResponse", json!({})).await;
        withdrawn.act("klager", "withdrawComplaint", json!({})).await;
        for case in [&accepted, &withdrawn] {
            let refused = case.refused("klager", "appeal", json!({ "grounds": "Toch niet." })).await;
            assert_eq!(refused.0, "ALREADY_CLOSED");
        }
    }

    async fn b11_the_handler_of_the_first_instance_does_not_hear_the_appeal(app: &App) {
        let case = responded(app).await;
        let manager = appeal(&case).await;
        let first = json!({ "memberId": app.person(BLIJF, "advies1")["id"] });
        assert_eq!(case.refused("admin", "assignDecider", first).await.0, "CONFLICT_OF_INTEREST");
        case.act(manager, "recuse", json!({ "reason": "Ik ken de trainer." })).await;
        let other = if manager == "manager" { "manager2" } else { "manager" };
        assert_eq!(case.now().await["handler"]["id"], app.person(BLIJF, other)["id"]);
        assert_eq!(case.stands().await, "ON_APPEAL");
    }
}

async fn close(app: &App, on: &str) {
    done(
        mutate(
            app,
            "blijf-groep/admin",
            "addClosingDay",
            json!({ "on": on }),
            "closingDay",
        )
        .await,
    );
}

async fn closing_days(app: &App) -> Value {
    let answer = app
        .ask("blijf-groep/admin", "{ closingDays }", json!({}))
        .await;
    answer.data()["closingDays"].clone()
}
