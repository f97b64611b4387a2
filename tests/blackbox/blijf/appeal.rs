//! Blijf Groep, the second instance: the way to the manager, in time and late, and the ruling.

use serde_json::json;
use wederhoor_tests::{App, both};

use crate::{
    blijf::handling::bounces,
    steps::{
        blijf::{
            BLIJF, HOUSE_RULE, RESPONSE_RULE, appeal, complainant, decide, filed, hear, heard,
            prepare, respond, responded, respondent,
        },
        done, mutate,
    },
};

fn by_letter() -> serde_json::Value {
    json!({ "appeal": { "text": "Ik ga in beroep." } })
}

both! {
    async fn b10_the_way_opens_by_an_objection_and_closes_after_four_weeks(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        case.act("klager", "objectToResponse", json!({ "reasons": "Nee." })).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.due("APPEAL").await, ["2026-04-17", "2026-04-17T22:00:00Z", HOUSE_RULE]);
        assert!(case.letters("WAY_NOTICE").await[0]["text"].as_str().unwrap().contains("17 april 2026"));
        app.at("2026-04-10T07:00:00Z").await;
        assert_eq!(case.count("REMINDED").await, 1);
        assert_eq!(case.letters("REMINDER").await[0]["to"], "klager@blijf-groep.example");
        app.at("2026-04-17T21:59:59Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        app.at("2026-04-17T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
    }

    async fn b10_in_the_last_second_an_appeal_is_in_time(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        case.act("klager", "objectToResponse", json!({})).await;
        app.sweep().await;
        app.at("2026-04-17T21:59:59Z").await;
        appeal(&case).await;
        assert!(case.now().await["lateAppeal"].is_null());
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b10_an_appeal_while_a_response_is_out_is_also_the_objection(app: &App) {
        let case = responded(app).await;
        appeal(&case).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert!(!case.now().await["rounds"][0]["response"]["objectedAt"].is_null());
        app.at("2026-05-15T07:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b10_before_the_way_opens_there_is_no_appeal(app: &App) {
        let case = heard(app).await;
        assert_eq!(case.refused("klager", "appeal", json!({ "grounds": "Nu al." })).await.0, "NO_WAY_OPEN");
        assert_eq!(case.refused("advies1", "appeal", json!({ "grounds": "Namens haar." })).await.0, "NOT_ALLOWED");
        assert_eq!(case.stands().await, "IN_TREATMENT");
    }

    async fn b10_an_appeal_is_in_writing(app: &App) {
        let case = responded(app).await;
        let spoken = json!({ "party": complainant(), "act": by_letter(), "channel": "TELEPHONE", "arrivedAt": "2026-03-16T11:00:00Z" });
        let refused = case.refused("admin", "recordPartyAct", spoken).await;
        assert_eq!(refused, ("MUST_BE_WRITTEN".to_owned(), "Klachtenprocedure 3".to_owned()));
        app.at("2026-03-18T08:00:00Z").await;
        case.came(by_letter(), "POST", "2026-03-17T10:00:00Z").await;
        assert_eq!(case.due("RESOLUTION").await, ["2026-04-28", "2026-04-28T22:00:00Z", "Klachtenprocedure 4"]);
    }

    async fn b10_an_appeal_by_letter_in_time_reverses_not_pursued(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        case.act("klager", "objectToResponse", json!({})).await;
        app.sweep().await;
        app.at("2026-04-25T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        case.came(by_letter(), "POST", "2026-04-17T10:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(case.due("RESOLUTION").await[0], "2026-05-29");
    }

    async fn b10_a_late_appeal_is_admitted_with_reasons_and_heard(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        let manager = appeal(&case).await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!(case.due("LATE_APPEAL").await, ["2026-05-04", "2026-05-04T22:00:00Z", HOUSE_RULE]);
        assert_eq!(case.refused("klager", "appeal", json!({ "grounds": "Nog eens." })).await.0, "LATE_APPEAL_PENDING");
        case.act(manager, "admitLateAppeal", json!({ "reasons": "U lag in het ziekenhuis." })).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(case.due("RESOLUTION").await, ["2026-06-01", "2026-06-01T22:00:00Z", "Klachtenprocedure 4"]);
        decide(&case, manager, "PARTLY_UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn b10_a_late_appeal_is_refused_with_reasons(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        case.act("klager", "objectToResponse", json!({})).await;
        app.sweep().await;
        app.at("2026-04-24T07:00:00Z").await;
        let manager = appeal(&case).await;
        assert_eq!(case.refused(manager, "refuseLateAppeal", json!({ "reasons": "" })).await.0, "REQUIRED");
        case.act(manager, "refuseLateAppeal", json!({ "reasons": "Er was geen reden." })).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        assert!(case.now().await["lateAppeal"].is_null());
        assert_eq!(case.told("klager", "LATE_APPEAL_OUTCOME").await.len(), 1);
    }

    async fn b10_silence_admits_a_late_appeal(app: &App) {
        let case = heard(app).await;
        case.act("advies1", "declareInadmissible", json!({ "ground": "SUBJECT", "reasons": "Geen training." })).await;
        app.sweep().await;
        app.at("2026-04-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED INADMISSIBLE");
        appeal(&case).await;
        app.at("2026-05-04T21:59:59Z").await;
        assert_eq!(case.stands().await, "CLOSED INADMISSIBLE");
        app.at("2026-05-04T22:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b10_destruction_waits_for_a_late_appeal(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        settle_measures(&case).await;
        assert_eq!(case.due("RETENTION").await[1], "2028-04-14T22:00:00Z");
        app.at("2028-04-14T21:00:00Z").await;
        let manager = appeal(&case).await;
        app.at("2028-04-17T07:00:00Z").await;
        assert_eq!(case.refused("admin", "confirmDestruction", json!({})).await.0, "LATE_APPEAL_PENDING");
        case.act(manager, "refuseLateAppeal", json!({ "reasons": "Twee jaar is te lang." })).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        assert!(!case.now().await["destroyedAt"].is_null());
    }

    async fn b10_after_a_lapse_the_way_stays_open_and_a_late_response_starts_b9(app: &App) {
        let (open, answered) = (heard(app).await, heard(app).await);
        app.at("2026-06-15T07:00:00Z").await;
        assert_eq!(open.stands().await, "APPEAL_OPEN");
        respond(&answered).await;
        assert_eq!(answered.due("SILENCE").await, ["2026-07-13", "2026-07-13T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-07-20T07:00:00Z").await;
        assert_eq!(answered.stands().await, "CLOSED TACITLY_ACCEPTED");
        app.at("2027-01-04T08:00:00Z").await;
        assert_eq!(open.stands().await, "APPEAL_OPEN");
        assert!(open.deadline("RESOLUTION").await["isOverdue"].as_bool().unwrap());
        appeal(&open).await;
        assert!(open.now().await["lateAppeal"].is_null());
    }

    async fn b10_the_manager_upholds_inadmissibility(app: &App) {
        let case = heard(app).await;
        case.act("advies1", "declareInadmissible", json!({ "ground": "SUBJECT", "reasons": "Geen training." })).await;
        app.sweep().await;
        let manager = appeal(&case).await;
        hear(&case, manager, complainant()).await;
        hear(&case, manager, respondent()).await;
        let decision = json!({ "finding": "NO_JUDGEMENT", "text": "De adviseur had gelijk.", "isInadmissibilityUpheld": true });
        case.act(manager, "issueDecision", decision).await;
        assert_eq!(case.stands().await, "CLOSED INADMISSIBLE");
    }

    async fn b10_a_notice_that_bounced_reverses_not_pursued(app: &App) {
        let case = responded(app).await;
        case.act("klager", "objectToResponse", json!({})).await;
        app.sweep().await;
        app.at("2026-04-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        bounces(&case, "WAY_NOTICE").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
    }

    async fn b11_six_weeks_from_the_appeal_do_not_roll(app: &App) {
        app.at("2026-10-05T07:00:00Z").await;
        let case = filed(app, None).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        app.at("2026-11-14T09:00:00Z").await;
        appeal(&case).await;
        assert_eq!(case.due("RESOLUTION").await, ["2026-12-26", "2026-12-26T23:00:00Z", "Klachtenprocedure 4"]);
    }

    async fn b11_a_conflicted_manager_is_replaced(app: &App) {
        let case = filed(app, Some("leiding")).await;
        prepare(&case).await;
        respond(&case).await;
        assert_eq!(appeal(&case).await, "manager2");
        assert!(case.seen_by("manager").await.is_null());
        let member = json!({ "memberId": app.person(BLIJF, "manager")["id"] });
        assert_eq!(case.refused("admin", "assignDecider", member).await.0, "CONFLICT_OF_INTEREST");
    }

    async fn b11_an_absent_manager_is_replaced(app: &App) {
        let case = responded(app).await;
        let first = appeal(&case).await;
        let other = if first == "manager" { "manager2" } else { "manager" };
        let leave = json!({
            "memberId": app.person(BLIJF, first)["id"], "fromOn": "2026-03-16", "untilOn": "2026-04-30",
            "substituteId": app.person(BLIJF, other)["id"],
        });
        done(mutate(app, "blijf-groep/admin", "recordAbsence", leave, "absence { id }").await);
        let second = responded_again(app).await;
        assert_eq!(appeal(&second).await, other);
        hear(&case, other, complainant()).await;
        hear(&case, other, respondent()).await;
    }

    async fn b12_the_ruling_is_final_and_court_stays_open(app: &App) {
        let case = responded(app).await;
        let manager = appeal(&case).await;
        decide(&case, manager, "NOT_UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.refused("klager", "appeal", json!({ "grounds": "Nog hoger." })).await.0, "NOT_IN_THIS_PROCEDURE");
        let text = case.told("klager", "DECISION").await.remove(0);
        assert!(text.contains("rechter") && text.contains("bindend"), "{text}");
    }
}

async fn responded_again(app: &App) -> crate::steps::Case<'_> {
    let case = heard(app).await;
    respond(&case).await;
    case
}

/// The cause, and that there is nothing to improve.
pub(crate) async fn settle_measures(case: &crate::steps::Case<'_>) {
    case.act(
        "advies1",
        "classifyComplaint",
        json!({ "cause": "content" }),
    )
    .await;
    case.act(
        "advies1",
        "answerMeasures",
        json!({ "reasonForNone": "Een misverstand." }),
    )
    .await;
}
