//! LIVP: who handles a complaint, speaks with the complainant, and sees it: L4, L5, L12, L14.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, ask, letter,
    livp::{
        LIVP, assign, assigned, by, due, entries, filed, found_by, mail, member, nothing, own_form,
        tell, told,
    },
    respondent,
};

/// What comes of appointing somebody, with or without a reason.
async fn appoint(case: &Case<'_>, key: &str, reason: Option<&str>) -> (String, String) {
    case.refused(
        "admin",
        "assignDecider",
        json!({ "memberId": member(case.app, key), "reason": reason }),
    )
    .await
}

both! {
    async fn l04_no_trainer_of_the_course_may_handle(app: &App) {
        let case = filed(app, Some("basis")).await;
        assert_eq!(appoint(&case, "trainer1", None).await, by("CONFLICT_OF_INTEREST", "Werkwijze 4"));
        assert_eq!(appoint(&case, "trainer1", Some("Zij kent de cursus.")).await.0, "CONFLICT_OF_INTEREST");
        assert_eq!(appoint(&case, "klager", None).await.0, "CONFLICT_OF_INTEREST");
        assert_eq!(appoint(&case, "analist", None).await.0, "NOT_ELIGIBLE");
        assert_eq!(appoint(&case, "arbiter", None).await.0, "NOT_ELIGIBLE");
        assert_eq!(case.stands().await, "RECEIVED");
        assign(&case, "trainer2").await;
        assert_eq!(appoint(&case, "trainer2", None).await.0, "ALREADY_ASSIGNED");
        let now = case.now().await;
        assert_eq!(now["handler"]["id"], member(app, "trainer2"));
        assert_eq!(case.stands().await, "IN_TREATMENT");
    }

    async fn l04_a_named_respondent_may_not_handle(app: &App) {
        let mut input = letter(app, LIVP, Some("basis"), "EMAIL", "2026-03-02T07:00:00Z");
        input["respondents"] = json!([respondent(app, LIVP, "trainer3")]);
        let case = Case::registered(app, LIVP, input).await;
        assert_eq!(appoint(&case, "trainer3", None).await, by("CONFLICT_OF_INTEREST", "Werkwijze 4"));
        assert_eq!(found_by(&case, "livp/trainer3").await, nothing());
        assign(&case, "trainer2").await;
    }

    async fn l04_a_respondent_whom_the_form_names_by_address_may_not_handle(app: &App) {
        let mut input = own_form(app, Some("basis"));
        input["respondents"] = json!([{ "name": "Fleur", "email": "Trainer3@livp.example" }, { "name": "Iemand" }]);
        let case = Case::filed(app, "livp/klager", input).await;
        assert_eq!(appoint(&case, "trainer3", None).await, by("CONFLICT_OF_INTEREST", "Werkwijze 4"));
        assert_eq!(found_by(&case, "livp/trainer3").await, nothing());
        app.sweep().await;
        assert!(app.letters().await.iter().all(|letter| letter["to"] != mail("trainer3")));
        assign(&case, "trainer2").await;
        case.act("trainer2", "nameRespondent", json!({ "number": 1 })).await;
        assert_eq!(case.seen_by("trainer3").await["viewerLevel"], "RESPONDENT");
    }

    async fn l04_trainers_of_the_course_cannot_see_that_the_complaint_exists(app: &App) {
        let case = filed(app, Some("duo")).await;
        for who in ["livp/trainer1", "livp/trainer2"] {
            assert_eq!(found_by(&case, who).await, nothing(), "{who}");
        }
        assign(&case, "trainer3").await;
        for who in ["trainer1", "trainer2"] {
            assert_eq!(case.refused(who, "addStatement", json!({ "text": "Ik weet ervan." })).await, by("NOT_FOUND", ""));
            assert_eq!(case.refused(who, "recuse", json!({ "reason": "Ik weet ervan." })).await, by("NOT_FOUND", ""));
        }
        let letters = app.letters().await;
        assert!(letters.iter().all(|letter| letter["to"] != mail("trainer1") && letter["to"] != mail("trainer2")));
    }

    async fn l04_a_notified_respondent_keeps_that_view_only(app: &App) {
        let case = assigned(app).await;
        assert_eq!(found_by(&case, "livp/trainer1").await, nothing());
        tell(&case, "trainer1").await;
        let seen = case.seen_by("trainer1").await;
        assert_eq!(seen["viewerLevel"], "RESPONDENT");
        let document = "query($id: ID!) { complaint(id: $id) { description complainant { name contact { email telephone } }
            letters { id } isChainIntact measures { id } } }";
        let more = ask(app, "livp/trainer1", document, json!({ "id": case.id })).await;
        let more = &more.data()["complaint"];
        assert_eq!(more["complainant"], json!({ "name": "Robin Rekwest", "contact": null }));
        assert!(more["description"].as_str().unwrap().contains("grapjes"));
        assert_eq!((&more["letters"], &more["isChainIntact"], &more["measures"]), (&Value::Null, &Value::Null, &Value::Null));
        for (mutation, input) in [
            ("recordContact", json!({ "means": "TELEPHONE", "isReached": true })),
            ("proposeSolution", json!({ "text": "Niets." })),
            ("withdrawComplaint", json!({})),
        ] {
            assert_eq!(case.refused("trainer1", mutation, input).await.0, "NOT_ALLOWED", "{mutation}");
        }
        case.act("trainer1", "addStatement", json!({ "text": "Zo was het niet." })).await;
    }

    async fn l04_a_member_is_told_of_a_complaint_at_their_own_address_only(app: &App) {
        let mut input = own_form(app, Some("basis"));
        input["respondents"] = json!([{ "name": "De trainer", "email": "trainer@elders.example" }]);
        let case = Case::filed(app, "livp/klager", input).await;
        assign(&case, "trainer2").await;
        let id = member(app, "trainer1");
        let contact = json!({ "name": "De trainer", "email": "trainer1@lipv.example" });
        let typed = json!({ "memberId": id, "contact": contact });
        for number in [Value::Null, json!(1)] {
            let mut typed = typed.clone();
            typed["number"] = number;
            let refused = case.attempt("trainer2", "nameRespondent", typed).await;
            let error = &refused["userErrors"][0];
            assert_eq!((&error["code"], &error["field"]), (&json!("CONTRADICTORY"), &json!(["contact"])));
        }
        case.act("trainer2", "nameRespondent", json!({ "number": 1, "memberId": id })).await;
        app.sweep().await;
        let letters = app.letters().await;
        let sent_to = |to: &str| letters.iter().filter(|letter| letter["to"] == to).count();
        assert_eq!((sent_to(&mail("trainer1")), sent_to("trainer@elders.example")), (1, 0));
        assert_eq!(case.seen_by("trainer1").await["viewerLevel"], "RESPONDENT");
    }

    async fn l04_nobody_left_means_an_external_handler_with_a_reason(app: &App) {
        let free = filed(app, Some("basis")).await;
        assert_eq!(appoint(&free, "extern", Some("Liever extern.")).await, by("HANDLER_AVAILABLE", "Werkwijze 4"));
        let case = filed(app, Some("allen")).await;
        for key in ["trainer1", "trainer2", "trainer3"] {
            assert_eq!(appoint(&case, key, None).await.0, "CONFLICT_OF_INTEREST", "{key}");
        }
        assert_eq!(appoint(&case, "extern", None).await.0, "REASON_REQUIRED");
        let reasoned = json!({ "memberId": member(app, "extern"), "reason": "Alle trainers gaven deze cursus." });
        case.act("admin", "assignDecider", reasoned).await;
        assert_eq!(case.seen_by("extern").await["viewerLevel"], "OFFICIAL");
        case.act("extern", "recordContact", json!({ "means": "VIDEO", "isReached": true })).await;
    }

    async fn l05_personal_contact_within_five_working_days(app: &App) {
        let case = assigned(app).await;
        assert_eq!(case.due("CONTACT").await, due("2026-03-09", "2026-03-09T23:00:00Z", "Werkwijze 5"));
        let mailed = json!({ "means": "EMAIL", "isReached": true, "note": "Gemaild." });
        case.act("trainer2", "recordContact", mailed).await;
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": false })).await;
        assert_eq!((case.count("CONTACT_ATTEMPTED").await, case.count("CONTACT_MADE").await), (2, 0));
        assert_eq!(case.deadline("CONTACT").await["isMet"], false);
        app.at("2026-03-09T22:59:59Z").await;
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        assert_eq!(case.deadline("CONTACT").await["isMet"], true);
        app.at("2026-03-16T23:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 0);
    }

    async fn l05_contact_counts_from_when_it_was_made(app: &App) {
        let case = assigned(app).await;
        app.at("2026-03-11T09:00:00Z").await;
        assert_eq!(case.deadline("CONTACT").await["isOverdue"], true);
        let told_later = json!({ "means": "IN_PERSON", "isReached": true, "contactedAt": "2026-03-09T15:00:00Z" });
        case.act("trainer2", "recordContact", told_later).await;
        let met = case.deadline("CONTACT").await;
        assert_eq!((&met["isMet"], &met["isOverdue"]), (&json!(true), &json!(false)));
        assert!(met["metAt"].as_str().unwrap().starts_with("2026-03-09T15:00:00"), "{met}");
    }

    async fn l05_good_friday_is_a_working_day_and_easter_monday_is_none(app: &App) {
        app.at("2026-03-30T09:00:00Z").await;
        let case = filed(app, Some("basis")).await;
        assert_eq!(case.due("CONTACT").await, due("2026-04-07", "2026-04-07T22:00:00Z", "Werkwijze 5"));
        let derivation = &case.deadline("CONTACT").await["derivation"];
        let over: Vec<&Value> = derivation["passedOver"].as_array().unwrap().iter().map(|day| &day["on"]).collect();
        assert_eq!(over, ["2026-04-04", "2026-04-05", "2026-04-06"]);
    }

    async fn l12_other_trainers_and_everybody_without_a_need_see_nothing(app: &App) {
        let case = assigned(app).await;
        for key in ["trainer1", "trainer3", "extern", "arbiter", "arbiter2", "analist", "stem", "standin"] {
            let who = format!("livp/{key}");
            assert_eq!(found_by(&case, &who).await, nothing(), "{who}");
            assert_eq!(case.refused(&who, "addStatement", json!({ "text": "Ik zie iets." })).await, by("NOT_FOUND", ""), "{who}");
        }
        let seen = found_by(&case, "blijf-groep/admin").await;
        assert_eq!(seen, nothing());
        assert_eq!(found_by(&case, "livp/trainer2").await["byReference"]["id"], json!(case.id));
    }

    async fn l12_what_is_hidden_is_told_like_what_does_not_exist(app: &App) {
        let case = assigned(app).await;
        let document = "mutation($input: AddStatementInput!) { addStatement(input: $input) { complaint { id } userErrors { code message field } } }";
        let input = |id: &str| json!({ "input": { "complaintId": id, "text": "Ik zie iets." } });
        let hidden = ask(app, "livp/trainer3", document, input(&case.id)).await;
        case.act("klager", "withdrawComplaint", json!({})).await;
        let other = ask(app, "blijf-groep/admin", document, input(&case.id)).await;
        assert_eq!(hidden.body["data"], other.body["data"]);
        assert_eq!(hidden.status, other.status);
    }

    async fn l14_a_complaint_without_a_handler_escalates_until_someone_is_appointed(app: &App) {
        let case = filed(app, Some("basis")).await;
        app.at("2026-03-03T22:59:59Z").await;
        assert_eq!(told(&case, "overdue_alert").await, Vec::<String>::new());
        app.at("2026-03-03T23:00:00Z").await;
        let alerted: Vec<Value> = entries(&case, "ALERTED").await.iter().map(|one| one["deadline"].clone()).collect();
        assert_eq!(alerted, ["ACKNOWLEDGEMENT", "APPOINTMENT"]);
        assert_eq!(told(&case, "overdue_alert").await, [mail("admin2"), mail("admin")]);
        app.at("2026-03-10T23:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 5, "both again after a working week, and the contact");
        assign(&case, "trainer2").await;
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        app.at("2026-03-30T21:59:59Z").await;
        assert_eq!(case.count("ALERTED").await, 5);
        assert_eq!(case.stands().await, "IN_TREATMENT");
        app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
    }

    async fn l14_no_contact_alerts_and_the_administration_reassigns_while_l9_runs(app: &App) {
        let case = assigned(app).await;
        app.at("2026-03-09T23:00:00Z").await;
        let alerts = entries(&case, "ALERTED").await;
        assert_eq!(alerts.iter().map(|one| &one["deadline"]).collect::<Vec<_>>(), ["CONTACT"]);
        assert_eq!(told(&case, "overdue_alert").await, [mail("admin2"), mail("admin"), mail("trainer2")]);
        assign(&case, "trainer3").await;
        app.sweep().await;
        assert_eq!(told(&case, "released").await, [mail("trainer2")]);
        assert_eq!(case.refused("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await.0, "NOT_FOUND");
        case.act("trainer3", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        assert_eq!(case.due("RESOLUTION").await, due("2026-03-30", "2026-03-30T22:00:00Z", "Werkwijze 9"));
    }

    async fn l14_who_steps_back_leaves_a_case_that_escalates_again(app: &App) {
        let case = assigned(app).await;
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        app.at("2026-03-16T08:00:00Z").await;
        case.act("trainer2", "recuse", json!({ "reason": "Ik ken de klager." })).await;
        assert_eq!(case.seen_by("trainer2").await, Value::Null);
        assert_eq!(case.due("APPOINTMENT").await, due("2026-03-17", "2026-03-17T23:00:00Z", "Werkwijze 3"));
        assert_eq!(appoint(&case, "trainer2", None).await.0, "CONFLICT_OF_INTEREST");
        app.at("2026-03-17T23:00:00Z").await;
        assert_eq!(told(&case, "unassigned").await, [mail("admin2"), mail("admin")]);
        assert_eq!(entries(&case, "ALERTED").await[0]["deadline"], "APPOINTMENT");
        assign(&case, "trainer3").await;
        assert_eq!(case.due("RESOLUTION").await[0], "2026-03-30");
    }
}
