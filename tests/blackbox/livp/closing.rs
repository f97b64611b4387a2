//! LIVP: what is asked and kept after a complaint has closed: L8, L10, L13.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    ask, done,
    livp::{
        COMPLAINANT, advise, agreed, appealed, assign, by, due, entries, filed, mail, member,
        no_measures, proposed, sign, told,
    },
    mutate,
};

both! {
    async fn l08_measures_are_asked_at_closing_and_closure_does_not_wait(app: &App) {
        let case = agreed(app).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        app.sweep().await;
        assert_eq!(told(&case, "measures_asked").await, [mail("trainer2")]);
        let [on, at, _] = case.due("MEASURES").await;
        assert_eq!((on.as_str(), at.as_str()), ("2026-03-16", "2026-03-16T23:00:00Z"));
        assert_eq!(case.deadline("MEASURES").await["article"]["isHouseRule"], true);
        assert_eq!(case.refused("klager", "answerMeasures", json!({ "reasonForNone": "Niets." })).await.0, "NOT_ALLOWED");
    }

    async fn l08_the_question_is_chased_until_it_is_answered(app: &App) {
        let case = agreed(app).await;
        app.at("2026-03-16T22:59:59Z").await;
        assert_eq!(case.count("ALERTED").await, 0);
        app.at("2026-03-16T23:00:00Z").await;
        app.at("2026-03-23T23:00:00Z").await;
        let alerts = entries(&case, "ALERTED").await;
        assert_eq!(alerts.iter().map(|one| &one["deadline"]).collect::<Vec<_>>(), ["MEASURES", "MEASURES"]);
        assert!(told(&case, "overdue_alert").await.contains(&mail("trainer2")));
        no_measures(&case).await;
        app.at("2026-04-20T22:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 2);
        assert_eq!(case.deadline("MEASURES").await["isOverdue"], false);
    }

    async fn l08_the_answer_is_a_measure_or_a_reasoned_none(app: &App) {
        let case = agreed(app).await;
        assert_eq!(case.refused("trainer2", "answerMeasures", json!({ "reasonForNone": "Niets." })).await.0, "CAUSE_REQUIRED");
        assert_eq!(case.refused("trainer2", "classifyComplaint", json!({ "cause": "weather" })).await.0, "UNKNOWN_CAUSE");
        case.act("trainer2", "classifyComplaint", json!({ "cause": "trainer_conduct" })).await;
        assert_eq!(case.refused("trainer2", "answerMeasures", json!({})).await.0, "REASON_REQUIRED");
        let measure = json!({ "text": "Bijscholing voor trainers.", "ownerId": member(app, "trainer3"), "dueOn": "2026-06-01" });
        case.act("trainer2", "answerMeasures", json!({ "measures": [measure] })).await;
        let now = case.now().await;
        assert_eq!(now["measures"][0]["text"], "Bijscholing voor trainers.");
        assert_eq!(now["cause"]["code"], "trainer_conduct");
        let done_on = json!({ "measureId": now["measures"][0]["id"], "doneOn": "2026-03-02", "isEffective": true });
        case.act("admin", "updateMeasure", done_on).await;
        assert_eq!(case.refused("trainer2", "answerMeasures", json!({ "reasonForNone": "Niets." })).await.0, "ALREADY_DONE");
    }

    async fn l08_nobody_answers_before_the_complaint_has_closed(app: &App) {
        let case = proposed(app).await;
        case.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
        assert_eq!(case.refused("trainer2", "answerMeasures", json!({ "reasonForNone": "Niets." })).await.0, "WRONG_STATE");
    }

    async fn l10_kept_for_five_years_from_closure_and_no_day_longer(app: &App) {
        let case = agreed(app).await;
        no_measures(&case).await;
        assert_eq!(case.due("RETENTION").await, due("2031-03-02", "2031-03-02T23:00:00Z", "Werkwijze 10"));
        assert_eq!(case.refused("admin", "confirmDestruction", json!({})).await, by("RETENTION_RUNS", "Werkwijze 10"));
        app.at("2031-03-02T22:59:59Z").await;
        assert_eq!(case.refused("admin", "confirmDestruction", json!({})).await, by("RETENTION_RUNS", "Werkwijze 10"));
        app.at("2031-03-02T23:00:00Z").await;
        assert_eq!(case.refused("trainer2", "confirmDestruction", json!({})).await.0, "NOT_ALLOWED");
        case.act("admin", "confirmDestruction", json!({})).await;
        let document = "query($id: ID!) { complaint(id: $id) { description destroyedAt isChainIntact complainant { name contact { email } }
            solution { text } entries { text } } }";
        let left = ask(app, "livp/admin", document, json!({ "id": case.id })).await;
        let left = &left.data()["complaint"];
        assert!(left["destroyedAt"].is_string(), "{left:#}");
        assert_eq!(left["isChainIntact"], true);
        let words = left.to_string();
        for word in ["grapjes", "Robin", "klager@", "excuses", "misverstand"] {
            assert!(!words.contains(word), "{word} is still there: {left:#}");
        }
        assert_eq!(case.refused("admin", "placeLegalHold", json!({ "reason": "Rechtszaak." })).await.0, "DESTROYED");
    }

    async fn l10_a_leap_day_is_kept_until_the_last_of_february(app: &App) {
        app.at("2028-02-29T10:00:00Z").await;
        let case = filed(app, Some("basis")).await;
        case.act("klager", "withdrawComplaint", json!({})).await;
        assert_eq!(case.due("RETENTION").await, due("2033-02-28", "2033-02-28T23:00:00Z", "Werkwijze 10"));
    }

    async fn l10_from_final_closure_the_appeal_included(app: &App) {
        let case = appealed(app).await;
        assign(&case, "arbiter").await;
        app.at("2026-04-10T09:00:00Z").await;
        advise(&case, "UPHELD").await;
        assert_eq!(case.due("RETENTION").await, due("2031-04-10", "2031-04-10T22:00:00Z", "Werkwijze 10"));
    }

    async fn l10_a_legal_hold_keeps_it_longer(app: &App) {
        let case = agreed(app).await;
        no_measures(&case).await;
        case.act("admin", "placeLegalHold", json!({ "reason": "De klager gaat naar de rechter." })).await;
        app.at("2031-03-03T09:00:00Z").await;
        assert_eq!(case.now().await["isUnderLegalHold"], true);
        assert_eq!(case.refused("admin", "confirmDestruction", json!({})).await.0, "UNDER_LEGAL_HOLD");
        case.act("admin", "liftLegalHold", json!({ "reason": "Het vonnis is er." })).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        assert!(case.now().await["destroyedAt"].is_string());
    }

    async fn l13_satisfaction_is_asked_at_closing(app: &App) {
        let case = agreed(app).await;
        app.sweep().await;
        let letters = case.letters("closing").await;
        let asks = |address: &str| {
            let to = letters.iter().find(|letter| letter["to"] == address).unwrap();
            to["text"].as_str().unwrap().contains("cijfer van 1 tot en met 5")
        };
        assert!(asks(COMPLAINANT));
        assert!(!asks(&mail("trainer1")) && !asks(&mail("admin")));
    }

    async fn l13_the_complainant_rates_once_and_only_after_closing(app: &App) {
        let case = proposed(app).await;
        assert_eq!(case.refused("klager", "rateHandling", json!({ "score": 5 })).await.0, "WRONG_STATE");
        sign(&case, "klager", 1).await;
        sign(&case, "trainer1", 1).await;
        for score in [0, 6] {
            assert_eq!(case.refused("klager", "rateHandling", json!({ "score": score })).await.0, "SCORE_OUT_OF_RANGE");
        }
        assert_eq!(case.refused("trainer1", "rateHandling", json!({ "score": 1 })).await.0, "NOT_ALLOWED");
        assert_eq!(case.may("klager", "RATE_HANDLING").await, Ok(()));
        case.act("klager", "rateHandling", json!({ "score": 4, "text": "Snel en vriendelijk." })).await;
        assert_eq!(case.now().await["rating"], 4);
        assert_eq!(case.refused("klager", "rateHandling", json!({ "score": 5 })).await.0, "ALREADY_DONE");
    }

    async fn l13_a_rating_by_telephone_counts_too(app: &App) {
        let case = agreed(app).await;
        case.came(json!({ "rateHandling": { "score": 3 } }), "TELEPHONE", "2026-03-02T08:00:00Z").await;
        assert_eq!(case.now().await["rating"], 3);
    }

    async fn l10_a_late_appeal_keeps_the_dossier_from_destruction(app: &App) {
        let case = crate::steps::livp::disagreed(app).await;
        app.at("2026-06-02T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        no_measures(&case).await;
        let [on, ..] = case.due("RETENTION").await;
        assert_eq!(on, "2031-06-03");
        app.at("2031-06-01T09:00:00Z").await;
        case.act("klager", "appeal", json!({ "grounds": "Ik wil toch een oordeel." })).await;
        app.at("2031-06-05T09:00:00Z").await;
        assert_eq!(case.refused("admin", "confirmDestruction", json!({})).await.0, "LATE_APPEAL_PENDING");
        assign(&case, "arbiter").await;
        case.act("arbiter", "refuseLateAppeal", json!({ "reasons": "Vijf jaar is te lang." })).await;
        let destroyed = json!({ "complaintId": case.id });
        let payload = done(mutate(app, "livp/admin", "confirmDestruction", destroyed, "complaint { destroyedAt description }").await);
        assert_ne!(payload["complaint"]["destroyedAt"], Value::Null);
        assert_eq!(payload["complaint"]["description"], Value::Null);
    }
}
