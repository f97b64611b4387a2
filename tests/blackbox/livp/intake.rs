//! LIVP: how a complaint comes in, and when it is confirmed: L1, L2, L3.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, ask, codes, form, letter,
    livp::{COMPLAINANT, LIVP, assign, by, due, filed, mail, told},
    mutate, refusal,
};

/// What comes of a form that lacks something, or has something else.
async fn filing(app: &App, spoil: impl FnOnce(&mut Value)) -> (String, String) {
    let mut input = form(app, LIVP, Some("basis"));
    spoil(&mut input);
    refusal(&mutate(app, "", "fileComplaint", input, "receipt { reference }").await)
}

/// A complaint on paper of somebody without e-mail, on the first day of the demo.
async fn without_email(app: &App) -> Case<'_> {
    let mut input = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T07:00:00Z");
    input["complainant"] =
        json!({ "name": "Petra Post", "postalAddress": "Dorpsstraat 1\n1234 AB Dorp" });
    Case::registered(app, LIVP, input).await
}

both! {
    async fn l01_the_form_is_open_to_anyone_and_asks_what_the_procedure_asks(app: &App) {
        let document = "query { organisation(slug: \"livp\") { intakeForm {
            fields { field isRequired } channels isCourseRequired filingWindow { term { amount } }
            courses { id title } standing { citation isHouseRule } article { citation } } } }";
        let answer = ask(app, "", document, json!({})).await;
        let asked = &answer.data()["organisation"]["intakeForm"];
        let required: Vec<&Value> =
            asked["fields"].as_array().unwrap().iter().filter(|one| one["isRequired"] == true).map(|one| &one["field"]).collect();
        let mut required: Vec<&str> = required.into_iter().map(|field| field.as_str().unwrap()).collect();
        required.sort_unstable();
        assert_eq!(required, ["DESCRIPTION", "FORM_DATE", "NAME", "TELEPHONE"]);
        assert_eq!(asked["isCourseRequired"], false);
        assert_eq!(asked["filingWindow"], Value::Null);
        assert_eq!(asked["standing"], json!({ "citation": "Werkwijze 1", "isHouseRule": false }));
        let titles: Vec<&Value> = asked["courses"].as_array().unwrap().iter().map(|course| &course["title"]).collect();
        assert!(titles.contains(&&app.course(LIVP, "basis")["title"]), "{titles:?}");
    }

    async fn l01_what_the_form_requires_is_required(app: &App) {
        let missing = by("FIELD_REQUIRED", "Werkwijze 1");
        assert_eq!(filing(app, |input| input["complainant"]["name"] = Value::Null).await, missing);
        assert_eq!(filing(app, |input| input["complainant"]["telephone"] = Value::Null).await, missing);
        assert_eq!(filing(app, |input| input["filedOn"] = Value::Null).await, missing);
        assert_eq!(filing(app, |input| input["description"] = Value::Null).await, missing);
        let (code, _) = filing(app, |input| input["complainant"]["email"] = Value::Null).await;
        assert_eq!(code, "ADDRESS_REQUIRED");
        let answer = ask(app, "livp/admin", "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(answer.data()["complaints"]["totalCount"], 0);
    }

    async fn l01_a_client_may_have_no_course(app: &App) {
        let case = Case::filed(app, "", form(app, LIVP, None)).await;
        let now = case.now().await;
        assert_eq!((&now["course"], &now["courseEndedOn"]), (&Value::Null, &Value::Null));
        assert_eq!(case.stands().await, "RECEIVED");
        assign(&case, "trainer1").await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
    }

    async fn l01_a_form_long_after_the_course_is_in_time(app: &App) {
        app.at("2027-03-02T09:00:00Z").await;
        let case = filed(app, Some("basis")).await;
        assert_eq!(case.now().await["admission"], "TIMELY");
    }

    async fn b01_a_letter_without_an_address_is_registered_and_its_answer_waits_to_be_handed_over(app: &App) {
        let postal = "Dorpsstraat 1\n1234 AB Dorp";
        let mut waiting = Vec::new();
        for contact in [
            json!({ "name": "Onbekend" }),
            json!({ "name": "Petra Post", "postalAddress": postal }),
            json!({ "name": "Emma Mail", "email": "emma@personen.example" }),
            json!({}),
        ] {
            let mut input = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T07:00:00Z");
            input["complainant"] = contact;
            waiting.push(Case::registered(app, LIVP, input).await);
        }
        let document = "{ lettersToPrint(first: 100) { nodes { id kind channel toAddress postalAddress complaint { id } } } }";
        let list = ask(app, "livp/admin", document, json!({})).await;
        let printed = list.data()["lettersToPrint"]["nodes"].as_array().unwrap().clone();
        let of = |case: &Case<'_>| {
            let its = |one: &&Value| one["complaint"]["id"] == case.id.as_str() && one["kind"] == "CONFIRMATION";
            printed.iter().filter(its).cloned().collect::<Vec<_>>()
        };
        for (case, address) in [(&waiting[0], Value::Null), (&waiting[1], json!(postal)), (&waiting[3], Value::Null)] {
            let letters = of(case);
            assert_eq!(letters.len(), 1, "{printed:#?}");
            assert_eq!((&letters[0]["postalAddress"], &letters[0]["toAddress"]), (&address, &Value::Null));
        }
        assert!(of(&waiting[2]).is_empty(), "by e-mail where there is one");
        let handed_over = json!({ "letterId": of(&waiting[0])[0]["id"], "postedOn": "2026-03-02" });
        crate::steps::done(crate::steps::mutate(app, "livp/admin", "recordPosted", handed_over, "letter { status }").await);
        let refused = filing(app, |input| input["complainant"]["email"] = Value::Null).await;
        assert_eq!(refused, by("ADDRESS_REQUIRED", "Werkwijze 1"), "a form must leave a way to answer");
    }

    async fn l02_a_letter_without_a_telephone_number_is_registered(app: &App) {
        let mut input = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T07:00:00Z");
        input["complainant"]["telephone"] = Value::Null;
        input["filedOn"] = Value::Null;
        let case = Case::registered(app, LIVP, input).await;
        assert_eq!(case.stands().await, "RECEIVED");
    }

    async fn l01_dates_of_incident_form_and_receipt_are_kept_apart(app: &App) {
        let mut input = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T07:00:00Z");
        input["filedOn"] = json!("2026-02-27");
        input["incidentOn"] = json!("2026-02-13");
        let case = Case::registered(app, LIVP, input).await;
        let document = "query($id: ID!) { complaint(id: $id) { incidentOn filedOn receivedAt registeredAt channel } }";
        let seen = ask(app, "livp/admin", document, json!({ "id": case.id })).await;
        let seen = &seen.data()["complaint"];
        assert_eq!((&seen["incidentOn"], &seen["filedOn"]), (&json!("2026-02-13"), &json!("2026-02-27")));
        assert_eq!(seen["channel"], "POST");
        assert!(seen["receivedAt"].as_str().unwrap().starts_with("2026-03-02T07:00:00"), "{seen}");
        assert!(seen["registeredAt"].as_str().unwrap().starts_with("2026-03-02T08:00:00"), "{seen}");
    }

    async fn l01_who_has_no_mail_is_reached_by_post(app: &App) {
        let mut input = form(app, LIVP, Some("basis"));
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        let case = Case::filed(app, "", input).await;
        app.sweep().await;
        assert_eq!(told(&case, "confirmation").await, ["print"]);
        let document = "{ lettersToPrint { nodes { id kind complaint { id } } } }";
        let waiting = ask(app, "livp/admin", document, json!({})).await;
        let waiting = &waiting.data()["lettersToPrint"]["nodes"][0];
        assert_eq!((&waiting["kind"], &waiting["complaint"]["id"]), (&json!("CONFIRMATION"), &json!(case.id)));
        let posted = json!({ "letterId": waiting["id"], "postedOn": "2026-03-02" });
        let payload = mutate(app, "livp/admin", "recordPosted", posted, "letter { status postedOn }").await;
        assert_eq!(payload["letter"], json!({ "status": "POSTED", "postedOn": "2026-03-02" }), "{payload:#}");
        let waiting = ask(app, "livp/admin", document, json!({})).await;
        assert_eq!(waiting.data()["lettersToPrint"]["nodes"], json!([]));
    }

    async fn l02_what_came_by_post_counts_from_its_arrival(app: &App) {
        let case = Case::registered(app, LIVP, letter(app, LIVP, Some("basis"), "POST", "2026-02-27T09:00:00Z")).await;
        assert_eq!(case.due("RESOLUTION").await, due("2026-03-27", "2026-03-27T23:00:00Z", "Werkwijze 9"));
        assert_eq!(case.due("ACKNOWLEDGEMENT").await, due("2026-03-02", "2026-03-02T23:00:00Z", "Werkwijze 3"));
        assert_eq!(case.due("CONTACT").await, due("2026-03-06", "2026-03-06T23:00:00Z", "Werkwijze 5"));
    }

    async fn l02_only_the_administration_registers_and_only_what_came_in_writing(app: &App) {
        let by_telephone = letter(app, LIVP, Some("basis"), "TELEPHONE", "2026-03-02T07:00:00Z");
        let payload = mutate(app, "livp/admin", "registerComplaint", by_telephone, "receipt { reference }").await;
        assert_eq!(refusal(&payload), by("CHANNEL_NOT_OPEN", "Werkwijze 2"));
        let to_come = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T08:00:01Z");
        let payload = mutate(app, "livp/admin", "registerComplaint", to_come, "receipt { reference }").await;
        assert_eq!(codes(&payload), ["IMPOSSIBLE_TIME"]);
        for who in ["livp/trainer2", "livp/analist", "livp/arbiter", "livp/klager"] {
            let by_post = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T07:00:00Z");
            let payload = mutate(app, who, "registerComplaint", by_post, "receipt { reference }").await;
            assert_eq!(codes(&payload), ["NOT_ALLOWED"], "{who}");
        }
    }

    async fn l03_a_confirmation_on_paper_counts_once_it_is_posted(app: &App) {
        let case = without_email(app).await;
        assign(&case, "trainer2").await;
        app.at("2026-03-10T09:00:00Z").await;
        assert!(case.now().await["acknowledgedAt"].is_null());
        for kind in ["ACKNOWLEDGEMENT", "POSTING"] {
            let owed = case.deadline(kind).await;
            assert_eq!((&owed["isMet"], &owed["isOverdue"]), (&json!(false), &json!(true)), "{kind}");
        }
        assert!(!case.told("admin", "OVERDUE_ALERT").await.is_empty());
        assert_eq!(codes(&case.posted("handler_named", "2026-03-01").await), ["IMPOSSIBLE_TIME"]);
        assert_eq!(case.posted("handler_named", "2026-03-03").await["letter"]["status"], "POSTED");
        let confirmed = case.now().await["acknowledgedAt"].clone();
        assert!(confirmed.as_str().unwrap().starts_with("2026-03-03T22:59:59"), "{confirmed}");
        assert_eq!(case.deadline("ACKNOWLEDGEMENT").await["isMet"], true);
    }

    async fn l03_a_confirmation_on_paper_that_comes_back_is_printed_again(app: &App) {
        let case = without_email(app).await;
        assign(&case, "trainer2").await;
        crate::steps::done(case.posted("handler_named", "2026-03-02").await);
        assert_eq!(case.deadline("ACKNOWLEDGEMENT").await["isMet"], true);
        app.at("2026-03-04T09:00:00Z").await;
        crate::steps::done(case.came_back("handler_named").await);
        assert!(case.now().await["acknowledgedAt"].is_null());
        assert_eq!(case.deadline("ACKNOWLEDGEMENT").await["isMet"], false);
        app.at("2026-03-12T09:00:00Z").await;
        assert_eq!(case.count("LETTER_REPRINTED").await, 1);
        let again = case.on_paper("handler_named").await;
        assert_eq!(again["status"], "pending");
        assert!(again["text"].as_str().unwrap().contains("Eva Educator"), "{again:#}");
        crate::steps::done(case.posted("handler_named", "2026-03-12").await);
        let confirmed = case.deadline("ACKNOWLEDGEMENT").await;
        assert!(confirmed["metAt"].as_str().unwrap().starts_with("2026-03-12"), "{confirmed}");
    }

    async fn l03_receipt_is_confirmed_with_the_name_of_the_handler(app: &App) {
        let case = filed(app, Some("basis")).await;
        app.sweep().await;
        assert_eq!(case.now().await["acknowledgedAt"], Value::Null);
        assert_eq!(told(&case, "confirmation").await, [COMPLAINANT]);
        assert_eq!(case.deadline("ACKNOWLEDGEMENT").await["isMet"], false);
        app.at("2026-03-03T22:59:59Z").await;
        assign(&case, "trainer2").await;
        app.sweep().await;
        let met = case.deadline("ACKNOWLEDGEMENT").await;
        assert_eq!((&met["isMet"], &met["dueOn"]), (&json!(true), &json!("2026-03-03")));
        assert_eq!(case.deadline("APPOINTMENT").await["isMet"], true);
        let named = case.letters("handler_named").await;
        let to_complainant = named.iter().find(|letter| letter["to"] == COMPLAINANT).unwrap();
        assert!(to_complainant["text"].as_str().unwrap().contains("Eva Educator"), "{to_complainant:#}");
        assert_eq!(told(&case, "assignment").await, [mail("trainer2")]);
        assert_eq!(case.count("ALERTED").await, 0);
    }

    async fn l03_within_one_working_day_over_weekends_and_holidays(app: &App) {
        let days = [
            ("2026-03-07T10:00:00Z", "2026-03-09", "2026-03-09T23:00:00Z"),
            ("2026-04-24T10:00:00Z", "2026-04-28", "2026-04-28T22:00:00Z"),
            ("2026-05-13T10:00:00Z", "2026-05-15", "2026-05-15T22:00:00Z"),
        ];
        for (filed_at, on, at) in days {
            app.at(filed_at).await;
            let case = filed(app, Some("basis")).await;
            assert_eq!(case.due("ACKNOWLEDGEMENT").await, due(on, at, "Werkwijze 3"));
            assert_eq!(case.due("APPOINTMENT").await, due(on, at, "Werkwijze 3"));
        }
    }

    async fn l03_the_last_second_of_a_day_is_of_that_day(app: &App) {
        app.at("2026-03-02T22:59:59Z").await;
        let before = filed(app, Some("basis")).await;
        app.at("2026-03-02T23:00:00Z").await;
        let after = filed(app, Some("basis")).await;
        assert_eq!(before.due("ACKNOWLEDGEMENT").await[0], "2026-03-03");
        assert_eq!(after.due("ACKNOWLEDGEMENT").await[0], "2026-03-04");
        assert_eq!(before.due("RESOLUTION").await[1], "2026-03-30T22:00:00Z");
        assert_eq!(after.due("RESOLUTION").await[1], "2026-03-31T22:00:00Z");
    }
}
