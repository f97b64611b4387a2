//! What is wrong with an input says in which field, as the input has it.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::{
    hostile::absent,
    steps::{Case, done, form, letter, livp::member, mutate},
};

both! {
    async fn a_refusal_that_is_about_the_input_names_its_field(app: &App) {
        let nobody = json!(absent(member(app, "trainer2").as_str().unwrap()));
        let nameless = changed(app, "name", Value::Null);
        let unreachable = changed(app, "email", Value::Null);
        let mut unknown = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
        unknown["respondents"] = json!([{ "name": "Iemand" }, { "name": "Iemand", "memberId": nobody }]);
        let mut tomorrow = letter(app, "livp", Some("basis"), "EMAIL", "2026-03-03T08:00:00Z");
        tomorrow["filedOn"] = Value::Null;
        let person = |email: &str| json!({ "name": "Nia Nieuw", "email": email, "roles": ["HANDLER"], "locale": "nl" });
        let taken = person(app.person("livp", "trainer2")["email"].as_str().unwrap());
        let leave = |who: &Value, instead: &Value| json!({ "memberId": who, "substituteId": instead, "fromOn": "2026-07-01", "untilOn": "2026-07-14" });
        let trainer = member(app, "trainer2");
        let course = json!({ "title": "Nieuw", "trainerIds": [trainer, nobody] });
        let organised = json!({ "title": "Nieuw", "organiserId": nobody });
        let talk = json!({ "contactOn": "2026-03-03", "isInvited": true, "note": "In de gang." });
        let long_ago = json!({ "contactOn": "1950-01-01", "isInvited": true, "note": "In de gang." });
        let mut foreseen = form(app, "livp", Some("basis"));
        foreseen["filedOn"] = json!("2026-02-27");
        foreseen["incidentOn"] = json!("2026-02-28");
        let lost = json!(absent(app.course("livp", "basis")["id"].as_str().unwrap()));
        for (mutation, input, code, field) in [
            ("fileComplaint", nameless, "FIELD_REQUIRED", json!(["complainant", "name"])),
            ("fileComplaint", unreachable, "ADDRESS_REQUIRED", json!(["complainant", "email"])),
            ("registerComplaint", unknown, "UNKNOWN", json!(["respondents", "1", "memberId"])),
            ("registerComplaint", tomorrow, "IMPOSSIBLE_TIME", json!(["arrivedAt"])),
            ("inviteMember", json!({ "member": taken }), "TAKEN", json!(["member", "email"])),
            ("changeMember", json!({ "memberId": nobody, "member": person("nia@personen.example") }), "NOT_FOUND", json!(["memberId"])),
            ("recordAbsence", leave(&nobody, &Value::Null), "UNKNOWN", json!(["memberId"])),
            ("recordAbsence", leave(&trainer, &nobody), "UNKNOWN", json!(["substituteId"])),
            ("nameStandIn", json!({ "memberId": nobody }), "UNKNOWN", json!(["memberId"])),
            ("addCourse", json!({ "course": course }), "UNKNOWN", json!(["course", "trainerIds", "1"])),
            ("addCourse", json!({ "course": organised }), "UNKNOWN", json!(["course", "organiserId"])),
            ("changeCourse", json!({ "courseId": lost, "course": { "title": "Weg" } }), "NOT_FOUND", json!(["courseId"])),
            ("removeClosingDay", json!({ "on": "2026-12-24" }), "NOT_FOUND", json!(["on"])),
            ("recordInformalContact", talk, "IMPOSSIBLE_TIME", json!(["contactOn"])),
            ("recordInformalContact", long_ago, "TOO_LONG_AGO", json!(["contactOn"])),
            ("fileComplaint", foreseen, "IMPOSSIBLE_DATE", json!(["incidentOn"])),
            ("publishPolicy", json!({ "document": { "text": "x" } }), "MALFORMED", json!(["document", "text"])),
        ] {
            let payload = mutate(app, "livp/admin", mutation, input, "__typename").await;
            assert_eq!((&payload["userErrors"][0]["code"], &payload["userErrors"][0]["field"]), (&json!(code), &field), "{mutation}: {payload:#}");
        }
    }

    async fn every_fault_of_a_form_is_told_in_one_answer(app: &App) {
        let mut input = form(app, "livp", None);
        input["complainant"] = json!({ "name": "\u{200b}\u{feff}", "telephone": "niet gebeld" });
        input["courseId"] = json!(absent(app.course("livp", "basis")["id"].as_str().unwrap()));
        input["filedOn"] = Value::Null;
        input["incidentOn"] = json!("2026-03-05");
        input["description"] = json!(" \u{2060} ");
        input["respondents"] = json!([{ "name": "Iemand" }, { "name": "\u{200b}", "email": "geen adres" }]);
        let payload = mutate(app, "", "fileComplaint", input, "receipt { reference }").await;
        let mut told: Vec<[String; 2]> = errors(&payload);
        told.sort();
        let expected = [
            ["ADDRESS_REQUIRED", "complainant.email"],
            ["FIELD_REQUIRED", "complainant.name"],
            ["FIELD_REQUIRED", "description"],
            ["FIELD_REQUIRED", "filedOn"],
            ["IMPOSSIBLE_DATE", "incidentOn"],
            ["MALFORMED", "complainant.telephone"],
            ["MALFORMED", "respondents.1.email"],
            ["REQUIRED", "respondents.1.name"],
            ["UNKNOWN", "courseId"],
        ];
        assert_eq!(told, expected.map(|one| one.map(str::to_owned)), "{payload:#}");
        let words = payload["userErrors"].as_array().unwrap().iter();
        assert!(words.clone().all(|one| one["message"].as_str().is_some_and(|text| text.len() > 5)));
        assert_eq!(payload["receipt"], Value::Null);
        let seen = crate::steps::ask(app, "livp/admin", "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(seen.data()["complaints"]["totalCount"], 0);
    }

    async fn every_fault_of_the_organisation_is_told_in_one_answer(app: &App) {
        let nobody = json!(absent(member(app, "trainer2").as_str().unwrap()));
        let leave = json!({ "memberId": nobody, "substituteId": nobody, "fromOn": "2026-07-14", "untilOn": "2026-07-01" });
        let course = json!({ "title": "\u{200b}", "trainerIds": [nobody], "organiserId": nobody });
        let talk = json!({ "contactOn": "2026-03-03", "isInvited": true, "note": "In de gang.", "courseId": absent(app.course("livp", "basis")["id"].as_str().unwrap()) });
        for (mutation, input, fields) in [
            ("recordAbsence", leave, &["memberId", "substituteId", "untilOn"][..]),
            ("addCourse", json!({ "course": course }), &["course.title", "course.trainerIds.0", "course.organiserId"]),
            ("recordInformalContact", talk, &["courseId", "contactOn"]),
            ("registerComplaint", registration(app, &nobody), &["respondents.0.memberId", "respondents.2.memberId", "arrivedAt", "description"]),
        ] {
            let payload = mutate(app, "livp/admin", mutation, input, "__typename").await;
            let told: Vec<String> = errors(&payload).into_iter().map(|[_, field]| field).collect();
            assert_eq!(told, fields, "{mutation}: {payload:#}");
        }
    }

    async fn faults_of_the_shape_are_told_beside_those_that_the_organisation_finds(app: &App) {
        let nobody = json!(absent(member(app, "trainer2").as_str().unwrap()));
        let trainer = member(app, "trainer2");
        let leave = json!({ "memberId": "geen id", "substituteId": nobody, "fromOn": "2026-07-14", "untilOn": "2026-07-01" });
        let person = |name: &str, email: &Value| json!({ "name": name, "email": email, "roles": ["HANDLER"], "locale": "nl",
            "activeFromOn": "2026-07-14", "activeUntilOn": "2026-07-01" });
        let shapeless = person("\u{200b}", &json!("geen adres"));
        let taken = person("Nia Nieuw", &app.person("livp", "trainer2")["email"]);
        let course = json!({ "title": "Nieuw", "sessionDays": ["2026-05-01", "0026-05-02"], "trainerIds": [trainer, nobody, "geen id"], "organiserId": nobody });
        for (mutation, input, expected) in [
            ("recordAbsence", leave, &[["UNKNOWN", "memberId"], ["UNKNOWN", "substituteId"], ["CONTRADICTORY", "untilOn"]][..]),
            ("inviteMember", json!({ "member": shapeless }), &[["REQUIRED", "member.name"], ["MALFORMED", "member.email"], ["CONTRADICTORY", "member.activeUntilOn"]]),
            ("inviteMember", json!({ "member": taken }), &[["CONTRADICTORY", "member.activeUntilOn"], ["TAKEN", "member.email"]]),
            ("changeMember", json!({ "memberId": member(app, "trainer1"), "member": taken }), &[["CONTRADICTORY", "member.activeUntilOn"], ["TAKEN", "member.email"]]),
            ("addCourse", json!({ "course": course }), &[["IMPOSSIBLE_DATE", "course.sessionDays.1"], ["UNKNOWN", "course.trainerIds.2"],
                ["UNKNOWN", "course.trainerIds.1"], ["UNKNOWN", "course.organiserId"]]),
        ] {
            let payload = mutate(app, "livp/admin", mutation, input.clone(), "__typename").await;
            assert_eq!(errors(&payload), expected.iter().map(|one| one.map(str::to_owned)).collect::<Vec<_>>(), "{mutation}: {payload:#}");
            let payload = mutate(app, "livp/trainer2", mutation, input, "__typename").await;
            assert_eq!(payload["userErrors"][0]["code"], "NOT_ALLOWED", "who may not learns nothing else");
        }
    }

    async fn a_year_out_of_bounds_is_told_at_its_field_beside_the_rest(app: &App) {
        let mut filed = form(app, "livp", Some("basis"));
        filed["complainant"]["name"] = Value::Null;
        filed["filedOn"] = json!("0026-03-02");
        filed["incidentOn"] = json!("9999-12-31");
        let arrived = |at: &str| {
            let mut input = letter(app, "livp", Some("basis"), "EMAIL", at);
            input["filedOn"] = Value::Null;
            input
        };
        let leave = json!({ "memberId": "geen id", "fromOn": "1899-12-31", "untilOn": "2200-01-01" });
        let case = Case::registered(app, "livp", arrived(wederhoor_tests::START)).await;
        case.act("admin", "assignDecider", json!({ "memberId": member(app, "trainer2") })).await;
        let hearing = json!({ "complaintId": case.id, "party": { "kind": "COMPLAINANT" }, "hearingAt": "9999-12-31T23:59:59-01:00", "place": "" });
        for (who, mutation, input, expected) in [
            ("", "fileComplaint", filed, &[["FIELD_REQUIRED", "complainant.name"], ["IMPOSSIBLE_DATE", "filedOn"], ["IMPOSSIBLE_DATE", "incidentOn"]][..]),
            ("livp/admin", "registerComplaint", arrived("9999-12-31T23:59:59Z"), &[["IMPOSSIBLE_TIME", "arrivedAt"]]),
            ("livp/admin", "registerComplaint", arrived("0001-01-01T00:00:00Z"), &[["NO_REGULATION_THEN", "arrivedAt"]]),
            ("livp/admin", "recordAbsence", leave, &[["UNKNOWN", "memberId"], ["IMPOSSIBLE_DATE", "fromOn"], ["IMPOSSIBLE_DATE", "untilOn"]]),
            ("livp/admin", "addClosingDay", json!({ "on": "0026-12-24" }), &[["IMPOSSIBLE_DATE", "on"]]),
            ("livp/trainer2", "inviteToHearing", hearing, &[["IMPOSSIBLE_TIME", "hearingAt"], ["REQUIRED", "place"]]),
        ] {
            let payload = mutate(app, who, mutation, input, "__typename").await;
            assert_eq!(errors(&payload), expected.iter().map(|one| one.map(str::to_owned)).collect::<Vec<_>>(), "{mutation}: {payload:#}");
        }
    }

    async fn what_nobody_can_see_is_not_filled_in(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        for unseen in ["", "  \n", "\u{200b}", "\u{ad}\u{2060}\u{feff}", "\u{3164}\u{2800}", "\u{7}\u{1b}"] {
            for (mutation, input, field) in [
                ("recuse", json!({ "reason": unseen }), "reason"),
                ("placeLegalHold", json!({ "reason": unseen }), "reason"),
                ("classifyComplaint", json!({ "cause": unseen }), "cause"),
            ] {
                let told = case.attempt("admin", mutation, input).await;
                assert_eq!(errors(&told), [["REQUIRED", field].map(str::to_owned)], "{mutation} {unseen:?}");
            }
        }
    }

    async fn who_is_named_twice_is_one_respondent(app: &App) {
        let mut input = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
        let trainer = app.person("livp", "trainer1");
        input["respondents"] = json!([
            { "name": trainer["name"], "memberId": trainer["id"] },
            { "name": "Iemand Anders", "email": "iemand@elders.example" },
            { "name": trainer["name"], "email": trainer["email"] },
            { "name": "mevr. iemand  anders" },
            { "name": "Iemand Anders", "email": "ander@elders.example" },
        ]);
        let case = Case::registered(app, "livp", input).await;
        let named = case.now().await["respondents"].clone();
        let names: Vec<&str> = named.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, [trainer["name"].as_str().unwrap(), "Iemand Anders", "Iemand Anders"]);
    }

    async fn a_refused_act_names_its_field(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        let nobody = json!(absent(member(app, "trainer2").as_str().unwrap()));
        let party = json!({ "kind": "RESPONDENT", "number": 4 });
        let act = |act: Value, arrived: &str| json!({ "party": { "kind": "COMPLAINANT" }, "act": act, "channel": "EMAIL", "arrivedAt": arrived });
        let statement = json!({ "addStatement": { "text": "Nog iets." } });
        for (mutation, input, code, field) in [
            ("assignDecider", json!({ "memberId": nobody }), "UNKNOWN_MEMBER", json!(["memberId"])),
            ("assignDecider", json!({ "memberId": member(app, "trainer1") }), "CONFLICT_OF_INTEREST", json!(["memberId"])),
            ("assignDecider", json!({ "memberId": member(app, "trainer2"), "expectedVersion": -1 }), "MALFORMED", json!(["expectedVersion"])),
            ("recordPartyAct", act(statement, "2026-03-03T08:00:00Z"), "IMPOSSIBLE_TIME", json!(["arrivedAt"])),
            ("recordPartyAct", json!({ "party": party, "act": { "addStatement": { "text": "Ik ook." } }, "channel": "EMAIL", "arrivedAt": wederhoor_tests::START }), "UNKNOWN_PARTY", json!(["party"])),
        ] {
            let told = case.attempt("admin", mutation, input).await;
            assert_eq!((&told["userErrors"][0]["code"], &told["userErrors"][0]["field"]), (&json!(code), &field), "{mutation}: {told:#}");
        }
    }

    async fn b11_who_is_away_and_who_stands_in_is_clear_on_every_day(app: &App) {
        let leave = |who: &str, instead: Option<&str>, from: &str, until: &str| {
            json!({ "memberId": member(app, who), "substituteId": instead.map(|key| member(app, key)), "fromOn": from, "untilOn": until })
        };
        done(mutate(app, "livp/admin", "recordAbsence", leave("trainer2", Some("trainer3"), "2026-07-01", "2026-07-14"), "absence { id }").await);
        let person = app.person("livp", "trainer1");
        let leaver = json!({ "name": person["name"], "email": person["email"], "roles": ["TRAINER", "HANDLER"], "locale": "nl", "activeUntilOn": "2026-08-10" });
        done(mutate(app, "livp/admin", "changeMember", json!({ "memberId": person["id"], "member": leaver }), "__typename").await);
        for (input, field) in [
            (leave("trainer2", None, "2026-07-14", "2026-07-20"), "fromOn"),
            (leave("trainer3", Some("trainer2"), "2026-06-20", "2026-07-01"), "substituteId"),
            (leave("trainer3", Some("trainer3"), "2026-08-01", "2026-08-02"), "substituteId"),
            (leave("trainer3", Some("trainer1"), "2026-08-01", "2026-08-11"), "substituteId"),
        ] {
            let payload = mutate(app, "livp/admin", "recordAbsence", input, "absence { id }").await;
            assert_eq!(errors(&payload), [["CONTRADICTORY", field].map(str::to_owned)], "{payload:#}");
        }
        for input in [
            leave("trainer2", None, "2026-07-15", "2026-07-20"),
            leave("trainer3", Some("trainer1"), "2026-08-01", "2026-08-10"),
            leave("trainer3", None, "2026-07-14", "2026-07-16"),
        ] {
            done(mutate(app, "livp/admin", "recordAbsence", input, "absence { id }").await);
        }
    }

    async fn b11_substitutes_do_not_chain_in_a_circle_of_three_either(app: &App) {
        let leave = |who: &str, instead: &str, from: &str, until: &str| {
            json!({ "memberId": member(app, who), "substituteId": member(app, instead), "fromOn": from, "untilOn": until })
        };
        for input in [leave("trainer1", "trainer2", "2026-07-01", "2026-07-10"), leave("trainer2", "trainer3", "2026-07-05", "2026-07-15")] {
            done(mutate(app, "livp/admin", "recordAbsence", input, "absence { id }").await);
        }
        for (from, until) in [("2026-07-05", "2026-07-10"), ("2026-07-10", "2026-07-20"), ("2026-06-20", "2026-07-01"), ("2026-06-01", "2026-08-31")] {
            let closing = leave("trainer3", "trainer1", from, until);
            let payload = mutate(app, "livp/admin", "recordAbsence", closing, "absence { id }").await;
            assert_eq!(errors(&payload), [["CONTRADICTORY", "substituteId"].map(str::to_owned)], "{payload:#}");
        }
        let after = leave("trainer3", "trainer1", "2026-07-11", "2026-07-20");
        done(mutate(app, "livp/admin", "recordAbsence", after, "absence { id }").await);
    }

    async fn what_cannot_be_so_names_its_field_and_says_why(app: &App) {
        let case = crate::steps::livp::appealed(app).await;
        crate::steps::livp::assign(&case, "arbiter").await;
        let again = case.attempt("admin", "assignDecider", json!({ "memberId": member(app, "trainer2") })).await;
        assert_eq!(crate::steps::refusal(&again), ("CONFLICT_OF_INTEREST".to_owned(), "Bij geen overeenstemming".to_owned()));
        let far = json!({ "party": { "kind": "COMPLAINANT" }, "hearingAt": "2100-01-01T09:00:00Z", "place": "Kamer 3" });
        let told = case.attempt("arbiter", "inviteToHearing", far).await;
        assert_eq!(errors(&told), [["TOO_FAR_AHEAD", "hearingAt"].map(str::to_owned)]);
        assert!(told["userErrors"][0]["message"].as_str().unwrap().contains("2 maart 2027"), "{told:#}");
        for kind in ["COMPLAINANT", "RESPONDENT"] {
            case.act("arbiter", "recordHearing", json!({ "party": { "kind": kind }, "outcome": "HEARD" })).await;
        }
        let upheld = json!({ "finding": "NO_JUDGEMENT", "text": "Het blijft zo.", "isInadmissibilityUpheld": true });
        let told = case.attempt("arbiter", "logBindingAdvice", upheld).await;
        assert_eq!(errors(&told), [["NOT_DECLARED_INADMISSIBLE", "isInadmissibilityUpheld"].map(str::to_owned)]);
        case.act("arbiter", "logBindingAdvice", json!({ "finding": "UPHELD", "text": "Het advies." })).await;
        case.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
        let owned = |key: &str| json!({ "measures": [{ "text": "Eerder bellen.", "ownerId": member(app, key), "dueOn": "2026-12-01" }] });
        let told = case.attempt("trainer2", "answerMeasures", owned("analist")).await;
        assert_eq!(errors(&told), [["NOT_ELIGIBLE", "measures"].map(str::to_owned)]);
        case.act("trainer2", "answerMeasures", owned("trainer3")).await;
        let measure = case.now().await["measures"][0]["id"].clone();
        let told = case.attempt("admin", "updateMeasure", json!({ "measureId": measure })).await;
        assert_eq!(errors(&told), [["NOTHING_TO_CHANGE", "measureId"].map(str::to_owned)]);
    }
}

/// What came on paper tomorrow, without words, and names nobody who is known.
fn registration(app: &App, nobody: &Value) -> Value {
    let mut input = letter(app, "livp", Some("basis"), "EMAIL", "2026-03-03T08:00:00Z");
    let unknown = json!({ "name": "Iemand", "memberId": nobody });
    input["respondents"] = json!([unknown, { "name": "Iemand Anders" }, unknown]);
    input["description"] = Value::Null;
    input["filedOn"] = Value::Null;
    input
}

/// The code and the field of each user error.
fn errors(payload: &Value) -> Vec<[String; 2]> {
    let all = payload["userErrors"].as_array().expect("user errors");
    let path = |error: &Value| -> Vec<String> {
        let segments = error["field"].as_array().into_iter().flatten();
        let segments = segments.map(|one| one.as_str().unwrap_or_default().to_owned());
        segments.collect()
    };
    let code = |error: &Value| error["code"].as_str().unwrap_or_default().to_owned();
    all.iter()
        .map(|error| [code(error), path(error).join(".")])
        .collect()
}

/// The form, with something else in a field of who complains.
fn changed(app: &App, field: &str, value: Value) -> Value {
    let mut input = form(app, "livp", Some("basis"));
    input["complainant"][field] = value;
    input
}
