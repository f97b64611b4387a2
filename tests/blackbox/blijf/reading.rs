//! Blijf Groep: what the regulation leaves open, as it is read.

use serde_json::json;
use wederhoor_tests::{App, both};

use crate::steps::blijf::{filed, manager, objection, respond, responded};

both! {
    async fn b04_what_silence_admitted_is_not_late_any_more(app: &App) {
        app.at("2026-03-24T09:00:00Z").await;
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        app.at("2026-04-07T22:00:00Z").await;
        assert_eq!(case.now().await["admission"], "ADMITTED");
        let late = json!({ "ground": "LATE", "reasons": "Een maand na afloop was voorbij." });
        let payload = case.attempt("advies1", "declareInadmissible", late).await;
        let error = &payload["userErrors"][0];
        assert_eq!((&error["code"], &error["field"]), (&json!("LATENESS_SETTLED"), &json!(["ground"])));
        assert_eq!(error["article"]["isHouseRule"], true);
        let standing = json!({ "ground": "STANDING", "reasons": "U nam niet deel." });
        case.act("advies1", "declareInadmissible", standing).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        let told = case.told("klager", "INADMISSIBLE").await;
        assert!(told[0].contains("Volgens de regeling kunt u hierover geen klacht indienen (Begripsbepaling)."), "{told:?}");
        let document = "query($id: ID!) { complaint(id: $id) { rounds { inadmissibilityGround } entries { kind inadmissibilityGround } } }";
        let answer = app.ask("blijf-groep/admin", document, json!({ "id": case.id })).await;
        let seen = &answer.data()["complaint"];
        assert_eq!(seen["rounds"][0]["inadmissibilityGround"], "STANDING");
        let entries = seen["entries"].as_array().unwrap();
        let declared = entries.iter().find(|entry| entry["kind"] == "DECLARED_INADMISSIBLE").unwrap();
        assert_eq!(declared["inadmissibilityGround"], "STANDING");
    }

    async fn b10_an_appeal_in_time_takes_the_place_of_a_late_one_that_waits(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        case.act("klager", "appeal", json!({ "grounds": "Ik was nog niet klaar." })).await;
        let late = manager(&case).await;
        case.came(json!({ "appeal": { "text": "Ik ga in beroep." } }), "POST", "2026-04-13T10:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        let now = case.now().await;
        assert!(now["lateAppeal"].is_null());
        assert_eq!(now["rounds"][1]["openedAt"], "2026-04-13T10:00:00Z");
        assert_eq!(manager(&case).await, late);
        assert_eq!(case.count("CLOCK_REVERSED").await, 1);
        assert_eq!(case.refused(late, "admitLateAppeal", json!({ "reasons": "Toch." })).await.0, "NOT_ALLOWED");
    }

    async fn b10_a_refusal_of_a_late_appeal_stands(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        case.act("klager", "appeal", json!({ "grounds": "Ik was nog niet klaar." })).await;
        let who = manager(&case).await;
        case.act(who, "refuseLateAppeal", json!({ "reasons": "Een week te laat." })).await;
        case.came(objection(), "POST", "2026-04-13T10:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!((case.count("CLOCK_REVERSED").await, case.count("ACT_WITHOUT_EFFECT").await), (0, 1));
        app.sweep().await;
        assert_eq!(case.told("klager", "ACT_WITHOUT_EFFECT").await.len(), 1);
        case.came(json!({ "appeal": { "text": "Ik ga in beroep." } }), "POST", "2026-04-13T10:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!(case.now().await["lateAppeal"]["receivedAt"], "2026-04-13T10:00:00Z");
        app.sweep().await;
        let told = case.told("klager", "APPEAL_RECEIVED").await;
        assert!(told.iter().any(|text| text.contains("Die beslissing blijft staan.")), "{told:?}");
        case.act(who, "admitLateAppeal", json!({ "reasons": "De brief was op tijd." })).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b09_an_objection_that_came_before_the_second_response_is_about_the_first(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        case.act("klager", "reactToResponse", json!({ "text": "Wat bedoelt u?" })).await;
        app.at("2026-03-25T08:00:00Z").await;
        respond(&case).await;
        app.at("2026-03-27T08:00:00Z").await;
        case.came(objection(), "POST", "2026-03-24T10:00:00Z").await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        let now = case.now().await;
        let entries = now["entries"].as_array().unwrap();
        let without = entries.iter().find(|entry| entry["kind"] == "ACT_WITHOUT_EFFECT").unwrap();
        assert_eq!(without["text"], "Dit is geen antwoord.");
        case.came(objection(), "POST", "2026-03-25T10:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
    }

    async fn b07_consent_that_came_before_the_second_request_is_about_the_first(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        app.at("2026-03-12T08:00:00Z").await;
        case.act("advies1", "requestExtension", json!({ "until": "2026-04-06", "reasons": "Ziekte." })).await;
        app.at("2026-03-16T08:00:00Z").await;
        case.act("klager", "refuseExtension", json!({})).await;
        app.at("2026-03-18T08:00:00Z").await;
        case.act("advies1", "requestExtension", json!({ "until": "2026-04-20", "reasons": "Nog ziek." })).await;
        app.at("2026-03-20T08:00:00Z").await;
        case.came(json!({ "consentToExtension": "DONE" }), "POST", "2026-03-14T10:00:00Z").await;
        assert_eq!(case.due("RESOLUTION").await[0], "2026-03-30");
        case.came(json!({ "consentToExtension": "DONE" }), "POST", "2026-03-19T10:00:00Z").await;
        assert_eq!(case.due("RESOLUTION").await[0], "2026-04-20");
    }

    async fn b09_a_statement_on_a_response_is_one_act_and_one_letter(app: &App) {
        let case = responded(app).await;
        let before = case.told("advies1", "PARTY_ACTED").await.len();
        case.act("klager", "addStatement", json!({ "text": "Ik mis een antwoord." })).await;
        app.sweep().await;
        assert_eq!((case.count("STATEMENT_ADDED").await, case.count("RESPONSE_REACTED").await), (0, 1));
        assert_eq!(case.told("advies1", "PARTY_ACTED").await.len(), before + 1);
        app.at("2026-04-13T22:00:00Z").await;
        assert_ne!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }
}
