//! LIVP: to an independent third party: L11, L15.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, form, letter,
    livp::{
        COMPLAINANT, LIVP, TEXT, advise, appealed, assign, assigned, by, disagreed, due, entries,
        found_by, mail, member, nothing, proposed, sign, tell, told, train,
    },
    respondent,
};

/// Three months after a notice of Monday 2 March.
const WINDOW_ENDS: &str = "2026-06-02T22:00:00Z";

/// Declared no agreement, never pursued, and appealed on 1 July.
async fn late(app: &App) -> Case<'_> {
    let case = disagreed(app).await;
    app.at(WINDOW_ENDS).await;
    app.at("2026-07-01T08:00:00Z").await;
    case.act("klager", "appeal", json!({ "grounds": "Ik was ziek." }))
        .await;
    case
}

/// On what the way to the arbiter stands open, and until when.
async fn way(case: &Case<'_>) -> (String, Value) {
    let way = &case.now().await["rounds"][0]["appealWay"];
    let ground = way["ground"].as_str().expect("the way stands open");
    (ground.to_owned(), way["announcedUntilOn"].clone())
}

both! {
    async fn l11_the_complainant_appeals_and_the_arbiter_gives_binding_advice(app: &App) {
        let case = appealed(app).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(found_by(&case, "livp/arbiter").await, nothing());
        assign(&case, "arbiter").await;
        assert_eq!(case.seen_by("arbiter").await["viewerLevel"], "OFFICIAL");
        assert_eq!(found_by(&case, "livp/arbiter2").await, nothing());
        let advice = json!({ "finding": "PARTLY_UPHELD", "text": "Het advies." });
        assert_eq!(case.refused("arbiter", "logBindingAdvice", advice.clone()).await.0, "NOT_HEARD");
        assert_eq!(case.refused("trainer2", "logBindingAdvice", advice).await.0, "NOT_ALLOWED");
        advise(&case, "PARTLY_UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.now().await["rounds"][1]["decision"]["finding"], "PARTLY_UPHELD");
        app.sweep().await;
        let told = told(&case, "decision").await;
        assert!(told.contains(&COMPLAINANT.to_owned()) && told.contains(&mail("trainer1")), "{told:?}");
        let advice = &case.letters("decision").await[0];
        assert!(advice["text"].as_str().unwrap().to_lowercase().contains("bindend"), "{advice:#}");
    }

    async fn l11_only_the_complainant_appeals(app: &App) {
        let case = disagreed(app).await;
        let grounds = json!({ "grounds": "Ik ben het er niet mee eens." });
        for who in ["trainer1", "trainer2", "admin"] {
            assert_eq!(case.refused(who, "appeal", grounds.clone()).await.0, "NOT_ALLOWED", "{who}");
        }
        let for_respondent = json!({
            "party": { "kind": "RESPONDENT", "number": 1 }, "act": { "appeal": { "text": "Ik wil een oordeel." } },
            "channel": "EMAIL", "arrivedAt": "2026-03-02T08:00:00Z",
        });
        assert_eq!(case.refused("admin", "recordPartyAct", for_respondent).await.0, "NOT_ALLOWED");
        case.came(json!({ "appeal": { "text": "Ik wil een oordeel." } }), "TELEPHONE", "2026-03-02T08:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn l11_no_appeal_before_there_is_no_agreement(app: &App) {
        let case = proposed(app).await;
        let early = case.refused("klager", "appeal", json!({ "grounds": "Ik vertrouw het niet." })).await;
        assert_eq!(early, by("NO_WAY_OPEN", "Bij geen overeenstemming"));
    }

    async fn l11_three_months_from_delivery_of_the_notice_with_a_reminder(app: &App) {
        let case = disagreed(app).await;
        let [on, at, _] = case.due("APPEAL").await;
        assert_eq!((on.as_str(), at.as_str()), ("2026-06-02", WINDOW_ENDS));
        assert_eq!(case.deadline("APPEAL").await["article"]["isHouseRule"], true);
        assert_eq!(case.deadline("APPEAL").await["owner"], "COMPLAINANT");
        app.at("2026-05-27T09:00:00Z").await;
        assert_eq!(told(&case, "reminder").await, [COMPLAINANT]);
        app.at("2026-06-02T21:59:59Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        app.at(WINDOW_ENDS).await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        assert_eq!(case.letters("reminder").await.len(), 1);
    }

    async fn l11_an_appeal_in_the_last_second_is_in_time(app: &App) {
        let case = disagreed(app).await;
        app.time_passes_until("2026-06-02T21:59:59Z");
        case.act("klager", "appeal", json!({ "grounds": "Net op tijd." })).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(entries(&case, "APPEALED").await[0]["isLate"], false);
    }

    async fn l11_an_appeal_by_letter_that_arrived_in_time_reverses_the_closing(app: &App) {
        let case = disagreed(app).await;
        app.at("2026-06-04T09:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        case.came(json!({ "appeal": { "text": "Per brief." } }), "POST", "2026-06-02T10:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(entries(&case, "APPEALED").await[0]["isLate"], false);
        assert_eq!(case.deadline("RESOLUTION").await["dueOn"], "2026-07-28");
    }

    async fn l11_without_end_where_no_solution_was_proposed(app: &App) {
        let case = assigned(app).await;
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        let way = &case.now().await["rounds"][0]["appealWay"];
        assert_eq!((&way["ground"], &way["announcedUntilOn"]), (&json!("LAPSE"), &Value::Null));
        app.at("2027-03-30T22:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert!(case.count("ALERTED").await > 40, "chased each working week");
        case.act("klager", "appeal", json!({ "grounds": "Er is niets gebeurd." })).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(entries(&case, "APPEALED").await[0]["isLate"], false);
    }

    async fn l11_a_text_that_was_never_posted_is_no_proposal(app: &App) {
        let mut input = form(app, LIVP, Some("basis"));
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        let case = Case::filed(app, "", input).await;
        assign(&case, "trainer2").await;
        tell(&case, "trainer1").await;
        case.act("trainer2", "proposeSolution", json!({ "text": TEXT })).await;
        app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(way(&case).await, ("LAPSE".to_owned(), Value::Null));
        let alerts = case.letters("overdue_alert").await;
        let asks = |alert: &Value| alert["text"].as_str().unwrap().contains("de oplossing om te ondertekenen");
        assert!(alerts.iter().any(asks), "whoever posts is told that it waits");
        app.at("2026-04-01T08:00:00Z").await;
        let payload = case.posted("solution_for_sign_off", "2026-03-20").await;
        assert_eq!(payload["letter"]["status"], "POSTED", "{payload:#}");
        assert_eq!(way(&case).await, ("LAPSE".to_owned(), Value::Null), "what was told is not made shorter");
    }

    async fn l11_a_text_that_comes_back_after_the_lapse_takes_the_end_away_and_a_new_notice_says_so(app: &App) {
        let case = proposed(app).await;
        app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(way(&case).await, ("NO_AGREEMENT".to_owned(), json!("2026-06-30")));
        let notices = case.told("klager", "way_notice").await.len();
        case.bounced(COMPLAINANT, "solution_for_sign_off").await;
        assert_eq!(way(&case).await, ("LAPSE".to_owned(), Value::Null));
        assert_eq!(case.told("klager", "way_notice").await.len(), notices + 1);
        app.at("2026-07-15T08:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
    }

    async fn l11_a_late_appeal_is_shown_to_an_appointed_arbiter_who_admits_it(app: &App) {
        let case = late(app).await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        let [on, at, _] = case.due("LATE_APPEAL").await;
        assert_eq!((on.as_str(), at.as_str()), ("2026-07-15", "2026-07-15T22:00:00Z"));
        assert_eq!(entries(&case, "APPEALED").await[0]["isLate"], true);
        assert_eq!(case.refused("klager", "appeal", json!({ "grounds": "Nogmaals." })).await.0, "LATE_APPEAL_PENDING");
        assert_eq!(case.refused("arbiter", "admitLateAppeal", json!({ "reasons": "Ziekte." })).await.0, "NOT_FOUND");
        assign(&case, "arbiter").await;
        assert_eq!(case.refused("trainer2", "admitLateAppeal", json!({ "reasons": "Ziekte." })).await.0, "NOT_ALLOWED");
        assert_eq!(case.seen_by("arbiter").await["lateAppeal"]["deciders"], json!([{ "id": member(app, "arbiter") }]));
        case.act("arbiter", "admitLateAppeal", json!({ "reasons": "Ziekte is een goede reden." })).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        advise(&case, "UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn l11_a_late_appeal_may_be_refused_with_reasons(app: &App) {
        let case = late(app).await;
        assign(&case, "arbiter").await;
        assert!(!case.refused("arbiter", "refuseLateAppeal", json!({ "reasons": " " })).await.0.is_empty());
        case.act("arbiter", "refuseLateAppeal", json!({ "reasons": "Te lang gewacht." })).await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        app.sweep().await;
        assert!(told(&case, "late_appeal_outcome").await.contains(&COMPLAINANT.to_owned()));
        assert_eq!(case.now().await["lateAppeal"], Value::Null);
    }

    async fn l11_silence_admits_a_late_appeal(app: &App) {
        let case = late(app).await;
        assign(&case, "arbiter").await;
        app.at("2026-07-15T21:59:59Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        app.at("2026-07-15T22:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(entries(&case, "LATE_APPEAL_ADMITTED").await[0]["by"]["kind"], "CLOCK");
        assert_eq!(case.seen_by("arbiter").await["viewerLevel"], "OFFICIAL");
    }

    async fn l11_a_conflicted_arbiter_is_replaced(app: &App) {
        let mut input = letter(app, LIVP, Some("basis"), "EMAIL", "2026-03-02T07:00:00Z");
        input["respondents"] = json!([respondent(app, LIVP, "arbiter")]);
        let case = Case::registered(app, LIVP, input).await;
        assign(&case, "trainer2").await;
        case.act("trainer2", "declareNoAgreement", json!({})).await;
        case.came(json!({ "appeal": { "text": "Ik wil een oordeel." } }), "EMAIL", "2026-03-02T08:00:00Z").await;
        let conflicted = json!({ "memberId": member(app, "arbiter") });
        assert_eq!(case.refused("admin", "assignDecider", conflicted).await, by("CONFLICT_OF_INTEREST", "Werkwijze 4"));
        let handler = json!({ "memberId": member(app, "trainer2") });
        assert_eq!(case.refused("admin", "assignDecider", handler).await.0, "CONFLICT_OF_INTEREST");
        assign(&case, "arbiter2").await;
        train(app, "basis", &["trainer1", "arbiter2"]).await;
        assert_eq!(found_by(&case, "livp/arbiter2").await, nothing());
        assert_eq!(case.now().await["rounds"][1]["deciders"], json!([]));
        let reasoned = json!({ "memberId": member(app, "extern"), "reason": "Beide onafhankelijken zijn betrokken." });
        case.act("admin", "assignDecider", reasoned).await;
        assert_eq!(case.seen_by("extern").await["viewerLevel"], "OFFICIAL");
    }

    async fn l11_against_inadmissibility_the_arbiter_decides_the_complaint_itself(app: &App) {
        let case = assigned(app).await;
        crate::steps::livp::tell(&case, "trainer1").await;
        case.act("trainer2", "declareInadmissible", json!({ "ground": "STANDING", "reasons": "Geen cursist." })).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.now().await["rounds"][0]["appealWay"]["ground"], "INADMISSIBLE");
        assert!(told(&case, "inadmissible").await.contains(&COMPLAINANT.to_owned()));
        case.act("klager", "appeal", json!({ "grounds": "Ik was er wel." })).await;
        assign(&case, "arbiter").await;
        advise(&case, "UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.now().await["rounds"][1]["decision"]["isInadmissibilityUpheld"], false);
    }

    async fn l11_both_sides_may_settle_while_the_appeal_runs(app: &App) {
        let case = appealed(app).await;
        assign(&case, "arbiter").await;
        case.act("trainer2", "proposeSolution", json!({ "text": "Toch samen." })).await;
        sign(&case, "trainer1", 2).await;
        sign(&case, "klager", 2).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        let late_advice = json!({ "finding": "UPHELD", "text": "Het advies." });
        assert_eq!(case.refused("arbiter", "logBindingAdvice", late_advice).await.0, "ALREADY_CLOSED");
    }

    async fn l15_an_arbiter_within_five_working_days_and_advice_within_eight_weeks(app: &App) {
        let case = appealed(app).await;
        let [on, at, _] = case.due("APPOINTMENT").await;
        assert_eq!((on.as_str(), at.as_str()), ("2026-03-09", "2026-03-09T23:00:00Z"));
        let [on, at, _] = case.due("RESOLUTION").await;
        assert_eq!((on.as_str(), at.as_str()), ("2026-04-27", "2026-04-27T22:00:00Z"), "King's Day: no roll");
        for kind in ["APPOINTMENT", "RESOLUTION"] {
            assert_eq!(case.deadline(kind).await["article"]["isHouseRule"], true, "{kind}");
        }
    }

    async fn l15_a_late_appointment_alerts_the_administration_and_tells_the_complainant(app: &App) {
        let case = appealed(app).await;
        app.at("2026-03-09T22:59:59Z").await;
        assert_eq!(case.count("ALERTED").await, 0);
        app.at("2026-03-09T23:00:00Z").await;
        assert_eq!(entries(&case, "ALERTED").await[0]["deadline"], "APPOINTMENT");
        assert_eq!(told(&case, "overdue_alert").await, [mail("admin2"), mail("admin")]);
        assert_eq!(told(&case, "lapse_notice").await, [COMPLAINANT]);
        app.at("2026-03-16T23:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 2);
        assert_eq!(case.letters("lapse_notice").await.len(), 1);
        assign(&case, "arbiter").await;
        app.at("2026-03-23T23:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 2);
    }

    async fn l15_late_advice_alerts_repeats_and_never_closes(app: &App) {
        let case = appealed(app).await;
        assign(&case, "arbiter").await;
        app.at("2026-04-27T22:00:00Z").await;
        assert_eq!(entries(&case, "ALERTED").await[0]["deadline"], "RESOLUTION");
        assert_eq!(told(&case, "overdue_alert").await, [mail("admin2"), mail("admin"), mail("arbiter")]);
        assert_eq!(told(&case, "lapse_notice").await, [COMPLAINANT]);
        app.at("2027-04-27T22:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert!(case.count("ALERTED").await > 40, "each working week");
        advise(&case, "NO_JUDGEMENT").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.deadline("RESOLUTION").await["isOverdue"], false);
    }

    async fn l15_counts_from_receipt_of_the_appeal_also_when_it_was_recorded_later(app: &App) {
        let case = disagreed(app).await;
        app.at("2026-03-11T09:00:00Z").await;
        case.came(json!({ "appeal": { "text": "Per brief." } }), "POST", "2026-03-04T10:00:00Z").await;
        assert_eq!(case.due("APPOINTMENT").await[0], "2026-03-11");
        assert_eq!(case.due("RESOLUTION").await, due("2026-04-29", "2026-04-29T22:00:00Z", &case.due("RESOLUTION").await[2]));
    }
}
